"""Campaigns as bars over the curve of weekly enquiries: where everything stands in the picture. Pure.

Drawn here rather than in the browser: it prints, it needs no script, and the table below says the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, LEFT, RIGHT = 900, 44, 8
CURVE, ABOVE, BETWEEN, BAR = 180, 24, 36, 26
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Ran:
    """One campaign. `last_day`: None while it goes on."""

    name: str
    first_day: date
    last_day: date | None
    address: str = ""


@dataclass(frozen=True)
class Bar:
    """`ends`: its name ends at `text_x`, or it would run out of the picture."""

    name: str
    x: float
    y: float
    width: float
    text_x: float
    text_y: float
    ends: bool
    address: str


@dataclass(frozen=True)
class Mark:
    """A month on the line below, or a number on the line at the left."""

    at: float
    label: str


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    left: int
    right: int
    bottom: float
    line: str
    area: str
    today: float
    bars: Sequence[Bar]
    months: Sequence[Mark]
    counts: Sequence[Mark]


def picture(weeks: Mapping[date, int], ran: Sequence[Ran], today: date) -> Picture:
    """`weeks`: from each Monday; the later ones are still to come and have no number."""
    mondays = sorted(weeks)
    first, last = mondays[0], mondays[-1] + A_WEEK
    bottom = ABOVE + CURVE
    most = _round_up(max(weeks.values()))

    def across(day: date) -> float:
        day = min(max(day, first), last)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days, 1)

    past = [monday for monday in mondays if monday <= today]
    points = [
        (across(min(monday + A_WEEK / 2, today)), round(bottom - CURVE * weeks[monday] / most, 1)) for monday in past
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    shown = [each for each in ran if each.first_day < last and (each.last_day or last) >= first]
    return Picture(
        *(WIDTH, round(bottom + BETWEEN + BAR * len(shown) + 8), LEFT, WIDTH - RIGHT, bottom),
        line=line,
        area=f"{points[0][0]},{bottom} {line} {points[-1][0]},{bottom}" if points else "",
        today=across(today),
        bars=[_bar(each, number, across, last, bottom) for number, each in enumerate(shown)],
        months=[Mark(across(day), f"{day:%b}") for day in _months(first, last)],
        counts=[Mark(round(bottom - CURVE * part / 2, 1), f"{round(most * part / 2):,}") for part in (0, 1, 2)],
    )


def _bar(ran: Ran, number: int, across: Callable[[date], float], last: date, bottom: float) -> Bar:
    """A day is drawn at least as wide as can be seen."""
    x, y = across(ran.first_day), bottom + BETWEEN + BAR * number
    end = across((ran.last_day or last) + timedelta(days=1))
    late = x > WIDTH * 0.6
    text_x = min(end, WIDTH - RIGHT) - 4 if late else x + 4
    return Bar(ran.name, x, y, max(round(end - x, 1), 4.0), text_x, y + 14, late, ran.address)


def _round_up(most: int) -> int:
    """To a number that halves well: 10, 20, 50, 100 …"""
    scale = 10
    while True:
        for step in (1, 2, 5):
            if most <= step * scale:
                return step * scale
        scale *= 10


def _months(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days))
    return [day for day in days if day.day == 1]
