"""A year that is told line by line happens, in the order of time, by what staff really do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from operator import itemgetter
from typing import Any

from councils.access import Access
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions import handovers
from enquiries.actions.changing import locked
from enquiries.actions.hearing import heard_from
from enquiries.actions.merging import merge
from enquiries.actions.missed import find_missed
from enquiries.came import Came
from enquiries.came_states import Source
from enquiries.handover_states import HandoverReason, Side
from enquiries.models import Enquiry, Handover
from enquiries.states import Channel, CloseReason, Kind, Outcome, Step, Way
from tests import factories

Move = Callable[[datetime], None]


@dataclass(frozen=True)
class Line:
    number: int
    council: str
    came: date
    source: Source
    rung: tuple[date, str] | None
    then: dict[str, tuple[date, str]]

    def told(self, word: str) -> str:
        return self.then[word][1] if word in self.then else ""


def lines(text: str) -> list[Line]:
    return [_read(line) for line in text.strip().splitlines()]


def _read(line: str) -> Line:
    number, council, came, source, rung, then = (cell.strip() for cell in line.split("|"))
    on, _, how = rung.partition(" ")
    steps = [each.split() for each in then.split(", ") if each]
    return Line(
        int(number),
        council,
        _day(came),
        Source(source),
        (_day(on), how) if on else None,
        {step: (_day(when), more[0] if more else "") for step, when, *more in steps},
    )


def _day(written: str) -> date:
    of_month, month = map(int, written.split("."))
    return date(2027 if month < 4 else 2026, month, of_month)


class Year:
    """Makes it happen, in the order of time, as staff of the two councils."""

    def __init__(self, told: list[Line], councils: dict[str, Council], by: dict[str, Access], move: Move) -> None:
        self.told, self.councils, self.by, self.move = told, councils, by, move
        self.cases: dict[int, Enquiry] = {}

    def happens(self) -> None:
        due: list[tuple[datetime, Callable[[], object]]] = []
        for line in self.told:
            due.append((at(line.came, 10), partial(self.comes, line)))
            if line.rung:
                due.append((at(line.rung[0], 15), partial(self.is_rung, line, line.rung[1])))
            due += [(at(on, 16), partial(self.goes, line, word, said)) for word, (on, said) in line.then.items()]
        due.append((at(date(2026, 4, 7), 18), find_missed))
        for moment, do in sorted(due, key=itemgetter(0)):
            self.move(moment)
            do()

    def comes(self, line: Line) -> None:
        council, email = self.councils[line.council], f"number{line.told('again') or line.number}@example.org"
        kind = Kind(line.told("kind") or Kind.NEW)
        said = factories.answers(council, email=email, phone="", way=Way.EMAIL, kind=kind)
        came = Came(source=line.source)
        receipt = actions.submit(said, token=f"number {line.number}", channel=Channel.WEB, came=came)
        with as_council(council):
            self.cases[line.number] = Enquiry.objects.get(pk=receipt.enquiry_id)

    def is_rung(self, line: Line, how: str) -> None:
        outcome = Outcome.REACHED if how == "spoke" else Outcome.SENT
        way = Way.CALL if how == "spoke" else Way.EMAIL
        actions.log_attempt(self.cases[line.number], way=way, outcome=outcome, by=self.by[line.council])

    def goes(self, line: Line, word: str, said: str) -> None:
        case, by = self.cases[line.number], self.by[line.council]
        if word == "join":
            merge(kept=self.cases[int(said)], merged=case, by=by)
        elif word == "hand":
            sent = handovers.offer(case, to=self.councils[said], reason=HandoverReason.LIVES_THERE, by=by)
            with as_council(self.councils[said]):
                asked = Handover.objects.select_related("council").get(pair_id=sent.pair_id, side=Side.RECEIVED)
            handovers.answer(asked, accept=True, by=self.by[said])
        elif word == "back":
            with as_council(self.councils[line.council]):
                heard_from(locked(case.council_id, case.pk), todo=None, reopen=True)
        elif word == "rung":
            self.is_rung(line, said)
        elif word not in ("kind", "again"):
            more: dict[str, Any] = {"wake_on": date(2027, 1, 11)} if word == "postpone" else {}
            actions.take_step(case, Step(word), reason=CloseReason(said) if said else None, by=by, **more)


def at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=LONDON)
