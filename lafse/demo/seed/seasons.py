"""On which working day somebody asks, over some years: more of them in January and September, when people begin anew,
and in Foster Care Fortnight, the second half of May. Weights are guesses; nobody has counted."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from itertools import accumulate

from lafse.demo.seed.days import Days
from lafse.demo.seed.draw import Draw

_MONTHS: Mapping[int, float] = {
    1: 1.55, 2: 1.15, 3: 1.05, 4: 0.9, 5: 1.0, 6: 0.9, 7: 0.8, 8: 0.75, 9: 1.45, 10: 1.1, 11: 1.0, 12: 0.55
}  # fmt: skip
_FORTNIGHT, _FORTNIGHT_DAYS = 1.9, (11, 27)  # of May
_GROWTH = 0.04  # a year
_MONDAY = 1.25


class Seasons:
    """From the first of the month, `years` years before today, to yesterday."""

    def __init__(self, days: Days, years: int) -> None:
        today = days.days[days.today]
        self.first_day = date(today.year - years, today.month, 1)
        self.first, self.last = days.number_of(self.first_day), days.today - 1
        weights = (_weight(day, self.first_day) for day in days.days[self.first : days.today])
        self._reached = list(accumulate(weights))

    def some_day(self, draw: Draw, *, since: int = 0) -> int:
        """Its number, `since` at the earliest, or the last one."""
        begin = max(0, min(since, self.last) - self.first)
        low = self._reached[begin - 1] if begin else 0.0
        at = low + (self._reached[-1] - low) * draw.random()
        return self.first + min(bisect_right(self._reached, at), len(self._reached) - 1)

    def share_between(self, first: int, last: int) -> float:
        """Of all that come, by numbers of working days, both included."""
        ends = [min(max(number - self.first, 0), len(self._reached)) for number in (first, last + 1)]
        before, after = (self._reached[end - 1] if end else 0.0 for end in ends)
        return (after - before) / self._reached[-1]


def _weight(day: date, first: date) -> float:
    weight = _MONTHS[day.month] * (1 + _GROWTH * (day - first).days / 365)
    if day.month == 5 and bisect_left(_FORTNIGHT_DAYS, day.day) == 1:
        weight *= _FORTNIGHT
    return weight * (_MONDAY if day.weekday() == 0 else 1)
