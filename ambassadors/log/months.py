"""A month as an address names it: 2026-11."""

from dataclasses import dataclass
from datetime import date

from enquiries.retention.months import months_after

SHOWN = 13


@dataclass(frozen=True)
class Month:
    first: date

    @property
    def after(self) -> date:
        return months_after(self.first, 1)

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        return f"{self.first:%B %Y}"


def month_of(day: date) -> Month:
    return Month(day.replace(day=1))


def recent(today: date) -> list[Month]:
    """This one and the twelve before it: what may still be written down."""
    return [Month(months_after(today.replace(day=1), -back)) for back in range(SHOWN)]


def chosen(asked: str, today: date) -> Month:
    """The last whole month where none of the list is asked for: that is what is paid next."""
    months = recent(today)
    return next((month for month in months if month.key == asked), months[1])
