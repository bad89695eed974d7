"""Calendar months. No ORM and no clock."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later (earlier, where negative); the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_next_month(today: date) -> date:
    first = months_after(today.replace(day=1), 1)
    return first.replace(day=monthrange(first.year, first.month)[1])
