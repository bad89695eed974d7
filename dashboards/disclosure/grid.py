"""The periods that can be released: quarters and years from 1 April to 31 March, once they are over. None overlaps
another, but for a year, which is its four quarters. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboards.figures import year_of
from dashboards.periods import later

QUARTERS = ("q1", "q2", "q3", "q4")
YEAR = "year"
BACK = 3  # years that may still be asked for
_WORDS: Mapping[str, str] = {
    **{"q1": "April to June", "q2": "July to September", "q3": "October to December", "q4": "January to March"},
    YEAR: "The year",
}


@dataclass(frozen=True, order=True)
class Period:
    """`year`: in which it began; `part`: one of QUARTERS, or YEAR."""

    year: int
    part: str

    @property
    def first(self) -> date:
        april = date(self.year, 4, 1)
        return april if self.part == YEAR else later(april, 3 * QUARTERS.index(self.part))

    @property
    def last(self) -> date:
        """The first day of its last month."""
        return later(self.first, 11 if self.part == YEAR else 2)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*QUARTERS, YEAR) if self.part == YEAR else (self.part,)

    @property
    def words(self) -> str:
        return f"{self.first:%B %Y} to {self.last:%B %Y}"

    @property
    def code(self) -> str:
        return f"{self.year}-{self.part}"

    def is_over(self, today: date) -> bool:
        return later(self.last, 1) <= today


def quarter_of(month: date) -> str:
    return QUARTERS[(month.month - 4) % 12 // 3]


def period_of(first: date, last: date) -> Period:
    year = year_of(first)
    return Period(year, YEAR if later(first, 11) == last else quarter_of(first))


def in_words(column: str) -> str:
    return _WORDS[column]


def over(today: date) -> list[Period]:
    """The newest first, each year after its quarters."""
    years = range(year_of(today), year_of(today) - BACK - 1, -1)
    periods = [Period(year, part) for year in years for part in (YEAR, *reversed(QUARTERS))]
    return [period for period in periods if period.is_over(today)]


def of_code(code: str, today: date) -> Period | None:
    """None for what is not on the grid, and for what is not over."""
    return next((period for period in over(today) if period.code == code), None)
