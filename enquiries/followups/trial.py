"""A council's own words, tried against sample cases before they are kept: whoever is written to finds no mistake."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from councils.models import Council, FirstContact
from councils.working_time import in_london
from enquiries.commitment import commitment
from enquiries.follow_up_states import FollowUp
from enquiries.followups import composing
from enquiries.followups.facts import Attempt
from enquiries.followups.placeholders import REQUIRED, UnknownPlaceholder, Words, filled, named_in, offered
from enquiries.followups.values import About, values_of
from enquiries.models import Enquiry
from enquiries.states import Outcome, Slot, State, Way
from outbox.rendering import RENDERING_ERRORS

LONGEST_SUBJECT = 100
# What a text message of 160 letters is made of; one letter of any other kind leaves room for 70 (GSM 03.38).
_TEXTED = frozenset(
    "@£$¥èéùìòÇØøÅåÆæßÉ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜabcdefghijklmnopqrstuvwxyzäöñüà_\n"
)


def faults(follow_up: FollowUp, words: Words, council: Council, now: datetime) -> list[str]:
    """Sentences for whoever wrote them; none where they can be used."""
    return list(_placeholders(follow_up, words)) or list(dict.fromkeys(_tried(follow_up, words, council, now)))


def _placeholders(follow_up: FollowUp, words: Words) -> Iterator[str]:
    known = offered(follow_up)
    for text in (words.subject, words.text, words.text_message):
        for name in named_in(text):
            if name not in known:
                yield f"There is no placeholder (({name})) in this message.{_meant(name, known)}"
        if text.count("((") != len(named_in(text)) or text.count("))") != len(named_in(text)):
            yield "A placeholder needs two brackets before and two after: ((reference))."
    for name in REQUIRED.get(follow_up, ()):
        if name not in named_in(words.text):
            yield f"This message has to say (({name})): {known[name].lower()}."


def _meant(name: str, known: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean (({close[0]}))?" if close else ""


def _tried(follow_up: FollowUp, words: Words, council: Council, now: datetime) -> Iterator[str]:
    for values in samples(follow_up, council, now):
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
    strange = sorted(set(words.text_message) - _TEXTED)
    if strange:
        yield f"A text message cannot hold {' '.join(strange)}. Use plain letters and straight quotation marks."


def samples(follow_up: FollowUp, council: Council, now: datetime) -> list[Mapping[str, str]]:
    """As much as can be known of a case, and as little; the promise kept, and missed."""
    full, bare = _case(council, now), _case(council, now)
    full.reached_at, full.wake_on, full.visit_at = now, in_london(now).date() + timedelta(days=90), now
    full.next_due_at = now + timedelta(days=1)
    bare.promise_due_at = now - timedelta(days=1)
    bare.wake_on, bare.visit_at = full.wake_on, full.visit_at
    attempt = Attempt(now, now, Way.CALL, Outcome.NO_ANSWER)
    wrong = Attempt(now, now, Way.EMAIL, Outcome.WRONG_DETAILS)
    known = [
        values_of(About(full, council, now, attempt)),
        values_of(About(bare, council, now, wrong, apologises=True)),
    ]
    return [composing.allowed(follow_up, values) for values in known]


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
