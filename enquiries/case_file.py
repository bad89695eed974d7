"""Everything that the page of one case shows, read once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from councils.access import Access
from councils.models import Council, Event
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.actions.sendings import prepared_beside
from enquiries.arrival import came_with
from enquiries.board_rows import SHORT_TIMES
from enquiries.came_words import came_words
from enquiries.commitment import commitment_to
from enquiries.consents import Shown, shown_newest
from enquiries.contact_details import spoken_phone
from enquiries.differences import Difference, differences
from enquiries.due import Due, due, due_by_day, promise_due
from enquiries.followups.reading import desk_about
from enquiries.incoming_states import NotAnEnquiry
from enquiries.models import Enquiry, Submission
from enquiries.staleness import Seen
from enquiries.standing import Standing, standing
from enquiries.states import CareKind, Outcome, Slot, Way
from enquiries.suspicion import in_words
from enquiries.timeline import Entry, events_of, timeline
from enquiries.what_goes_next import WhatGoesNext, what_goes_next
from enquiries.whereabouts import elsewhere_of
from enquiries.workflow import may_undo

Fact = tuple[str, str]


@dataclass(frozen=True)
class Quick:
    """One click that logs an attempt."""

    way: Way
    outcome: Outcome
    label: str


@dataclass(frozen=True)
class Again:
    """A later sending of the form, and what differs from the first."""

    number: int
    at: datetime
    changes: list[Difference]
    council: str  # the one that it named, if that is not the one that has the case
    prepared: list[Fact]  # what was added to it, where it did not begin the case


@dataclass(frozen=True)
class CaseFile:
    case: Enquiry
    now: datetime
    came_at: datetime
    came_by: str
    promise_words: str
    promise: Due
    next: Due
    phone: str
    times: str
    sees_trail: bool
    may_work: bool
    may_release: bool
    may_confirm: bool
    not_enquiry: list[NotAnEnquiry]
    is_mine: bool
    again: list[Again]
    doubt: str
    suspicions: str
    prepared: list[Fact]
    agreed: list[Shown]
    timeline: list[Entry]
    quick: list[tuple[str, list[Quick]]]
    standing: Standing
    goes_next: WhatGoesNext
    seen: Seen
    records: Due


def case_file(case: Enquiry, *, access: Access, now: datetime) -> CaseFile:
    may_work = access.may(Permission.WORK_CASES, case.council_id)
    events = events_of(case)
    first, *others = Submission.objects.filter(council=case.council_id, enquiry=case).order_by("number")
    again = list(_again(case, first, others))
    return CaseFile(
        case=case,
        now=now,
        came_at=came_with(case, first),
        came_by=came_words(case),
        promise_words=commitment_to(case, case.council).sentence,
        promise=promise_due(case.promise_due_at, case.promise_kept_at, now, closed_at=case.closed_at),
        next=due(case.next_due_at, now),
        phone=spoken_phone(case.phone) if case.phone else "",
        times=", ".join(SHORT_TIMES[Slot(slot)] for slot in case.times if slot in Slot.values),
        sees_trail=access.may(Permission.SEE_TRAIL, case.council_id),
        may_work=may_work,
        may_release=case.quarantined and access.may(Permission.RELEASE_QUARANTINE, case.council_id),
        may_confirm=case.to_confirm and case.is_open and may_work,
        not_enquiry=list(NotAnEnquiry) if access.may(Permission.CLOSE_CASES, case.council_id) else [],
        is_mine=case.owner_id == access.user.pk,
        again=again,
        doubt=_doubt(case, again) if case.check_council else "",
        suspicions=in_words(case.suspicions),
        prepared=[fact for fact in prepared(case) if fact[1]],
        agreed=shown_newest([first, *others]),
        timeline=_timeline(case, events, access),
        quick=list(_quick(case)) if may_work and case.is_open else [],
        standing=standing(case, events, access=access),
        goes_next=what_goes_next(desk_about(case, case.council, now)),
        seen=Seen(case, now),
        records=due_by_day(case.records_due_on, in_london(now).date()),
    )


def _timeline(case: Enquiry, events: list[Event], access: Access) -> list[Entry]:
    roles = access.roles.get(case.council_id, frozenset())
    return timeline(
        case,
        sees_messages=access.may(Permission.SEE_MESSAGES, case.council_id),
        events=events,
        takes_back=lambda user: case.is_open and may_undo(roles, own=user == access.user.pk),
    )


def _again(case: Enquiry, first: Submission, others: list[Submission]) -> Iterator[Again]:
    named = _named_elsewhere(case, others)
    for sending in others:
        changes = differences(first.answers, sending.answers)
        other = named.get(sending.answers["council_id"], "")
        yield Again(sending.number, sending.created_at, changes, other, list(_prepared_beside(sending)))


def _named_elsewhere(case: Enquiry, sendings: list[Submission]) -> dict[int, str]:
    """Names of the other councils that these sendings name."""
    others = {sending.answers["council_id"] for sending in sendings} - {case.council_id}
    return dict(Council.objects.filter(pk__in=others).values_list("pk", "name")) if others else {}


def _doubt(case: Enquiry, again: list[Again]) -> str:
    """Why the council should be checked."""
    named = " and ".join(dict.fromkeys(sending.council for sending in again if sending.council))
    if named:
        return f"They sent the form again, and it named {named}."
    elsewhere = elsewhere_of(case)
    if elsewhere:
        return f"It is in doubt which council should answer: their postcode is in the area of {elsewhere.name}."
    return f"It is in doubt which council should answer: {case.get_route_choice_display().lower()}."


def _quick(case: Enquiry) -> Iterator[tuple[str, list[Quick]]]:
    ways = [Way(case.way), Way.CALL] if case.phone and case.way != Way.CALL else [Way(case.way)]
    for way in ways:
        done, outcomes = _QUICK[way]
        yield done, [Quick(way, outcome, label) for outcome, label in outcomes.items()]


_QUICK: Mapping[Way, tuple[str, Mapping[Outcome, str]]] = {
    Way.CALL: (
        "Rang",
        {
            Outcome.REACHED: "Reached",
            Outcome.VOICEMAIL: "Left a voicemail",
            Outcome.NO_ANSWER: "No answer",
            Outcome.WRONG_DETAILS: "Wrong number",
        },
    ),
    Way.TEXT: (
        "Texted",
        {Outcome.SENT: "Sent", Outcome.REACHED: "They answered", Outcome.WRONG_DETAILS: "Wrong number"},
    ),
    Way.EMAIL: (
        "Emailed",
        {Outcome.SENT: "Sent", Outcome.REACHED: "They answered", Outcome.WRONG_DETAILS: "Wrong address"},
    ),
    Way.VIDEO: (
        "Video call",
        {
            Outcome.REACHED: "Reached",
            Outcome.NO_ANSWER: "Nobody came",
            Outcome.SENT: "Invitation sent",
            Outcome.WRONG_DETAILS: "Wrong details",
        },
    ),
    Way.VISIT: ("Visit", {Outcome.REACHED: "Met", Outcome.NO_ANSWER: "Nobody in"}),
}


def _prepared_beside(sending: Submission) -> Iterator[Fact]:
    answered = {name: value for name, value in prepared_beside(sending).items() if value}
    return (fact for fact in prepared(Enquiry(**answered)) if fact[1])


def prepared(case: Enquiry) -> Iterator[Fact]:
    yield f"Aged {case.minimum_age} or over", case.get_of_age_display() if case.minimum_age else ""
    yield "Spare bedroom", case.get_bedroom_display() if case.bedroom else ""
    yield "Second adult", case.second_adult
    yield "Interested in", _labels(CareKind, case.care_kinds)
    yield "Heard of us from", _joined(case.get_heard_from_display() if case.heard_from else "", case.heard_detail)
    yield "Would like to talk to a foster carer", "Yes" if case.wants_ambassador else ""


def _labels(choices: type[CareKind], values: list[str]) -> str:
    return ", ".join(str(choices(value).label) for value in values if value in choices.values)


def _joined(*parts: str) -> str:
    return ": ".join(part for part in parts if part)
