"""What the list says of each case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from councils.absences import away_until
from councils.working_time import in_london
from enquiries.due import Due, due, promise_due
from enquiries.models import Enquiry
from enquiries.states import Slot

SHORT_TIMES = {
    Slot.WEEKDAY_MORNING: "weekday mornings",
    Slot.WEEKDAY_AFTERNOON: "weekday afternoons",
    Slot.WEEKDAY_EVENING: "weekday evenings",
    Slot.SATURDAY: "Saturdays",
}


@dataclass(frozen=True)
class Mark:
    words: str
    warns: bool = True


@dataclass(frozen=True)
class Row:
    case: Enquiry
    url: str
    times: str
    due: Due
    promise_next: bool  # what is due next is the promise itself
    marks: tuple[Mark, ...] = ()
    away: date | None = None  # the owner's last day away


def rows(cases: Iterable[Enquiry], now: datetime) -> list[Row]:
    shown = list(cases)
    away = away_until([case.owner_id for case in shown if case.owner_id], in_london(now).date())
    return [row_of(case, now, away=away.get(case.owner_id or 0)) for case in shown]


def row_of(case: Enquiry, now: datetime, *, away: date | None = None) -> Row:
    promise_next = case.is_open and case.promise_kept_at is None and case.next_due_at == case.promise_due_at
    return Row(
        case,
        reverse("admin:enquiries_enquiry_change", args=[case.pk]),
        times=", ".join(SHORT_TIMES[Slot(slot)] for slot in case.times if slot in Slot.values),
        due=promise_due(case.promise_due_at, None, now) if promise_next else due(case.next_due_at, now),
        promise_next=promise_next,
        marks=tuple(marks(case)),
        away=away,
    )


def marks(case: Enquiry) -> Iterator[Mark]:
    if case.quarantined:
        yield Mark("Perhaps spam")
    if case.to_confirm:
        yield Mark("Is it an enquiry?" if case.is_open else "Not an enquiry")
    if case.check_council:
        yield Mark("Council in doubt", warns=False)
    if case.email_fails:
        yield Mark("Email does not work: ring")
