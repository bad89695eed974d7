"""Which postcodes are neighbours, against every postcode around measured by itself."""

from random import Random

import pytest

from ambassadors.nearness import FEW, miles, neighbours, stand_ins
from councils.postcodes import Directory, releases
from councils.postcodes.sources import CarriedByPackage

WINCHESTER, ISLE_OF_WIGHT, GUILDFORD = "E07000094", "E06000046", "E07000209"


@pytest.fixture(scope="module")
def directory() -> Directory:
    path, _ = releases.indexed(CarriedByPackage())
    return Directory(path)


def test_a_mile_is_a_mile() -> None:
    assert miles((400_000, 100_000), (401_609, 100_000)) == pytest.approx(1, abs=0.001)
    assert miles((400_000, 100_000), None) is miles(None, (1, 1)) is None


def test_neighbours_are_the_nearest_of_all_postcodes(directory: Directory) -> None:
    around = {area for letters in ("SO", "GU", "PO", "RG", "SP") for area in directory.areas_within(letters)}
    everywhere = [place for key in directory.keys_in(frozenset(around)) if (place := directory.place(key))]
    inside = directory.keys_in(frozenset({WINCHESTER, ISLE_OF_WIGHT, GUILDFORD}))
    for home in Random(6).sample(sorted(inside), 10):  # noqa: S311  # the same each time
        here = directory.place(home)
        nearest = sorted(miles(here, place) or 0 for place in everywhere)[: FEW + 1]  # its own is among them
        found = neighbours(home, directory)
        assert home in found and len(found) == FEW + 1
        assert sorted(miles(here, directory.place(key)) or 0 for key in found) == pytest.approx(nearest)


def test_across_a_border_there_are_neighbours_too(directory: Directory) -> None:
    border = next(key for key in directory.keys_in(frozenset({GUILDFORD})) if (of := directory.find(key)) and of.near)
    areas = {of.area for key in neighbours(border, directory) if (of := directory.find(key))}
    assert len(areas) > 1


def test_a_new_postcode_may_be_next_door_to_any_of_its_sector(directory: Directory) -> None:
    assert directory.place("SO238ZZ") is None
    assert "SO238UJ" in neighbours("SO238ZZ", directory) & stand_ins("SO238ZZ", directory)
    assert stand_ins("SO238UJ", directory) == {"SO238UJ"}
    assert not any(key.startswith("SO22") for key in stand_ins("SO238ZZ", directory))
