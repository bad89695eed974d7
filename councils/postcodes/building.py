"""Turns a source into an index file. The only place that needs numpy and scipy; it takes some ten seconds."""

import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from councils.postcodes import borders
from councils.postcodes.directory import EAST_STEP, MAGIC, NORTH_STEP, PAIRS, SLOTS_A_SECTOR, Header, aligned
from councils.postcodes.grammar import letters_of, sector_of
from councils.postcodes.sources import Rows, Source, UnreadableSource

# Part of every index's name: raise it when the rule or the format changes, and each machine builds anew.
EDITION = 1
CHUNK = 100_000  # points at a time: 24 neighbours of 2.7 million are half a gigabyte

Numbers = npt.NDArray[np.int64]


class TooManyPlacements(Exception):
    """More different placements than 16 bits can number; the format has to grow."""


def file_name(source: Source) -> str:
    return f"postcodes-{source.digest[:16]}-{EDITION}.index"


def build(source: Source, path: Path) -> None:
    """Write the index whole or not at all: a reader never sees half a file under its final name."""
    rows = source.rows()
    _refuse_odd(rows)
    sectors = sorted({key[:-2] for key in rows.keys})
    names = sorted(set(rows.areas))
    number = {name: i for i, name in enumerate(names)}
    areas = np.fromiter((number[area] for area in rows.areas), np.int64, len(rows.areas))
    placements, numbers = _placements(rows, areas, names)
    header = Header(
        release=source.release,
        source=source.digest,
        rows=len(rows.keys),
        sectors=sectors,
        placements=placements,
        areas_within=_areas_within(rows),
    )
    slots = _slots(rows, sectors)
    layers = (numbers, _steps(rows.east, EAST_STEP), _steps(rows.north, NORTH_STEP))
    _write(path, header, [_spread(layer, slots, len(sectors) * SLOTS_A_SECTOR) for layer in layers])


def _refuse_odd(rows: Rows) -> None:
    odd = next((key for key in rows.keys if not 5 <= len(key) <= 7 or key[-2:] not in PAIRS), None)
    if odd is not None:
        raise UnreadableSource(f"“{odd}” is no postcode, so the table is not what it should be.")


def _slots(rows: Rows, sectors: list[str]) -> Numbers:
    first = {sector: i * SLOTS_A_SECTOR for i, sector in enumerate(sectors)}
    return np.fromiter((first[key[:-2]] + PAIRS[key[-2:]] for key in rows.keys), np.int64, len(rows.keys))


def _placements(rows: Rows, areas: Numbers, names: list[str]) -> tuple[list[tuple[str, list[str]]], Numbers]:
    """Every different (area, areas next door), and for each postcode the number of its own, from 1."""
    numbered: dict[tuple[int, tuple[int, ...]], int] = {(i, ()): i + 1 for i in range(len(names))}
    numbers = areas + 1
    for row, near in _bordering(rows, areas, names).items():
        numbers[row] = numbered.setdefault((int(areas[row]), near), len(numbered) + 1)
    if len(numbered) >= 2**16:
        raise TooManyPlacements(len(numbered))
    return [(names[area], [names[other] for other in near]) for area, near in numbered], numbers


def _bordering(rows: Rows, areas: Numbers, names: list[str]) -> dict[int, tuple[int, ...]]:
    """Row -> areas next door, for English postcodes only: no other country's are asked about."""
    placed = np.flatnonzero(~np.isnan(rows.east))
    if not len(placed):
        return {}
    tree = cKDTree(np.column_stack((rows.east[placed], rows.north[placed])))
    english = np.array([name.startswith("E") for name in names])
    members = np.flatnonzero(english[areas[placed]])
    found: dict[int, tuple[int, ...]] = {}
    for chunk in np.array_split(members, max(1, len(members) // CHUNK)):
        indices, near = borders.neighbours_of_members(tree, chunk)
        others = areas[placed[indices]]
        foreign = near & (others != areas[placed[chunk]][:, None])
        for i in np.flatnonzero(foreign.any(axis=1)):
            found[int(placed[chunk[i]])] = tuple(sorted({int(other) for other in others[i][foreign[i]]}))
    return found


def _areas_within(rows: Rows) -> dict[str, list[str]]:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (sector, area), count in Counter(zip(map(sector_of, rows.keys), rows.areas, strict=True)).items():
        if area:
            for prefix in (sector, sector[:-2], letters_of(sector)):
                counted[prefix][area] += count
    return {prefix: [area for area, _ in areas.most_common()] for prefix, areas in counted.items()}


def _steps(metres: npt.NDArray[np.float64], step: int) -> Numbers:
    return np.nan_to_num(np.round(metres / step)).astype(np.int64)


def _spread(values: Numbers, slots: Numbers, length: int) -> npt.NDArray[np.uint16]:
    spread = np.zeros(length, "<u2")
    spread[slots] = values
    return spread


def _write(path: Path, header: Header, layers: list[npt.NDArray[np.uint16]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded = json.dumps(header, separators=(",", ":")).encode()
    start = MAGIC + len(encoded).to_bytes(4, "little") + encoded
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        whole = Path(file.name)
        try:
            file.write(start.ljust(aligned(len(start)), b"\0"))
            for layer in layers:
                file.write(layer.tobytes())
            file.flush()
            os.fsync(file.fileno())
            whole.chmod(0o644)  # built by root, perhaps, and read by another user
            whole.replace(path)
        finally:
            whole.unlink(missing_ok=True)  # there only where it did not get its name
