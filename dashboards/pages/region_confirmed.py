"""Which councils have not said this month how their open applications stand.

Whoever sees a council's cases is told by the applications themselves. Who leads the region sees none: to them counts
say whether applications are open, and in which month all of them were confirmed last.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council
from councils.roles import Permission
from dashboards.outcomes.applications import Standing, standing
from dashboards.pages.asked import Asked
from dashboards.span import Span
from dashboards.tables import read, sums

EVER = date(2000, 1, 1)


@dataclass(frozen=True)
class Unconfirmed:
    """`words` follow the council's name. `address`: where they are confirmed, for those who may."""

    council: Council
    words: str
    address: str = ""


def unconfirmed(asked: Asked) -> list[Unconfirmed]:
    """Of the councils asked for, in their order; those without open applications are left out."""
    month = asked.today.replace(day=1)
    known = _by_cases(asked, month)
    rest = [council.pk for council in asked.councils if council.pk not in known]
    told = known | (_by_counts(rest, month) if rest else {})
    may = asked.access.where(Permission.CONFIRM_OUTCOMES)
    return [
        Unconfirmed(council, told[council.pk], _address(council) if council.pk in may else "")
        for council in asked.councils
        if told.get(council.pk)
    ]


def _by_cases(asked: Asked, month: date) -> dict[int, str]:
    """Of the councils whose cases they see; empty words where nothing waits."""
    if not asked.access.councils:
        return {}
    return {
        each.council.pk: _words(month, f"{each.waiting} of {each.applications}, {_since(each, month)}")
        if each.waiting
        else ""
        for each in standing(asked.hub, hub_now())
        if each.council.pk in asked.access.councils
    }


def _since(each: Standing, month: date) -> str:
    """A step that is undone waits again, and so does what is brought in from a list."""
    return "though all were confirmed earlier this month" if each.confirmed == month else each.in_words


def _by_counts(councils: Collection[int], month: date) -> dict[int, str]:
    ever = Span(EVER, month)
    still_open = sums(("applications_open",), ever, councils=councils)
    last: dict[int, date] = {}
    for each in read(("confirmed",), ever, councils=councils):
        last[each.council] = max(each.on, last.get(each.council, each.on))
    return {
        council: _words(month, f"not confirmed since {last[council]:%B %Y}" if council in last else "never confirmed")
        for council, *_ in still_open
        if last.get(council) != month
    }


def _words(month: date, more: str) -> str:
    return f"has not confirmed its open applications for {month:%B} ({more})"


def _address(council: Council) -> str:
    return reverse("admin:dashboards_cell_confirm", args=[council.slug])
