"""The list behind a figure: as many are found as are counted, whatever became of a journey."""

from collections import Counter
from datetime import date

import pytest

from councils.models import Council
from councils.tenancy import across, as_council
from dashboards.actions.writing import write_difference
from dashboards.behind.finding import count_of, spots_of
from dashboards.behind.listed import listed
from dashboards.behind.sought import LISTED, Sought, sought_of
from dashboards.cells import counts_of
from dashboards.exports.columns import BY_PARTS
from dashboards.figures import FIGURES, Split
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
            sought = _sought(cell)
            found = spots_of(sought, [cell.council_id], seen=councils)
            assert len(found) == count_of(sought, [cell.council_id]) == cell.n, cell
            assert all(sought.first <= spot.on <= sought.last for spot in found)


def _sought(cell: Cell) -> Sought:
    return Sought(FIGURES[cell.figure], Span(cell.on, cell.on, Grain(cell.grain)), cell.split, cell.value)


def test_an_address_asks_for_every_part_but_the_topics_of_wishes(told: list[Told], db: None) -> None:
    with across({each.council_id for each in told}, reason="test"):
        cells = list(Cell.objects.filter(n__gt=0, grain=Grain.MONTH).exclude(split=""))
    assert {Split.HOURS, Split.WAIT, Split.STAGE_DAYS, Split.ABOUT} <= {cell.split for cell in cells}
    for cell in cells:
        asked = {"figure": cell.figure, "split": cell.split, "value": cell.value}
        wanted = None if cell.split == Split.ABOUT else _sought(cell)
        assert sought_of(asked, Span(cell.on, cell.on)) == wanted


@pytest.mark.parametrize(
    ("figure", "split", "value", "holds", "words"),
    [
        ("first_try", Split.HOURS, "2-12", {"12"}, "Working hours, rounded up: 1 to 6"),
        ("first_try", Split.HOURS, "0-1", {"1"}, "Working hours, rounded up: up to 0.5"),
        ("reached", Split.HOURS, "1-", {"1", "12"}, "Working hours, rounded up: 0.5 or more"),
        ("reached", Split.HOURS, "99999-", set(), "Working hours, rounded up: 49,999.5 or more"),
        ("conversations", Split.WAIT, "0-7", {str(days) for days in range(8)}, "Days waited: up to 7"),
        ("conversations", Split.WAIT, "8-", {str(days) for days in range(8, 61)}, "Days waited: 8 or more"),
        ("stage_days", Split.STAGE_DAYS, "visited|", {f"visited|{n}" for n in range(9)}, "Days in a stage: Visited"),
        (
            *("stage_days", Split.STAGE_DAYS, "applied|2-4", {f"applied|{n}" for n in (2, 3, 4)}),
            "Days in a stage: Applied, 2 to 4",
        ),
    ],
)
def test_all_from_one_step_to_another_are_found_together(
    figure: str, split: Split, value: str, holds: set[str], words: str, told: list[Told], db: None
) -> None:
    councils = {each.council_id for each in told}
    sought = sought_of({"figure": figure, "split": split, "value": value}, SPAN)
    assert sought
    assert sought.part == words
    with across(councils, reason="test"):
        counted = Cell.objects.filter(on__gte=SPAN.first, grain=Grain.MONTH, figure=figure, split=split)
        n = sum(cell.n for cell in counted if cell.value in holds)
        found = listed(sought, list(Council.objects.filter(pk__in=councils)), seen=councils)
    assert found.count == found.found == n
    assert bool(n) == bool(holds)


@pytest.mark.parametrize("value", ["", "-", "x", "5-3", "1-2-3", "²", "-4", "100000", "visited|3", "|3"])
def test_what_is_no_step_of_a_scale_is_no_part(value: str) -> None:
    assert sought_of({"figure": "first_try", "split": "hours", "value": value}, SPAN) is None


@pytest.mark.parametrize("value", ["", "|", "3", "visited", "nowhere|3", "visited|x", "visited|3|4", "|3"])
def test_days_in_a_stage_name_the_stage(value: str) -> None:
    assert sought_of({"figure": "stage_days", "split": "stage_days", "value": value}, SPAN) is None


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
