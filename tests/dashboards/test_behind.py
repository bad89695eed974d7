"""The list behind a figure: as many are found as are counted, whatever became of a journey."""

from collections import Counter
from datetime import date

import pytest

from councils.models import Council
from councils.tenancy import across, as_council
from dashboards.actions.writing import write_difference
from dashboards.behind.finding import spots_of
from dashboards.behind.listed import listed
from dashboards.behind.sought import LISTED, Sought
from dashboards.cells import counts_of
from dashboards.exports.columns import BY_PARTS
from dashboards.figures import FIGURES
from dashboards.models import Cell
from dashboards.span import Span
from dashboards.states import Grain
from dashboards.told import Told
from tests.dashboards.made_up import MadeUp

SPAN = Span(date(2026, 5, 1), date(2026, 6, 1))


@pytest.fixture(scope="module")
def told(module_db: None) -> list[Told]:
    councils = list(Council.objects.filter(slug__in=["kent", "hampshire"]).order_by("slug"))
    journeys = MadeUp(councils).journeys(50)
    with across(councils, reason="test"):
        write_difference(councils[0].hub_id, [], journeys)
    return journeys


def test_as_many_are_found_as_are_counted_of_every_figure_and_each_of_its_parts(told: list[Told], db: None) -> None:
    councils = {each.council_id for each in told}
    with across(councils, reason="test"):
        cells = list(Cell.objects.filter(council__in=councils, n__gt=0))
        assert {cell.figure for cell in cells} == LISTED.keys()
        for cell in cells:
            sought = Sought(FIGURES[cell.figure], Span(cell.on, cell.on, Grain(cell.grain)), cell.split, cell.value)
            found = spots_of(sought, [cell.council_id], seen=councils)
            assert len(found) == cell.n, cell
            assert all(sought.first <= spot.on <= sought.last for spot in found)


def test_as_many_are_found_of_several_councils_and_months_together(told: list[Told], db: None) -> None:
    councils = {each.council_id for each in told}
    with across(councils, reason="test"):
        for code in LISTED.keys() - BY_PARTS.keys():
            shown = listed(Sought(FIGURES[code], SPAN), list(Council.objects.filter(pk__in=councils)), seen=councils)
            assert shown.count == shown.found > 0, code


def test_who_sees_one_council_is_told_how_many_another_has_by_now(told: list[Told], db: None) -> None:
    kent = Council.objects.get(slug="kent")
    whole, theirs = (_wholes(each, kent) for each in (told, [each for each in told if each.council_id == kent.pk]))
    with as_council(kent):
        for code in LISTED:
            shown = listed(Sought(FIGURES[code], SPAN), [kent], seen=[kent.pk])
            assert (shown.count, shown.found) == (whole[code], theirs[code]), code
            assert shown.elsewhere == whole[code] - theirs[code]
    assert whole["received"] > theirs["received"] > 0


def _wholes(journeys: list[Told], council: Council) -> Counter[str]:
    found = Counter[str]()
    for (of, grain, on, figure, split, _), n in counts_of(journeys).items():
        if of == council.pk and grain == Grain.MONTH and not split and SPAN.holds(on):
            found[figure] += n
    return found
