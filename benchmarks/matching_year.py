"""A year of a made-up hub, lived again and again: each morning coordinators click down the list, or a round pairs all.

All have the same list each working morning, in the same order (two noes, then the longest wait), and whoever is asked
answers alike: an ambassador's answer to a person is drawn from the two alone. So what differs is who was asked.

Assumptions, not facts: wishes come evenly on working days, and are looked at from the next morning. An ambassador asked
accepts (65 of 100) or declines (20) within two working days, or lets three pass (15). Who accepted speaks one to seven
working days later, unless nothing comes of it (10): then both answer no, and the person comes first. Who had no
conversation after 30 working days, and nobody asked about them just then, has given up: unmatched. Staff confirm each
pairing the same morning. The year's last wishes are followed to their end.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from ambassadors.matching import FIRST_AFTER, Carer, Seeker, in_turn
from ambassadors.pairing import Scores
from ambassadors.scoring import scores
from benchmarks.matching_hub import MadeUpHub
from councils.working_time import ONE_DAY, WorkingHours, is_working_day

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ACCEPTS, DECLINES, NOTHING_COMES_OF_IT = 0.65, 0.20, 0.10
ANSWER_WITHIN, NO_ANSWER_AFTER, TALK_WITHIN, PATIENCE = 2, 3, 7, 30  # working days
Policy = Callable[[Scores, Sequence[int]], list[int | None]]


@dataclass(frozen=True)
class Asked:
    """Both as they were on the morning when one was asked about the other."""

    seeker: Seeker
    carer: Carer
    on: date
    score: float


@dataclass
class Lived:
    """`spoke`: days from wish to conversation, by person."""

    wishes: int
    asked: list[Asked] = field(default_factory=list)
    spoke: dict[UUID, int] = field(default_factory=dict)


def live(hub: MadeUpHub, policy: Policy, *, seed: int, last: date = LAST) -> Lived:
    year = _Year(hub, policy, seed, last)
    for number in range(len(year.calendar)):
        year.morning(number)
    return year.lived


def _working_days(first: date, last: date) -> Iterator[date]:
    """And as many after the last as it takes until the last wish is met or given up."""
    day, beyond = first, 0
    while beyond <= 2 * PATIENCE:
        if is_working_day(day, WorkingHours()):
            yield day
            beyond += day > last
        day += ONE_DAY


class _Year:
    """Everything is counted in numbers of working days: of `calendar`, of which the first `length` are the year."""

    def __init__(self, hub: MadeUpHub, policy: Policy, seed: int, last: date) -> None:
        self.hub, self.policy, self.seed = hub, policy, seed
        self.lived = Lived(len(hub.seekers))
        self.calendar = list(_working_days(FIRST, last))
        self.length = sum(day <= last for day in self.calendar)
        self.waiting: dict[UUID, Seeker] = {}
        self.wished: dict[UUID, int] = {}
        self.carers = list(hub.carers)
        self.later: defaultdict[int, list[Callable[[int], None]]] = defaultdict(list)

    def morning(self, number: int) -> None:
        today = self.calendar[number]
        self._turn_the_month(number)
        for happens in self.later.pop(number, []):
            happens(number)
        self._pair(number, today)
        self._wish(number, today)

    def _turn_the_month(self, number: int) -> None:
        if number and self.calendar[number].month != self.calendar[number - 1].month:
            self.carers = [replace(carer, this_month=0) for carer in self.carers]

    def _wish(self, number: int, today: date) -> None:
        """As many as fall on this day; after the year, none."""
        count = len(self.hub.seekers)
        first, end = (count * n // self.length for n in (number, number + 1))
        for seeker in self.hub.seekers[first:end]:
            self.waiting[seeker.key] = replace(seeker, since=datetime.combine(today, time(12), UTC))
            self.wished[seeker.key] = number

    def _pair(self, number: int, today: date) -> None:
        for key in [key for key in self.waiting if number - self.wished[key] > PATIENCE]:
            del self.waiting[key]
        waiting = in_turn(self.waiting.values())
        table = scores(waiting, self.carers, self.hub.region(today))
        for row, column in enumerate(self.policy(table, [carer.room for carer in self.carers])):
            if column is not None:
                self.lived.asked.append(Asked(waiting[row], self.carers[column], today, float(table[row, column])))
                self._ask(self.waiting.pop(waiting[row].key), column, number)

    def _ask(self, seeker: Seeker, column: int, number: int) -> None:
        self._change(column, open=1, this_month=1)
        seeker = replace(seeker, asked=seeker.asked | {self.carers[column].key})
        chance = Random(f"{self.seed} {seeker.key} {self.carers[column].key}")  # noqa: S311  # made-up answers
        answer, answered = chance.random(), number + chance.randint(0, ANSWER_WITHIN) + 1
        if answer < ACCEPTS:
            talk, fails = answered + chance.randint(1, TALK_WITHIN), chance.random() < NOTHING_COMES_OF_IT
            self.later[talk].append(lambda now: self._talk(seeker, column, now, fails))
        else:
            over = answered if answer < ACCEPTS + DECLINES else number + NO_ANSWER_AFTER
            self.later[over].append(lambda now: self._refused(seeker, column, self.calendar[number].month, now))

    def _refused(self, seeker: Seeker, column: int, month: int, now: int) -> None:
        self._change(column, open=-1, this_month=-1 if month == self.calendar[now].month else 0)
        self.waiting[seeker.key] = seeker

    def _talk(self, seeker: Seeker, column: int, now: int, fails: bool) -> None:
        self._change(column, open=-1)
        if fails:
            self.waiting[seeker.key] = replace(seeker, noes=FIRST_AFTER)
            return
        self.carers[column] = replace(self.carers[column], last_talk=self.calendar[now])
        waited: timedelta = self.calendar[now] - self.calendar[self.wished[seeker.key]]
        self.lived.spoke[seeker.key] = waited.days

    def _change(self, column: int, *, open: int, this_month: int = 0) -> None:
        carer = self.carers[column]
        self.carers[column] = replace(carer, open=carer.open + open, this_month=carer.this_month + this_month)
