"""The first page after log-in: what waits, counted, each figure the list that it opens.

All figures are one statement. None counts further than MOST, and each has an index that knows its rows: so a hub
officer with thirty thousand open cases waits no longer than an officer with ten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import IntegerField, Subquery
from django.urls import reverse

from councils.access import Access
from councils.models import User
from councils.roles import Permission
from enquiries.board import NAMED_BY, DueFilter, Keys, Narrowed, OwnerFilter, SpecialFilter, Which, chosen, query
from enquiries.board_pages import up_to_most
from enquiries.handover_states import HandoverState, Side
from enquiries.models import Handover
from enquiries.models.enquiry import MOST
from enquiries.states import Kind, State
from enquiries.todos import open_todos


@dataclass(frozen=True)
class Tally:
    """One figure of the first page, and the list behind it."""

    label: str
    count: int
    url: str
    pressing: bool = False

    @property
    def counted(self) -> str:
        return up_to_most(self.count)


@dataclass(frozen=True)
class Group:
    title: str
    tallies: tuple[Tally, ...]


@dataclass(frozen=True)
class Line:
    label: str
    wish: Narrowed
    alarm: bool = False  # red as soon as there is one


def special(label: str, which: SpecialFilter, *, closed_too: bool = False, alarm: bool = False) -> Line:
    return Line(label, Narrowed(state=Which.ALL if closed_too else Which.OPEN, special=which), alarm)


LINES: Mapping[str, tuple[Line, ...]] = {
    "Now": (
        Line("New", Narrowed(state=State.NEW)),
        Line("Due today or overdue", Narrowed(due=DueFilter.TODAY)),
        Line("Promise missed", Narrowed(due=DueFilter.MISSED), alarm=True),
        special("Reply not read", SpecialFilter.REPLIED, closed_too=True),
        special("Not opened yet", SpecialFilter.UNSEEN),
        special("To be contacted again now", SpecialFilter.WAKE_UP, closed_too=True),
    ),
    "Whose": (
        Line("My cases", Narrowed(owner=OwnerFilter.ME)),
        Line("Nobody’s cases", Narrowed(owner=OwnerFilter.NOBODY)),
        Line("Transfers", Narrowed(kind=Kind.TRANSFER)),
        Line("Fostered before", Narrowed(kind=Kind.RETURNING)),
    ),
    "To sort out": (
        special("Wrote to the council", SpecialFilter.TO_CONFIRM),
        special("Perhaps spam", SpecialFilter.QUARANTINE),
        special("Email does not work", SpecialFilter.BOUNCED),
        special("Perhaps the same people twice", SpecialFilter.DUPLICATES, closed_too=True),
        special("Waiting for another council’s answer", SpecialFilter.HANDOVER, closed_too=True),
    ),
}


def groups(access: Access, now: datetime) -> list[Group]:
    lines = [line for group in LINES.values() for line in group]
    asked = [keys_of(line.wish, access, now) for line in lines]
    *counts, todos, offers = counted([*asked, open_todos(access).values("pk"), offered(access)], access.user)
    tally = {line: tally_of(line, count) for line, count in zip(lines, counts, strict=True)}
    shown = [Group(title, tuple(tally[line] for line in group)) for title, group in LINES.items()]
    shown[0] = with_more(shown[0], Tally("To do", todos, reverse("admin:enquiries_enquiry_todos")))
    handovers = reverse("admin:enquiries_handover_changelist")
    shown[-1] = with_more(shown[-1], Tally("Asked of us by another council", offers, handovers))
    return shown


def with_more(group: Group, tally: Tally) -> Group:
    return Group(group.title, (*group.tallies, tally))


def offered(access: Access) -> Keys:
    """Cases that another council would pass on: theirs until we answer, so on no list of ours."""
    councils = access.where(Permission.WORK_CASES)
    return Handover.objects.filter(council__in=councils, state=HandoverState.OFFERED, side=Side.RECEIVED).values("pk")


def keys_of(wish: Narrowed, access: Access, now: datetime) -> Keys:
    """Where another table names the cases, in whatever state, they are counted there."""
    if wish == Narrowed(state=Which.ALL, special=wish.special) and wish.special in NAMED_BY:
        return NAMED_BY[wish.special](access.councils, now)
    return chosen(wish, access=access, now=now).values("pk")


def tally_of(line: Line, count: int) -> Tally:
    address = f"{reverse('admin:enquiries_enquiry_changelist')}?{query(line.wish)}"
    return Tally(line.label, count, address, pressing=line.alarm and count > 0)


class Count(Subquery):
    """Of rows, as one number."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # where nothing can be found, for example to do for who works no cases


def counted(found: Iterable[Keys], user: User) -> tuple[int, ...]:
    """In one statement. It needs a row to stand on: that of whoever asks."""
    figures = [Count(keys[:MOST]) for keys in found]
    return tuple(User.objects.filter(pk=user.pk).values_list(*figures)[0])
