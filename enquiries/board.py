"""The list of enquiries: what it can be narrowed to, and its rows. Predicates are =, IN and ranges on text, integers
and times only: under row-level security nothing else may use an index."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import F, TextChoices
from django.urls import reverse

from councils.absences import ORDINARY_WEEK, away_until
from councils.access import Access
from councils.working_time import at, in_london, opening_of_working_day_before
from enquiries.due import Due, due, promise_due
from enquiries.models import Enquiry
from enquiries.models.enquiry import EnquiryQuerySet
from enquiries.states import CLOSED_STATES, OPEN_STATES, Slot, State

PAGE = 50
STUCK_AFTER = 10  # working days


class Which(TextChoices):
    """Which states; one state alone can be asked for as well."""

    OPEN = "open", "All open"
    CLOSED = "closed", "All closed"
    ALL = "all", "Open and closed"


class DueFilter(TextChoices):
    LATE = "late", "Overdue"
    TODAY = "today", "Due today or overdue"
    PROMISED = "promised", "Promise still to keep"
    MISSED = "missed", "Promise missed"


class OwnerFilter(TextChoices):
    ME = "me", "Me"
    NOBODY = "nobody", "Nobody"


class SpecialFilter(TextChoices):
    QUARANTINE = "quarantine", "Perhaps spam"
    UNSEEN = "unseen", "Not opened yet"
    DOUBT = "doubt", "Council in doubt"
    TO_CONFIRM = "to_confirm", "Wrote to the council"
    BOUNCED = "bounced", "Email does not work"
    STUCK = "stuck", "Nothing happened for two weeks"


@dataclass(frozen=True)
class Narrowed:
    """What the list is narrowed to, already checked; the empty string asks for no narrowing."""

    state: str = Which.OPEN.value
    council: int | None = None
    due: str = ""
    owner: str = ""
    kind: str = ""
    special: str = ""
    typed: str = ""


def chosen(wish: Narrowed, *, access: Access, now: datetime) -> EnquiryQuerySet:
    """The cases asked for, the most pressing first."""
    councils = access.councils & {wish.council} if wish.council else access.councils
    found = narrowed(Enquiry.objects.filter(council__in=councils), wish, now)
    if wish.owner == OwnerFilter.ME:
        found = found.filter(owner=access.user)
    if wish.kind:
        found = found.filter(kind=wish.kind)
    if wish.typed:
        found = found.matching(wish.typed)
    return found.order_by(F("next_due_at").asc(nulls_last=True), "-created_at", "pk")


def narrowed(found: EnquiryQuerySet, wish: Narrowed, now: datetime) -> EnquiryQuerySet:
    """By what is the same whoever asks."""
    found = by_state(found, wish.state)
    found = DUE_FILTERS[wish.due](found, now) if wish.due else found
    found = found.filter(owner=None) if wish.owner == OwnerFilter.NOBODY else found
    return SPECIAL_FILTERS[wish.special](found, now) if wish.special else found


def by_state(found: EnquiryQuerySet, state: str) -> EnquiryQuerySet:
    match state:
        case Which.ALL:
            return found
        case Which.CLOSED:
            return found.filter(state__in=CLOSED_STATES)
        case Which.OPEN | "":
            return found.filter(state__in=OPEN_STATES)
    return found.filter(state=state)


def end_of_today(now: datetime) -> datetime:
    return at(in_london(now).date() + timedelta(days=1), time(0))


DUE_FILTERS: Mapping[str, Callable[[EnquiryQuerySet, datetime], EnquiryQuerySet]] = {
    DueFilter.LATE: lambda found, now: found.due_before(now),
    DueFilter.TODAY: lambda found, now: found.due_before(end_of_today(now)),
    DueFilter.PROMISED: lambda found, _: found.awaiting_first_contact(),
    DueFilter.MISSED: lambda found, now: found.awaiting_first_contact().filter(promise_due_at__lt=now),
}
SPECIAL_FILTERS: Mapping[str, Callable[[EnquiryQuerySet, datetime], EnquiryQuerySet]] = {
    SpecialFilter.QUARANTINE: lambda found, _: found.in_quarantine(),
    SpecialFilter.UNSEEN: lambda found, _: found.filter(state=State.NEW, first_seen_at=None),
    SpecialFilter.DOUBT: lambda found, _: found.filter(check_council=True),
    SpecialFilter.TO_CONFIRM: lambda found, _: found.filter(to_confirm=True),
    SpecialFilter.BOUNCED: lambda found, _: found.filter(email_fails=True),
    SpecialFilter.STUCK: lambda found, now: found.quiet_since(
        opening_of_working_day_before(now, STUCK_AFTER, ORDINARY_WEEK)
    ),
}


@dataclass(frozen=True)
class Row:
    case: Enquiry
    url: str
    times: str
    due: Due
    promise_next: bool  # what is due next is the promise itself
    away: date | None = None  # the owner's last day away


def page_of(found: EnquiryQuerySet, number: str | None) -> Page[Enquiry]:
    return Paginator(found.select_related("council", "owner"), PAGE).get_page(number)


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
        away=away,
    )


SHORT_TIMES = {
    Slot.WEEKDAY_MORNING: "weekday mornings",
    Slot.WEEKDAY_AFTERNOON: "weekday afternoons",
    Slot.WEEKDAY_EVENING: "weekday evenings",
    Slot.SATURDAY: "Saturdays",
}


@dataclass(frozen=True)
class Tally:
    """One figure of the first page, and the list behind it."""

    label: str
    count: int
    url: str
    pressing: bool = False


TALLIES: tuple[tuple[str, Narrowed, bool], ...] = (
    ("New", Narrowed(state=State.NEW), False),
    ("Due today or overdue", Narrowed(due=DueFilter.TODAY), False),
    ("Promise missed", Narrowed(due=DueFilter.MISSED), True),
    ("Not opened yet", Narrowed(special=SpecialFilter.UNSEEN), False),
    ("Perhaps spam", Narrowed(special=SpecialFilter.QUARANTINE), False),
    ("Mine", Narrowed(owner=OwnerFilter.ME), False),
    ("Nobody’s", Narrowed(owner=OwnerFilter.NOBODY), False),
)


def tallies(access: Access, now: datetime) -> list[Tally]:
    base = reverse("admin:enquiries_enquiry_changelist")
    counted = [(label, wish, alarm, chosen(wish, access=access, now=now).count()) for label, wish, alarm in TALLIES]
    return [Tally(label, count, f"{base}?{query(wish)}", alarm and count > 0) for label, wish, alarm, count in counted]


def query(wish: Narrowed) -> str:
    """Never what was typed: addresses are written into logs."""
    asked = {"state": wish.state, "due": wish.due, "owner": wish.owner, "kind": wish.kind, "special": wish.special}
    asked["council"] = str(wish.council or "")
    return "&".join(f"{name}={value}" for name, value in asked.items() if value)
