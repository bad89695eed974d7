"""Who is a neighbour: counted in postcodes, against every postcode of a district measured by itself."""

from math import hypot
from random import Random

import pytest

from ambassadors.nearness import FEW, SURELY_FAR, miles, too_near
from councils.postcodes import Directory, releases
from councils.postcodes.sources import CarriedByPackage

WINCHESTER, ISLE_OF_WIGHT = "E07000094", "E06000046"


@pytest.fixture(scope="module")
def directory() -> Directory:
    path, _ = releases.indexed(CarriedByPackage())
    return Directory(path)


@pytest.fixture(scope="module")
def places(directory: Directory) -> dict[str, tuple[int, int]]:
    """Of town and country."""
    keys = directory.keys_in(frozenset({WINCHESTER, ISLE_OF_WIGHT}))
    return {key: place for key in keys if (place := directory.place(key))}


def test_a_mile_is_a_mile() -> None:
    assert miles((400_000, 100_000), (401_609, 100_000)) == pytest.approx(1, abs=0.001)
    assert miles((400_000, 100_000), None) is miles(None, (1, 1)) is None


def test_the_same_postcode_and_the_nearest_few_are_neighbours(
    directory: Directory, places: dict[str, tuple[int, int]]
) -> None:
    for home in Random(6).sample(sorted(places), 12):  # noqa: S311  # the same each time
        here = places[home]
        order = sorted(places, key=lambda key: hypot(places[key][0] - here[0], places[key][1] - here[1]))
        assert too_near(home, home, directory)
        for other in order[1 : FEW + 1]:
            assert too_near(home, other, directory) and too_near(other, home, directory)


def test_another_part_of_town_is_far_enough(directory: Directory) -> None:
    assert not too_near("SO238UJ", "SO225AA", directory)
    assert not too_near("SO238UJ", "PO305AA", directory)


def test_nobody_further_away_than_the_few_is_a_neighbour(
    directory: Directory, places: dict[str, tuple[int, int]]
) -> None:
    """Of one district, where every postcode is counted."""
    own = {key: place for key, place in places.items() if key[:-3] == "PO30"}
    for home in Random(7).sample(sorted(own), 6):  # noqa: S311  # the same each time
        here = own[home]
        order = sorted(own, key=lambda key: hypot(own[key][0] - here[0], own[key][1] - here[1]))
        for other in order[len(order) // 2 :: 40]:
            assert not too_near(home, other, directory)


def test_a_postcode_that_the_directory_cannot_place_is_near_all_of_its_sector(directory: Directory) -> None:
    assert directory.place("SO238ZZ") is None
    assert too_near("SO238ZZ", "SO238UJ", directory) and not too_near("SO238ZZ", "SO225AA", directory)


def test_within_what_is_surely_far_everybody_has_more_neighbours_than_a_few(
    directory: Directory, places: dict[str, tuple[int, int]]
) -> None:
    for home in Random(8).sample(sorted(places), 40):  # noqa: S311  # the same each time
        near = [key for key in places if (miles(places[home], places[key]) or 0) < SURELY_FAR]
        assert len(near) > 3 * FEW
