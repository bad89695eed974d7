"""A grid of hexagons that stand on a corner, every other row half a hexagon further east. Pure.

Corners are whole numbers: of 1,500 m to the east and some 866 m to the north.
"""

from collections.abc import Collection, Iterator
from math import sqrt

Cell = tuple[int, int]  # column and row, from the south-west of the national grid
Corner = tuple[int, int]
WIDE = 3000  # metres
EAST, NORTH = WIDE / 2, WIDE / (2 * sqrt(3))  # of a corner's numbers
# Counter-clockwise, from the top.
_CORNERS = ((0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1), (1, 1))


def cell_at(east: float, north: float) -> Cell:
    """The one whose middle is nearest."""
    row = round(north / (3 * NORTH))
    near = [_nearest_in(each, east) for each in (row - 1, row, row + 1)]
    return min(near, key=lambda cell: _squared(cell, east, north))


def _nearest_in(row: int, east: float) -> Cell:
    return round((east / EAST - (row & 1)) / 2), row


def _squared(cell: Cell, east: float, north: float) -> float:
    x, y = middle(cell)
    return float((x * EAST - east) ** 2 + (y * NORTH - north) ** 2)


def middle(cell: Cell) -> Corner:
    column, row = cell
    return 2 * column + (row & 1), 3 * row


def neighbours(cell: Cell) -> Iterator[Cell]:
    column, row = cell
    other = column + (row & 1)
    yield from ((column - 1, row), (column + 1, row))
    yield from ((side, row + up) for up in (-1, 1) for side in (other - 1, other))


def outline(cells: Collection[Cell]) -> list[list[Corner]]:
    """The borders of these, each a ring of corners: of land, of islands, and of holes the other way round. At most
    three hexagons meet in a corner, so one way leads on from each."""
    sides = {side for cell in cells for side in _sides(cell)}
    return list(_rings({begin: end for begin, end in sides if (end, begin) not in sides}))


def _sides(cell: Cell) -> Iterator[tuple[Corner, Corner]]:
    x, y = middle(cell)
    corners = [(x + east, y + north) for east, north in _CORNERS]
    yield from zip(corners, [*corners[1:], corners[0]], strict=True)


def _rings(leads: dict[Corner, Corner]) -> Iterator[list[Corner]]:
    while leads:
        corner = min(leads)
        follows = leads.pop(corner)
        ring = [corner]
        while follows != corner:
            ring.append(follows)
            follows = leads.pop(follows)
        yield ring


def heart(cells: Collection[Cell]) -> Cell:
    """The one furthest from any border; of several, the one nearest to the middle of all."""
    inside, layer = set(cells), set(cells)
    while inside:
        layer = inside
        inside = {cell for cell in inside if all(each in inside for each in neighbours(cell))}
    east, north = (sum(middle(cell)[axis] for cell in cells) / len(cells) for axis in (0, 1))
    return min(layer, key=lambda cell: (_squared(cell, east * EAST, north * NORTH), cell))
