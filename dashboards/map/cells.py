"""Which hexagon belongs to which area: worked out from a release of the directory, and kept in a file beside it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from councils.postcodes import Directory
from councils.postcodes.following import FOLDER
from dashboards.map.hexagons import Cell, cell_at, neighbours

# Part of the file's name: raise it when the grid changes, and each machine works it out anew.
EDITION = 1
SQUARE = 500  # metres: postcodes are counted by these first
ENGLISH = "E"
HOLES = 2  # how often woods and lakes without a postcode are given to what surrounds them
AROUND = 5  # of six sides: with fewer, straits would be land

Areas = Mapping[str, tuple[Cell, ...]]


def make(directory: Directory) -> None:
    """Some seconds the first time; what is there is left alone."""
    path = _path(directory)
    if path.exists():
        return
    areas = by_area(directory.squares(SQUARE))
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        json.dump(areas, file, separators=(",", ":"))
    whole = Path(file.name)
    whole.chmod(0o644)  # made by root, perhaps, and read by another user
    whole.replace(path)


def cells_of(directory: Directory) -> Areas:
    """By area's code. Empty where this machine has not made them yet: load_postcodes does."""
    path = _path(directory)
    return _read(path) if path.exists() else {}


def _path(directory: Directory) -> Path:
    return Path(settings.DATA_DIR) / FOLDER / f"cells-{directory.source[:16]}-{EDITION}.json"


@lru_cache(maxsize=2)
def _read(path: Path) -> Areas:
    held = json.loads(path.read_text())
    return {area: tuple((column, row) for column, row in cells) for area, cells in held.items()}


def by_area(squares: Mapping[tuple[str, int, int], int]) -> dict[str, list[Cell]]:
    """`squares`: postcodes by area and square. A hexagon is the area's that has the most of its postcodes."""
    counted = defaultdict[Cell, Counter[str]](Counter)
    for (area, x, y), count in squares.items():
        if area.startswith(ENGLISH):
            counted[cell_at((x + 0.5) * SQUARE, (y + 0.5) * SQUARE)][area] += count
    owner = {cell: _most(areas) for cell, areas in counted.items()}
    for _ in range(HOLES):
        owner |= _filled(owner)
    found = defaultdict[str, list[Cell]](list)
    for cell in sorted(owner):
        found[owner[cell]].append(cell)
    return dict(sorted(found.items()))


def _filled(owner: Mapping[Cell, str]) -> dict[Cell, str]:
    around = defaultdict[Cell, Counter[str]](Counter)
    for cell, area in owner.items():
        for each in neighbours(cell):
            if each not in owner:
                around[each][area] += 1
    return {cell: _most(areas) for cell, areas in around.items() if areas.total() >= AROUND}


def _most(areas: Counter[str]) -> str:
    return min(areas, key=lambda area: (-areas[area], area))


def joined(areas: Areas, codes: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(cell for code in codes for cell in areas.get(code, ()))
