"""Days that somebody can have meant: 0026 is a slip of the hand for 2026, and figures are counted for every day."""

from datetime import date

from councils.refusals import Refused

EARLIEST = date(2015, 1, 1)
LATEST_YEARS = 2
TOO_FAR = "A day is too far away to be meant. Look at the year."


def is_meant(day: date, today: date) -> bool:
    return day >= EARLIEST and day.year <= today.year + LATEST_YEARS


def require_meant(*days: date | None, today: date) -> None:
    """Raises Refused."""
    if not all(is_meant(day, today) for day in days if day):
        raise Refused(TOO_FAR)
