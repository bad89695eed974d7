"""A council's own words, tried against sample cases before they are kept: whoever is written to finds no mistake."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from councils.models import Council, FirstContact
from councils.working_time import in_london
from enquiries.commitment import commitment
from enquiries.follow_up_states import FollowUp
from enquiries.followups import composing
from enquiries.followups.facts import Attempt
from enquiries.followups.placeholders import (
    REQUIRED,
    UnknownPlaceholder,
    Words,
    filled,
    has_half_a_placeholder,
    named_in,
    offered,
)
from enquiries.followups.values import About, values_of
from enquiries.models import Enquiry
from enquiries.states import Outcome, Slot, State, Way
from outbox.rendering import RENDERING_ERRORS
from outbox.texts import strange

LONGEST_SUBJECT = 100


@dataclass(frozen=True)
class Trial:
    """What words are tried against: what may stand in them, what has to, and the sample cases' values."""

    offered: Mapping[str, str]
    required: tuple[str, ...]
    samples: list[Mapping[str, str]]


def faults(follow_up: FollowUp, words: Words, council: Council, now: datetime) -> list[str]:
    """Sentences for whoever wrote them; none where they can be used."""
    required = REQUIRED.get(follow_up, ())
    return faults_in(words, Trial(offered(follow_up), required, samples(follow_up, council, now)), council)


def faults_in(words: Words, trial: Trial, council: Council) -> list[str]:
    return list(_placeholders(words, trial)) or list(dict.fromkeys(_tried(words, trial, council)))


def _placeholders(words: Words, trial: Trial) -> Iterator[str]:
    known = trial.offered
    for text in (words.subject, words.text, words.text_message):
        for name in named_in(text):
            if name not in known:
                yield f"There is no placeholder (({name})) in this message.{_meant(name, known)}"
        if has_half_a_placeholder(text):
            yield "A placeholder needs two brackets before and two after: ((reference))."
    for name in trial.required:
        if name not in named_in(words.text):
            yield f"This message has to say (({name})): {known[name].lower()}."


def _meant(name: str, known: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean (({close[0]}))?" if close else ""


def _tried(words: Words, trial: Trial, council: Council) -> Iterator[str]:
    for values in trial.samples:
        try:
            done = filled(words, values)
            composing.rendered(done, council)
        except (UnknownPlaceholder, *RENDERING_ERRORS):
            yield "This text cannot be turned into a message. Start again from the hub’s words."
            return
        yield from _lengths(done)


def _lengths(words: Words) -> Iterator[str]:
    if not words.subject or "\n" in words.subject:
        yield "The subject needs to be one line."
    if len(words.subject) > LONGEST_SUBJECT:
        yield f"The subject can be {len(words.subject)} letters long. Keep it to {LONGEST_SUBJECT}."
    if not words.text:
        yield "There is no text."
    if len(words.text_message) > composing.MOST_IN_A_TEXT:
        yield f"The text message can be {len(words.text_message)} letters long. Keep it to {composing.MOST_IN_A_TEXT}."
    if found := strange(words.text_message):
        yield no_such_letters(found)


def no_such_letters(found: list[str]) -> str:
    return f"A text message cannot hold {' '.join(found)}. Use plain letters and straight quotation marks."


def samples(follow_up: FollowUp, council: Council, now: datetime) -> list[Mapping[str, str]]:
    return [composing.allowed(follow_up, values) for values in sample_values(council, now)]


def sample_values(council: Council, now: datetime) -> list[Mapping[str, str]]:
    """As much as can be known of a case, and as little; the promise kept, and missed."""
    full, bare = _case(council, now), _case(council, now)
    full.reached_at, full.wake_on, full.visit_at = now, in_london(now).date() + timedelta(days=90), now
    full.next_due_at = now + timedelta(days=1)
    bare.promise_due_at = now - timedelta(days=1)
    bare.wake_on, bare.visit_at = full.wake_on, full.visit_at
    attempt = Attempt(now, now, Way.CALL, Outcome.NO_ANSWER)
    wrong = Attempt(now, now, Way.EMAIL, Outcome.WRONG_DETAILS)
    return [
        values_of(About(full, council, now, attempt)),
        values_of(About(bare, council, now, wrong, apologises=True)),
    ]


def _case(council: Council, now: datetime) -> Enquiry:
    """Erin Example, who is stored nowhere."""
    promise = commitment(council, now=now, times=(Slot.WEEKDAY_EVENING,), way=Way.CALL)
    return Enquiry(
        council=council,
        reference=f"{council.code}-7CRC-CC9",
        name="Erin Example",
        state=State.IN_CONTACT,
        way=Way.CALL,
        promise_due_at=promise.due_at,
        promise_slot=promise.slot or "",
        promise_by=FirstContact(council.first_contact_by),
    )
