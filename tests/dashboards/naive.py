"""The figures of a hub, counted once more: row by row, as their definitions read, without any of the code that counts.

Slow and plain on purpose. Nothing of dashboards is imported here: what it says of a figure is what was read in
dashboards/figures.py by a person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from ambassadors.models import Introduction
from councils.models import Council, Event, Hub
from councils.tenancy import across
from enquiries.models import ContactAttempt, Enquiry, Touch, Wish
from tests.dashboards.naive_journeys import (
    Journey,
    Line,
    both,
    day,
    half_hours,
    progress,
    rounded_days,
    sources,
    worked,
)

Key = tuple[int, str, date, str, str, str]  # council, grain, day, figure, split, value
# Other figures are of messages, money and events, and no journey adds to them.
COUNTED = frozenset(
    (
        *("received", "enquiries", "apart", "households", "again", "first_try", "reached", "visits", "applications"),
        *("promise_kept", "promise_late", "promise_missed", "promise_running", "approvals", "ended_before", "not_yet"),
        *("ended_after", "cohort", "cohort_open", "cohort_source", "stage_days", "passed_on", "taken_over"),
        *("opened_again", "applications_open", "wishes", "introduced", "conversations"),
    )
)


def recount(hub: Hub) -> Counter[Key]:
    councils = {council.pk: council for council in Council.objects.filter(hub=hub)}
    counts = Counter[Key]()
    with across(councils, reason="count naively"):
        for line in _lines(_journeys(), councils):
            figure, council, on, split, value = line
            counts[council, "m", on.replace(day=1), figure, split, value] += 1
            if split == "":
                counts[council, "d", on, figure, "", ""] += 1
    return counts


def _journeys() -> dict[UUID, list[Journey]]:
    """By household, each in the order in which they came."""
    events, journeys = defaultdict[UUID, list[Event]](list), dict[UUID, Journey]()
    for event in sorted(Event.objects.all(), key=lambda each: (each.at, each.verb == "enquiry.state_undone")):
        events[event.subject_id].append(event)
    for case in sorted(Enquiry.objects.all(), key=lambda each: (each.created_at, str(each.pk))):
        journeys.setdefault(case.journey_id, Journey([], events)).cases.append(case)
    of = {case.pk: journey for journey in journeys.values() for case in journey.cases}
    for attempt in ContactAttempt.objects.all():
        of[attempt.enquiry_id].tries.append(attempt.at)
    for touch in Touch.objects.all():
        of[touch.enquiry_id].touches.append(touch)
    for wish in Wish.objects.all():
        of[wish.enquiry_id].about |= set(wish.about)
    for introduction in Introduction.objects.all():
        of[introduction.enquiry_id].introductions.append(introduction)
    households = defaultdict[UUID, list[Journey]](list)
    for journey in sorted(journeys.values(), key=lambda each: (each.first.created_at, str(each.first.journey_id))):
        households[journey.last.household_id].append(journey)
    return households


def _lines(households: dict[UUID, list[Journey]], councils: dict[int, Council]) -> Iterator[Line]:
    for journeys in households.values():
        years = set[int]()
        for number, journey in enumerate(journeys):
            here, came = journey.last.council_id, journey.came
            year = came.year - ((came.month, came.day) < (4, 1))
            if journey.is_initial and year not in years:
                years.add(year)
                yield "households", here, came, "", ""
            if journey.is_real and any(each.is_real for each in journeys[:number]):
                yield "again", here, came, "", ""
            yield from _of(journey, councils)


def _of(journey: Journey, councils: dict[int, Council]) -> Iterator[Line]:
    first, last, came = journey.first, journey.last, journey.came
    here = last.council_id
    if last.state == "duplicate" or not journey.held_back:
        yield from both("received", first.council_id, came, ("channel", first.channel))
    if not journey.is_real:
        return
    if journey.is_initial:
        yield from both("enquiries", here, came, ("kind", last.kind), ("channel", first.channel), *sources(journey))
        yield from progress(journey)
    else:
        yield from both("apart", here, came, ("kind", last.kind))
    if last.state in ("applied", "in_assessment", "panel", "decision"):
        yield "applications_open", here, came, "", ""
    yield from _promise(journey)
    yield from _came_back(journey)
    yield from _hours(journey, councils[first.council_id])
    yield from _handovers(journey)
    yield from _conversations(journey)


def _hours(journey: Journey, council: Council) -> Iterator[Line]:
    tried = min(journey.tries, default=None)
    reached = min((case.reached_at for case in journey.cases if case.reached_at), default=None)
    for figure, moment in (("first_try", tried), ("reached", reached)):
        if moment:
            steps = half_hours(worked(journey.first.created_at, moment, council))
            yield from both(figure, journey.last.council_id, journey.came, ("hours", str(steps)))


def _handovers(journey: Journey) -> Iterator[Line]:
    for case in journey.cases:
        if any(event.verb == "enquiry.taken_over" for event in journey.events[case.pk]):
            yield "taken_over", case.council_id, day(case.created_at), "", ""
        if case.state == "passed_on" and case.closed_at:
            yield "passed_on", case.council_id, day(case.closed_at), "", ""


def _promise(journey: Journey) -> Iterator[Line]:
    last = journey.last
    due, kept = last.promise_due_at, last.promise_kept_at
    settled = min(kept, due) if kept else due
    had = [case for case in journey.cases if case.closed_at and case.closed_at >= settled]
    council = (had[0] if had else last).council_id
    if kept:
        yield ("promise_kept" if kept <= due else "promise_late"), council, day(due), "", ""
    elif any(at >= due for at in journey.moments("enquiry.promise_missed")):
        yield "promise_missed", council, day(due), "", ""
    elif last.closed_at is None and not any(at >= due for at in journey.moments("enquiry.reopen")):
        yield "promise_running", council, day(due), "", ""


def _came_back(journey: Journey) -> Iterator[Line]:
    """Each time, and the promise before, as it stood then."""
    events = [(case, event) for case in journey.cases for event in journey.events[case.pk]]
    undone = {event.facts["undid"] for _, event in events if event.verb == "enquiry.state_undone"}
    for case, event in events:
        if event.verb == "enquiry.reopen" and str(event.pk) not in undone:
            yield "opened_again", case.council_id, date.fromisoformat(event.facts["on"]), "", ""
        if event.verb == "enquiry.promised_again":
            yield "opened_again", case.council_id, day(event.at), "", ""
            yield from _was_promised(journey, case, event)


def _was_promised(journey: Journey, case: Enquiry, event: Event) -> Iterator[Line]:
    due, kept = datetime.fromisoformat(event.facts["earlier_due"]), event.facts["earlier_kept"]
    kept_at = datetime.fromisoformat(kept) if kept else None
    settled = min(kept_at, due) if kept_at else due
    had = [each for each in journey.cases if each.closed_at and each.closed_at >= settled]
    council = (had[0] if had else case).council_id
    if kept_at:
        yield ("promise_kept" if kept_at <= due else "promise_late"), council, day(due), "", ""
    elif any(due <= at <= event.at for at in journey.moments("enquiry.promise_missed")):
        yield "promise_missed", council, day(due), "", ""


def _conversations(journey: Journey) -> Iterator[Line]:
    here, asked = journey.last.council_id, journey.moments("enquiry.wished")
    made = [each.created_at for each in journey.introductions]
    spoke = [each.ended_at for each in journey.introductions if each.state == "spoke" and each.ended_at]
    if asked:
        yield from both("wishes", here, day(min(asked)), *(("about", each) for each in sorted(journey.about)))
    if made:
        yield "introduced", here, day(min(made)), "", ""
    if spoke:
        waited = (day(min(spoke)) - day(min(asked))).days if asked else 0
        yield from both("conversations", here, day(min(spoke)), ("wait", str(rounded_days(max(0, waited)))))
