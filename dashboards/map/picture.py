"""Where everything stands in the picture of a region. Pure; ten points are a kilometre."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboards.map.hexagons import EAST, NORTH, Cell, Corner, heart, middle, outline

POINT = 100  # metres
AROUND = 12  # points left free at each side


@dataclass(frozen=True, slots=True)
class Shape:
    """One council: its border, and where its number stands. `number`: as in the table beside."""

    key: int
    number: int
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    shapes: Sequence[Shape]


Lands = tuple[tuple[int, tuple[Cell, ...]], ...]  # councils in the order of the table, with their hexagons


@lru_cache(maxsize=64)
def picture(lands: Lands) -> Picture | None:
    """None where nothing could be drawn. Kept: it changes with a release, or when an area goes to another council."""
    rings = {key: outline(cells) for key, cells in lands if cells}
    corners = [corner for each in rings.values() for ring in each for corner in ring]
    if not corners:
        return None
    west, north = min(x for x, _ in corners), max(y for _, y in corners)
    east, south = max(x for x, _ in corners), min(y for _, y in corners)
    place = _Place(west, north)
    shapes = [
        Shape(key, number, place.path(rings[key]), *place.of(middle(heart(cells))))
        for number, (key, cells) in enumerate(lands, start=1)
        if cells
    ]
    width, height = place.of((east, south))
    return Picture(round(width) + AROUND, round(height) + AROUND, shapes)


@dataclass(frozen=True, slots=True)
class _Place:
    west: int
    north: int

    def of(self, corner: Corner) -> tuple[float, float]:
        x, y = corner
        return (
            round((x - self.west) * EAST / POINT + AROUND, 1),
            round((self.north - y) * NORTH / POINT + AROUND, 1),
        )

    def path(self, rings: Collection[Sequence[Corner]]) -> str:
        return "".join(f"M{self._points(ring)}Z" for ring in rings)

    def _points(self, ring: Sequence[Corner]) -> str:
        return "L".join(f"{x:g} {y:g}" for x, y in map(self.of, ring))


STEPS = 5


def steps_of(values: Mapping[int, float]) -> dict[int, int]:
    """From 1, the fifth with the lowest values; who has the same stands in the same step."""
    numbers = sorted(values.values())
    return {key: sum(each < value for each in numbers) * STEPS // len(numbers) + 1 for key, value in values.items()}
