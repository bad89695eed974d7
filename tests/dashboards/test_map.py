"""The region is drawn from where postcodes lie, and says nothing that the table beside it does not say."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from councils import routing
from councils.models import Council, CouncilArea, Hub, User
from councils.postcodes import Directory, building, following
from dashboards.map.cells import by_area, cells_of, make
from dashboards.map.hexagons import EAST, NORTH, cell_at, heart, middle, neighbours, outline
from dashboards.map.picture import steps_of
from tests.conftest import Cast
from tests.councils.test_postcodes_directory import zip_of
from tests.dashboards.test_council_page import count, promises

LogIn = Callable[[User], Client]
ADDRESS = "/staff/dashboards/cell/map/"
MAIDSTONE = "E07000110"


@pytest.fixture
def directory(db: None) -> Directory:
    held = routing.directory()
    make(held)
    return held


def test_a_point_lies_in_the_hexagon_whose_middle_is_nearest() -> None:
    for cell in ((10, 20), (11, 21), (12, 22)):
        x, y = middle(cell)
        assert cell_at(x * EAST + 700, y * NORTH - 600) == cell
        assert all(cell in neighbours(each) for each in neighbours(cell))


def test_the_border_of_a_ring_is_an_outer_one_and_one_around_its_hole() -> None:
    ring = set(neighbours((10, 20)))
    rings = sorted(len(each) for each in outline(ring))
    assert rings == [6, 18]
    assert heart({*ring, (10, 20)}) == (10, 20)


def test_a_hole_is_given_to_what_surrounds_it_and_the_sea_to_nobody() -> None:
    squares = {}
    for column, row in neighbours((100, 100)):
        x, y = middle((column, row))
        squares["E1", int(x * EAST // 500), int(y * NORTH // 500)] = 3
    cells = by_area(squares | {("W1", 0, 1): 9})
    assert (100, 100) in cells["E1"]
    assert set(cells) == {"E1"}
    assert len(cells["E1"]) == 7


def test_every_council_of_the_hub_can_be_drawn(directory: Directory, lafse: Hub) -> None:
    held = cells_of(directory)
    councils = Council.objects.filter(hub=lafse).fostering()
    codes = CouncilArea.objects.filter(council__in=councils, valid_to=None).values_list("council_id", "area_code")
    drawn = {council for council, code in codes if held.get(code)}
    assert drawn == {council.pk for council in councils}
    assert len(held[MAIDSTONE]) * 7.79 * 2.5 > 150 and len(held[MAIDSTONE]) * 7.79 < 600  # 393 square kilometres


def test_who_has_the_same_stands_in_the_same_step() -> None:
    assert steps_of({1: 5, 2: 5, 3: 9, 4: 9, 5: 10}) == {1: 1, 2: 1, 3: 3, 4: 3, 5: 5}
    assert steps_of({}) == {}


def test_each_council_is_a_link_with_its_name_and_figure(
    directory: Directory, kent: Council, cast: Cast, as_user: LogIn
) -> None:
    count(kent, "enquiries", 1234)
    page = as_user(cast.rhea).get(ADDRESS, {"figure": "enquiries"}).content.decode()
    assert '<a href="/staff/dashboards/cell/council/kent/" aria-label="Kent County Council: 1,234">' in page
    assert page.count("staff-map__land--1") + page.count("staff-map__land--5") >= 20
    assert "style=" not in page[page.index("<svg") : page.index("</svg>")]


def test_a_share_of_few_cases_has_no_colour_and_an_interval(
    directory: Directory, kent: Council, hampshire: Council, cast: Cast, as_user: LogIn
) -> None:
    promises(kent, 7, 5)
    promises(hampshire, 30, 10)
    page = as_user(cast.rhea).get(ADDRESS, {"figure": "promise"}).content.decode()
    assert 'aria-label="Kent County Council: 7 of 12 (32% to 81%)"' in page
    assert 'aria-label="Hampshire County Council: 75%"' in page


def test_an_area_that_goes_to_another_council_is_drawn_with_it(
    directory: Directory, kent: Council, hampshire: Council, cast: Cast, as_user: LogIn
) -> None:
    before = islands(as_user(cast.rhea), hampshire)
    CouncilArea.objects.filter(council=kent, area_code=MAIDSTONE).update(valid_to=date(2026, 1, 1))
    CouncilArea.objects.create(council=hampshire, area_code=MAIDSTONE, valid_from=date(2026, 1, 1))
    assert islands(as_user(cast.rhea), hampshire) == before + 1


def islands(client: Client, council: Council) -> int:
    """How many borders are drawn of this council."""
    page = client.get(ADDRESS).content.decode()
    land = re.search(rf'aria-label="{council.name}: .*?href="#(land-\d+)"', page)
    assert land
    drawn = re.search(rf'id="{land[1]}" fill-rule="evenodd" d="([^"]+)"', page)
    assert drawn
    return drawn[1].count("Z")


def test_a_new_release_is_drawn_when_it_is_loaded(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    rows = [["pcds", "east1m", "north1m", "lad25cd"], ["ME14 1XX", "576000", "155700", MAIDSTONE]]
    path = tmp_path / "one.index"
    building.build(zip_of(tmp_path / "ONSPD_FEB_2027.zip", rows), path)
    loaded = Directory(path)
    assert cells_of(loaded) == {}
    for _ in range(2):
        following.follow(loaded)
    assert cells_of(loaded) == {MAIDSTONE: (cell_at(576000, 155700),)}


def test_where_nothing_is_drawn_yet_the_table_says_the_same(
    settings: Settings, tmp_path: Path, kent: Council, cast: Cast, as_user: LogIn
) -> None:
    settings.DATA_DIR = tmp_path
    count(kent, "enquiries", 1234)
    page = as_user(cast.rhea).get(ADDRESS).content.decode()
    assert "The map is not drawn on this machine yet" in page
    assert "1,234" in page


def test_a_figure_that_there_is_not_is_an_error_in_words(cast: Cast, as_user: LogIn) -> None:
    answer = as_user(cast.rhea).get(ADDRESS, {"figure": "nothing"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_an_officer_of_a_council_sees_no_map(cast: Cast, as_user: LogIn) -> None:
    assert as_user(cast.kate).get(ADDRESS).status_code == 403


def test_nobody_is_called_highest_by_a_count(directory: Directory, kent: Council, cast: Cast, as_user: LogIn) -> None:
    count(kent, "approvals", 5)
    page = as_user(cast.rhea).get(ADDRESS, {"figure": "approvals"}).content.decode()
    assert "it is no ranking" in page
    assert "the highest is" not in page
