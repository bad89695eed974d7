"""Where an ambassador lives, as far as it is kept: never the postcode itself.

Its district and the middle of that serve to say how far apart two are; keyed hashes of it and of the nearest few keep
neighbours from being introduced.
"""

from collections.abc import Iterator

from ambassadors.actions.profiles import Home
from ambassadors.nearness import Place, neighbours
from councils import postcodes
from councils.keyed_hashes import keyed_hash
from councils.postcodes import Directory
from councils.postcodes.directory import PAIRS
from councils.routing import NoDirectory, directory


def home_at(key: str, known: Directory) -> Home:
    """`key`: a postcode (SO238UJ). Some 50 ms."""
    district = postcodes.district_of(key)
    easting, northing = middle_of(district, known) or (None, None)
    near = sorted(near_hash(each) for each in neighbours(key, known))
    return Home(district, easting, northing, tuple(near))


def home_of(key: str) -> Home:
    """As far as the directory of postcodes in use can tell."""
    try:
        return home_at(key, directory())
    except NoDirectory:
        return Home(postcodes.district_of(key), None, None, (near_hash(key),))


def near_hash(key: str) -> str:
    return keyed_hash("ambassador:near", key)


def middle_of(district: str, known: Directory) -> Place | None:
    """The mean of its postcodes, to 100 metres; None for a district that the directory does not know."""
    places = list(_places_in(district, known))
    if not places:
        return None
    east, north = (sum(axis) // len(places) // 100 * 100 for axis in zip(*places, strict=True))
    return east, north


def _places_in(district: str, known: Directory) -> Iterator[Place]:
    for sector in range(10):
        for pair in PAIRS:
            if place := known.place(f"{district}{sector}{pair}"):
                yield place
