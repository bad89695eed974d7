"""What the list of enquiries can be narrowed to. Predicates are =, IN and ranges on text, integers and times only:
under row-level security nothing else may use an index."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, TextChoices

from councils.absences import ORDINARY_WEEK
from councils.access import Access
from councils.models import ToDo
from councils.models.todos import ToDoKind
from councils.working_time import at, in_london, opening_of_working_day_before
from enquiries.handover_states import HandoverState, Side, SuggestionState
from enquiries.models import Enquiry, Handover, Suggestion
from enquiries.models.enquiry import MOST, EnquiryQuerySet
from enquiries.states import GOING_ON_STATES, OPEN_STATES, State

STUCK_AFTER = 10  # working days
Keys = QuerySet[Any, Any]  # one column: keys of enquiries


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
    """Or the number of a colleague."""

    ME = "me", "Me"
    NOBODY = "nobody", "Nobody"


class SpecialFilter(TextChoices):
    REPLIED = "replied", "Reply not read"
    WAKE_UP = "wake_up", "To be contacted again now"
    TO_CONFIRM = "to_confirm", "Wrote to the council"
    QUARANTINE = "quarantine", "Perhaps spam"
    BOUNCED = "bounced", "Email does not work"
    UNSEEN = "unseen", "Not opened yet"
    HANDOVER = "handover", "Waiting for another council’s answer"
    DUPLICATES = "duplicates", "Perhaps the same people twice"
    DOUBT = "doubt", "Council in doubt"
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

    @property
    def looked_up(self) -> bool:
        """Another table says which cases, so it is read first, once and for all councils together."""
        return bool(self.typed) or self.special in NAMED_BY or self.special == SpecialFilter.STUCK


def councils_asked(wish: Narrowed, access: Access) -> frozenset[int]:
    return access.councils & {wish.council} if wish.council else access.councils


def chosen(wish: Narrowed, *, access: Access, now: datetime, most: int | None = MOST) -> EnquiryQuerySet:
    """The cases asked for, in no order. `most` of those that another table names."""
    councils = councils_asked(wish, access)
    found = narrowed(Enquiry.objects.filter(council__in=councils), wish, now, user=access.user.pk)
    if wish.special in NAMED_BY:
        found = found.filter(pk__in=NAMED_BY[wish.special](councils, now)[:most])
    return found.matching(wish.typed, most=most) if wish.typed else found


def narrowed(found: EnquiryQuerySet, wish: Narrowed, now: datetime, *, user: int | None = None) -> EnquiryQuerySet:
    """By what stands in the case itself. `user` is whom “me” means."""
    found = by_state(found, wish.state)
    found = DUE_FILTERS[wish.due](found, now) if wish.due else found
    found = found.filter(kind=wish.kind) if wish.kind else found
    found = by_owner(found, wish.owner, user) if wish.owner else found
    return SPECIAL_FILTERS[wish.special](found, now) if wish.special in SPECIAL_FILTERS else found


def by_state(found: EnquiryQuerySet, state: str) -> EnquiryQuerySet:
    """In these words for the indexes: each knows whether a case is open by `closed_at`."""
    match state:
        case Which.ALL:
            return found
        case Which.CLOSED:
            return found.filter(closed_at__isnull=False)
        case Which.OPEN | "":
            return found.open()
    return found.filter(state=state, closed_at__isnull=state in OPEN_STATES)


def by_owner(found: EnquiryQuerySet, owner: str, user: int | None) -> EnquiryQuerySet:
    if owner == OwnerFilter.NOBODY:
        return found.filter(owner=None)
    return found.filter(owner=user if owner == OwnerFilter.ME else int(owner))


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
    SpecialFilter.UNSEEN: lambda found, _: found.open().filter(state=State.NEW, first_seen_at=None),
    SpecialFilter.DOUBT: lambda found, _: found.filter(check_council=True),
    SpecialFilter.TO_CONFIRM: lambda found, _: found.filter(to_confirm=True),
    SpecialFilter.BOUNCED: lambda found, _: found.filter(email_fails=True),
    SpecialFilter.STUCK: lambda found, now: found.quiet_since(
        opening_of_working_day_before(now, STUCK_AFTER, ORDINARY_WEEK)
    ),
}


def replied(councils: Iterable[int], _: datetime) -> Keys:
    return _to_do(councils, ToDoKind.REPLIED)


def to_wake(councils: Iterable[int], now: datetime) -> Keys:
    """The day that they named has come, or they have answered to it."""
    postponed = Enquiry.objects.filter(council__in=councils, state=State.NOT_YET)
    due = postponed.filter(wake_on__lte=in_london(now).date()).values("pk")
    return due[:MOST].union(_to_do(councils, ToDoKind.WAKE_UP)[:MOST])


def handed_over(councils: Iterable[int], _: datetime) -> Keys:
    offered = Handover.objects.filter(council__in=councils, state=HandoverState.OFFERED, side=Side.SENT)
    return offered.values("enquiry")


def perhaps_twice(councils: Iterable[int], _: datetime) -> Keys:
    """The newer of each two that both go on: what has ended stays an enquiry of its own."""
    suggested = Suggestion.objects.filter(council__in=councils, state=SuggestionState.OPEN)
    open_ones = suggested.filter(enquiry__state__in=GOING_ON_STATES, other__state__in=GOING_ON_STATES)
    return open_ones.values("enquiry").distinct()


def _to_do(councils: Iterable[int], kind: ToDoKind) -> Keys:
    waiting = ToDo.objects.filter(council__in=councils, kind=kind, done_at=None, subject_kind="enquiry")
    return waiting.values("subject_id")


NAMED_BY: Mapping[str, Callable[[Iterable[int], datetime], Keys]] = {
    SpecialFilter.REPLIED: replied,
    SpecialFilter.WAKE_UP: to_wake,
    SpecialFilter.HANDOVER: handed_over,
    SpecialFilter.DUPLICATES: perhaps_twice,
}
# Lists that hold closed cases as well, where nobody asks for a state.
CLOSED_TOO = frozenset(NAMED_BY)


def query(wish: Narrowed) -> str:
    """Never what was typed: addresses are written into logs."""
    asked = {"state": wish.state, "due": wish.due, "owner": wish.owner, "kind": wish.kind, "special": wish.special}
    asked["council"] = str(wish.council or "")
    return urlencode({name: value for name, value in asked.items() if value})
