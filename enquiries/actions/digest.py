"""Each working day at opening time, what waits in a council, in figures and without a name.

It is sent also when nothing waits: so a morning without it means a fault and not a quiet day. The hub office gets one
for the whole hub.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, CouncilKind, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from councils.working_time import closing, in_london, is_open
from enquiries.board import DueFilter, Narrowed, OwnerFilter, SpecialFilter, narrowed, query
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from enquiries.promise import day_in_words
from enquiries.recipients import digest_readers, hubs_in_use
from outbox.actions import enqueue_template
from outbox.models import Message

CASES: Mapping[str, Narrowed] = {
    "New, and nobody has looked": Narrowed(special=SpecialFilter.UNSEEN),
    "Due today or overdue": Narrowed(due=DueFilter.TODAY),
    "Promise missed": Narrowed(due=DueFilter.MISSED),
    "Email does not work, so ring": Narrowed(special=SpecialFilter.BOUNCED),
    "Nothing happened for ten working days": Narrowed(special=SpecialFilter.STUCK),
    "Nobody has taken it": Narrowed(owner=OwnerFilter.NOBODY),
}
TODOS: Mapping[str, ToDoKind] = {
    "Given back because the owner is not there": ToDoKind.OWNER_AWAY,
    "Messages that could not be sent": ToDoKind.MAIL_FAILED,
    "Another council asks you to take an enquiry": ToDoKind.HANDOVER_OFFERED,
    "Councils do not agree who answers: decide": ToDoKind.HANDOVER_STUCK,
}
Figures = Mapping[int, Mapping[str, int]]  # by council, what it says and how many


@dataclass(frozen=True)
class Line:
    label: str
    count: int
    link: str = ""


def send_digests() -> int:
    """How many councils were written to; each once a day, however often this runs."""
    councils = {council.pk: council for council in Council.objects.select_related("hub")}
    with across(councils, reason="daily digest"):
        now = hub_now()
        day = in_london(now).date()
        readers = {council: digest_readers(council, now) for council in _not_yet_told(councils.values(), day, now)}
        waiting = [council for council in readers if readers[council]]
        figures = _figures(councils, now) if waiting else {}
    for council in waiting:
        _send(council, readers[council], councils.values(), figures, day)
    return len(waiting)


def _not_yet_told(councils: Iterable[Council], day: date, now: datetime) -> list[Council]:
    in_use = hubs_in_use()
    opened = [council for council in councils if council.hub_id in in_use and is_open(now, hours_of(council))]
    if not opened:
        return []
    told = Message.objects.filter(council__in=opened, dedupe_key=_key(day)).values_list("council_id", flat=True)
    return [council for council in opened if council.pk not in set(told)]


def _figures(councils: Iterable[int], now: datetime) -> Figures:
    """One query a line, for all councils together."""
    counted: dict[int, dict[str, int]] = {council: {} for council in councils}
    for label, wish in CASES.items():
        cases = narrowed(Enquiry.objects.filter(council__in=counted), wish, now)
        for council, count in cases.order_by().values_list("council").annotate(Count("pk")):
            counted[council][label] = count
    for label, kind in TODOS.items():
        todos = ToDo.objects.filter(council__in=counted, kind=kind, done_at=None)
        for council, count in todos.order_by().values_list("council").annotate(Count("pk")):
            counted[council][label] = count
    return counted


def _send(council: Council, readers: list[str], councils: Iterable[Council], figures: Figures, day: date) -> None:
    whole_hub = council.kind == CouncilKind.HUB_OFFICE
    told = [other for other in councils if other.hub_id == council.hub_id] if whole_hub else [council]
    context = {
        "council": council,
        "hub": council.hub,
        "day": day_in_words(day),
        "lines": _lines(council, told, figures),
        "busy": [(other, _lines(other, [other], figures), _board(other)) for other in told if figures[other.pk]],
        "quiet": [other for other in told if not figures[other.pk]],
        "whole_hub": whole_hub,
        "link": _board(None if whole_hub else council),
    }
    with as_council(council):
        for number, address in enumerate(readers):
            enqueue_template(
                template="digest",
                context=context,
                council=council,
                kind="digest",
                to=address,
                subject=f"{council.hub.short_name if whole_hub else council.name}: what waits on {day_in_words(day)}",
                dedupe_key=_key(day) if number == 0 else f"{_key(day)}:{number}",
                to_staff=True,
                expires_at=closing(day, hours_of(council)),
            )


def _lines(council: Council, told: list[Council], figures: Figures) -> list[Line]:
    """Those that count something, in the order of the tables."""
    total = sum((Counter(figures[each.pk]) for each in told), Counter())
    asked = None if len(told) > 1 else council.pk
    lines = [Line(label, total[label], _list_of(replace(wish, council=asked))) for label, wish in CASES.items()]
    lines += [Line(label, total[label], _address("todos")) for label in TODOS]
    return [line for line in lines if line.count]


def _board(council: Council | None) -> str:
    return _list_of(Narrowed(council=council.pk if council else None))


def _list_of(wish: Narrowed) -> str:
    return f"{_address('changelist')}?{query(wish)}"


def _address(page: str) -> str:
    return settings.BASE_URL + reverse(f"admin:enquiries_enquiry_{page}")


def _key(day: date) -> str:
    return f"digest:{day.isoformat()}"
