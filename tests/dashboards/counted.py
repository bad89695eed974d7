"""Counts without the cases that they would come from: pages read nothing else."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import in_london
from dashboards.figures import RULES
from dashboards.models import Cell, Folded
from dashboards.states import Grain


def counts(council: Council, by_figure: Mapping[str, int], *, on: date | None = None) -> None:
    """Of a day, and of its month. Today, if no other is named."""
    day = on or in_london(hub_now()).date()
    with as_council(council):
        for figure, n in by_figure.items():
            _cell(council, Grain.DAY, day, figure, n)
            _cell(council, Grain.MONTH, day.replace(day=1), figure, n)
    Folded.objects.update_or_create(hub=council.hub, defaults={"as_of": hub_now(), "rules": RULES})


def parts(council: Council, figure: str, split: str, by_value: Mapping[str, int], *, on: date | None = None) -> None:
    """What a figure is broken down by, in a month."""
    month = (on or in_london(hub_now()).date()).replace(day=1)
    with as_council(council):
        for value, n in by_value.items():
            _cell(council, Grain.MONTH, month, figure, n, split, value)


def _cell(council: Council, grain: str, on: date, figure: str, n: int, split: str = "", value: str = "") -> None:
    at = {"grain": grain, "on": on, "figure": figure, "split": split, "value": value}
    if not Cell.objects.filter(council=council, **at).update(n=F("n") + n):
        Cell.objects.create(hub=council.hub, council=council, n=n, **at)
