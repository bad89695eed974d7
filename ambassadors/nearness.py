"""How far apart two homes are, and which postcodes are neighbours. Pure; the directory of postcodes is an argument.

Neighbours are never introduced: they would meet at the school gate before they have agreed to meet at all. Miles alone
do not say who is one: in the country the next postcode lies a mile away, in a town across the road. So postcodes are
counted. Of an ambassador only hashes of `neighbours` are kept; an enquirer lives too near if `stand_ins` of their
postcode has one of these.
"""

from heapq import nsmallest
from math import hypot

from councils.postcodes import Directory
from councils.postcodes.directory import PAIRS

Place = tuple[int, int]  # easting and northing on the national grid, in metres
METRES_A_MILE = 1609.344
FEW = 12  # postcodes around a home: some 200 homes


def miles(one: Place | None, other: Place | None) -> float | None:
    """As the crow flies; None where one of the places is not known."""
    if one is None or other is None:
        return None
    return hypot(one[0] - other[0], one[1] - other[1]) / METRES_A_MILE


def neighbours(key: str, directory: Directory) -> frozenset[str]:
    """The postcode (SO238UJ) itself and the nearest few; of one that the directory cannot place, all of its sector.
    Looks through the whole area, and the next where the postcode is near a border: some 50 ms."""
    here, found = directory.place(key), directory.find(key)
    if here is None or found is None:
        return _sector_of(key, directory)
    others = directory.keys_in(frozenset({found.area, *found.near}))
    away = {other: miles(here, directory.place(other)) for other in others if other != key}
    placed = {other: distance for other, distance in away.items() if distance is not None}
    return frozenset({key, *nsmallest(FEW, placed, key=lambda other: (placed[other], other))})


def stand_ins(key: str, directory: Directory) -> frozenset[str]:
    """The postcode itself; for one that the directory cannot place, all of its sector: any may be next door."""
    return _sector_of(key, directory) if directory.place(key) is None else frozenset({key})


def _sector_of(key: str, directory: Directory) -> frozenset[str]:
    sector = key[:-2]
    return frozenset({key, *(f"{sector}{pair}" for pair in PAIRS if directory.find(f"{sector}{pair}"))})
