"""How far apart two homes are, and whether they are neighbours. Pure; the directory of postcodes is an argument.

Neighbours are never introduced: they would meet at the school gate before they have agreed to meet at all. Miles alone
do not say who is one: a village's next postcode lies a mile away, a town's across the road. So postcodes are counted.
"""

from collections.abc import Iterator
from itertools import islice
from math import hypot

from councils.postcodes import Directory, district_of
from councils.postcodes.directory import PAIRS

Place = tuple[int, int]  # easting and northing on the national grid, in metres
METRES_A_MILE = 1609.344
FEW = 12  # postcodes around a home, some 200 homes, in which nobody is introduced
SURELY_FAR = 5.0  # miles; no home has fewer postcodes than FEW within them, so nothing has to be counted


def miles(one: Place | None, other: Place | None) -> float | None:
    """As the crow flies; None where one of the places is not known."""
    if one is None or other is None:
        return None
    return hypot(one[0] - other[0], one[1] - other[1]) / METRES_A_MILE


def too_near(one: str, other: str, directory: Directory) -> bool:
    """Two postcodes, as keys (SO238UJ): the same, or one among the other's nearest few. A postcode without a place in
    the directory is near all of its sector."""
    apart = miles(directory.place(one), directory.place(other))
    if one == other or apart is None:
        return one[:-2] == other[:-2]
    if apart > SURELY_FAR:
        return False
    return any(len(list(islice(_nearer(home, apart, {one, other}, directory), FEW))) < FEW for home in (one, other))


def _nearer(home: str, apart: float, both: set[str], directory: Directory) -> Iterator[str]:
    """Postcodes nearer to home than the two are to each other, of the two districts: of a third one beside them none is
    counted, which takes two for neighbours rather too often than too seldom."""
    here = directory.place(home)
    for key in _postcodes({district_of(key) for key in both}):
        distance = miles(here, directory.place(key))
        if distance is not None and distance < apart and key not in both:
            yield key


def _postcodes(districts: set[str]) -> Iterator[str]:
    return (f"{district}{digit}{pair}" for district in sorted(districts) for digit in range(10) for pair in PAIRS)
