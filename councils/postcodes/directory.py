"""One release of the directory on disk: written once, then mapped read-only by every process.

A sector (SO23 8) has one slot for each of the 441 pairs of letters that may follow it, so a postcode's slot is
found by arithmetic, without a search: two dictionary reads and one from the map. A slot holds the number of a
placement, which is the area and the areas next door; a few thousand placements serve 2.7 million postcodes.

File: 8 bytes of magic, the header's length (32 bits), the header (JSON), padding to 4,096; then three arrays
of 16-bit little-endian numbers, one entry a slot: placement (0 = no such postcode), easting, northing.
"""

import json
import mmap
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TypedDict

MAGIC = b"POSTCOD1"
ALIGNMENT = 4096
# Royal Mail leaves out C I K M O V; one closed Newport postcode, NPT 0VA, has a V all the same.
INWARD_LETTERS = "ABDEFGHJLNPQRSTUVWXYZ"
PAIRS = {"".join(pair): i for i, pair in enumerate(product(INWARD_LETTERS, repeat=2))}
SLOTS_A_SECTOR = len(PAIRS)
# Grid references are kept to these metres, so that they fit into 16 bits; 0, 0 (in the sea) means none.
EAST_STEP, NORTH_STEP = 10, 20
_AT_A_TIME = 500_000  # slots: as lists of numbers, all at once would be half a gigabyte


class DamagedDirectory(Exception):
    """The file is not a whole index; load the postcodes again."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a postcode is. `area` is an ONS code, empty where the directory gives none."""

    area: str
    near: tuple[str, ...] = ()


class Header(TypedDict):
    release: str
    source: str
    rows: int
    sectors: list[str]
    placements: list[tuple[str, list[str]]]
    areas_within: dict[str, list[str]]


class Directory:
    """Reads one index file. Safe to share between threads; a process opens it once for each release."""

    def __init__(self, path: Path) -> None:
        if sys.byteorder != "little":
            raise DamagedDirectory("The postcode index is little-endian and this machine is not.")
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header, start = _header_of(self._map, path)
        self.release = header["release"]
        self.source = header["source"]
        self.rows = header["rows"]
        self._first_slot = {sector: i * SLOTS_A_SECTOR for i, sector in enumerate(header["sectors"])}
        self._placements = [None, *(Placement(area, tuple(near)) for area, near in header["placements"])]
        self._areas_within = {prefix: tuple(areas) for prefix, areas in header["areas_within"].items()}
        self._slots = len(header["sectors"]) * SLOTS_A_SECTOR
        if len(self._map) != start + 3 * 2 * self._slots:
            raise DamagedDirectory(f"{path.name} is cut short. Run: manage.py load_postcodes --force")
        self._numbers = memoryview(self._map)[start:].cast("H")

    def find(self, key: str) -> Placement | None:
        """By key (SO238UJ); None for a postcode that the release does not have."""
        first = self._first_slot.get(key[:-2])
        pair = PAIRS.get(key[-2:])
        if first is None or pair is None:
            return None
        return self._placements[self._numbers[first + pair]]

    def place(self, key: str) -> tuple[int, int] | None:
        """Easting and northing in metres on the national grid, within 20 m; None when unknown."""
        first = self._first_slot.get(key[:-2])
        pair = PAIRS.get(key[-2:])
        if first is None or pair is None:
            return None
        east, north = (self._numbers[layer * self._slots + first + pair] for layer in (1, 2))
        return (east * EAST_STEP, north * NORTH_STEP) if east or north else None

    def keys_in(self, areas: frozenset[str]) -> Iterator[str]:
        """Every postcode of these areas, in the order of the file. A second for a region: not while a person waits."""
        wanted = {number for number, place in enumerate(self._placements) if place and place.area in areas}
        for sector, first in self._first_slot.items():
            if not areas.isdisjoint(self.areas_within(f"{sector[:-1]} {sector[-1]}")):
                numbers = self._numbers[first : first + SLOTS_A_SECTOR].tolist()
                yield from (sector + pair for pair, number in zip(PAIRS, numbers, strict=True) if number in wanted)

    def squares(self, metres: int) -> Counter[tuple[str, int, int]]:
        """How many postcodes of each area lie in each square of so many metres: by area, and how manieth square to the
        east and to the north. Some seconds: not while a person waits."""
        counted = Counter[tuple[int, int, int]]()
        for start in range(0, self._slots, _AT_A_TIME):
            end = min(start + _AT_A_TIME, self._slots)
            layers = (self._numbers[layer * self._slots + start : layer * self._slots + end] for layer in range(3))
            numbers, east, north = (layer.tolist() for layer in layers)
            easts, norths = (_by(east, metres // EAST_STEP), _by(north, metres // NORTH_STEP))
            counted.update(zip(numbers, easts, norths, strict=True))
        found = Counter[tuple[str, int, int]]()
        for (number, x, y), count in counted.items():
            placement = self._placements[number]
            if placement and placement.area and (x or y):
                found[placement.area, x, y] += count
        return found

    def areas_within(self, prefix: str) -> tuple[str, ...]:
        """The areas of all postcodes in a sector (SO23 8), district (SO23) or post town (SO), the most usual first."""
        return self._areas_within.get(prefix, ())


def _by(numbers: list[int], size: int) -> Iterator[int]:
    return (number // size for number in numbers)


def _header_of(content: mmap.mmap, path: Path) -> tuple[Header, int]:
    length = int.from_bytes(content[8:12], "little")
    if content[:8] != MAGIC or len(content) < 12 + length:
        raise DamagedDirectory(f"{path.name} is not a postcode index. Run: manage.py load_postcodes --force")
    header: Header = json.loads(content[12 : 12 + length])
    return header, aligned(12 + length)


def aligned(length: int) -> int:
    return -(-length // ALIGNMENT) * ALIGNMENT
