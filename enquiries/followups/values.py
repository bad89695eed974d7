"""What the placeholders stand for, for one case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from councils.models import Council
from councils.working_time import in_london
from enquiries.commitment import answering, commitment_to, hours_of
from enquiries.contact_details import spoken_phone
from enquiries.followups.facts import Attempt
from enquiries.followups.plan import Planned
from enquiries.followups.reading import Desk, came_by
from enquiries.followups.starts import asked_again_on
from enquiries.models import Enquiry, Handover
from enquiries.promise import day_in_words, hour_in_words
from enquiries.states import Outcome, Way


@dataclass(frozen=True)
class About:
    """One message about one case. `attempt` is the one it tells of; `apologises`: the first after a missed promise."""

    case: Enquiry
    council: Council
    now: datetime
    attempt: Attempt | None = None
    apologises: bool = False
    came_by: Handover | None = None  # from another council


def about(desk: Desk, planned: Planned) -> About:
    """The apology is made once: by the first message after the promise was missed."""
    attempt = next((each for each in desk.attempts if each.at == planned.start.since), None)
    first = not any(step.startswith(("tried", "information")) for step in desk.records)
    received = came_by(desk.case) if planned.sequence.ours else None
    return About(desk.case, desk.council, desk.now, attempt=attempt, apologises=first, came_by=received)


def values_of(about: About) -> Mapping[str, str]:
    """Every placeholder that any follow-up offers; the texts are checked against those of their own."""
    case, council = about.case, about.council
    further = settings.BASE_URL + reverse("pages:what_happens_next")
    return {
        "reference": case.reference,
        "service": council.service_name,
        "contact": contact(council),
        "phone": phone(council),
        "what happens next": further,
        "short link": further,
        "greeting": greeting(case),
        "sorry": sorry(about) if about.apologises else "",
        "promise": promise(about),
        "by when": by_when(about),
        "former service": about.came_by.other.service_name if about.came_by else "Another council",
        "former visit": former_visit(about.came_by),
        "from now on": from_now_on(about),
        "tried": tried(about.attempt) if about.attempt else "",
        "next try": next_try(about),
        "visit": visit_in_words(case.visit_at) if case.visit_at else "",
        "day": asked_again(case.wake_on, about.council) if case.wake_on else "",
    }


def asked_again(wake_on: date, council: Council) -> str:
    """A day on which somebody works: nobody is told of a Sunday and asked on the Monday."""
    day = asked_again_on(wake_on, hours_of(council))
    return f"{day_in_words(day)} {day.year}"


def contact(council: Council) -> str:
    phone, email = council.phone or council.hub.phone, council.email or council.hub.email
    return "\n".join([*([f"Phone: {spoken_phone(phone)}"] if phone else []), *([f"Email: {email}"] if email else [])])


def phone(council: Council) -> str:
    """After "ring": some hubs have published no number."""
    number = council.phone or council.hub.phone
    return spoken_phone(number) if number else "us"


def greeting(case: Enquiry) -> str:
    """A name that was typed into a form proves nothing until somebody has spoken to the person."""
    first, *_ = case.name.split() or [""]
    return f"Hello {first}," if case.reached_at and first else "Hello,"


def promise(about: About) -> str:
    """What was promised; where that time has passed already, sorry first, and what holds now."""
    case, told = about.case, commitment_to(about.case, about.council)
    if case.promise_kept_at or case.promise_due_at > about.now:
        return f"{told.sentence}."
    now_due = next_due(about)
    return f"{sorry(about)} {told.by} will get in touch {now_due or 'as soon as possible'}."


def former_visit(received: Handover | None) -> str:
    """Nobody must wait at home for somebody who does not come."""
    at = parse_datetime(str(received.summary.get("visit_at", ""))) if received else None
    return f"The visit that was booked for {visit_in_words(at)} does not take place." if at else ""


def from_now_on(about: About) -> str:
    """The promise stands where it can; kept or missed by another council, somebody new gets in touch all the same."""
    case, by = about.case, answering(about.council)
    if case.promise_kept_at is None and case.promise_due_at > about.now:
        return f"{commitment_to(case, about.council).sentence}."
    late = case.promise_kept_at is None
    told = f"We are sorry. We said that somebody would get in touch by {moment_in_words(case.promise_due_at)}, and "
    return f"{f'{told}nobody did. ' if late else ''}{by} will get in touch {next_due(about) or 'as soon as possible'}."


def by_when(about: About) -> str:
    if about.case.promise_due_at > about.now:
        return f"by {moment_in_words(about.case.promise_due_at)}"
    return next_due(about) or "as soon as possible"


def sorry(about: About) -> str:
    case = about.case
    if (case.promise_kept_at or about.now) <= case.promise_due_at:
        return ""
    by, when = answering(about.council), moment_in_words(case.promise_due_at)
    return f"We are sorry. We said that you would hear from {by} by {when}, and you did not."


def tried(attempt: Attempt) -> str:
    day = day_in_words(in_london(attempt.at).date())
    if attempt.outcome == Outcome.WRONG_DETAILS:
        return f"We tried to reach you on {day}, but the number or address that we have does not seem to be yours."
    if attempt.outcome == Outcome.VOICEMAIL:
        return f"We rang you on {day} and left a message."
    return f"{_TRIED.get(attempt.way, 'We tried to reach you')} on {day}, {_MISSED.get(attempt.way, 'but missed you')}."


_TRIED = {
    Way.CALL: "We rang you",
    Way.VIDEO: "We waited for you in a video call",
    Way.VISIT: "We came to see you",
}
_MISSED = {Way.VISIT: "but nobody was in"}


def next_try(about: About) -> str:
    when = next_due(about)
    return f"We will try again {when}." if when else "We will try again."


def next_due(about: About) -> str:
    due_at = about.case.next_due_at
    return f"by {moment_in_words(due_at)}" if due_at and due_at > about.now else ""


def moment_in_words(moment: datetime) -> str:
    here = in_london(moment)
    return f"{hour_in_words(here.time())} on {day_in_words(here.date())}"


def visit_in_words(moment: datetime) -> str:
    here = in_london(moment)
    return f"{day_in_words(here.date())} at {hour_in_words(here.time())}"
