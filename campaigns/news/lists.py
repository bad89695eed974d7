"""A list of people who agreed to news elsewhere: its rows, read cell by cell. Pure; writes nothing."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from enquiries.contact_details import DetailRefused, clean_email, clean_name
from enquiries.imports.cells import CellRefused, day, text
from enquiries.imports.sheets import BadFile, Cell, Line, lines_in

_HEADINGS_WITHIN = 15  # councils put a title above


class Column(StrEnum):
    EMAIL = "Email"
    FIRST_NAME = "First name"
    AGREED_ON = "Agreed on"


_NAMES: Mapping[Column, frozenset[str]] = {
    Column.EMAIL: frozenset({"email", "email address", "e mail", "e mail address", "mail"}),
    Column.FIRST_NAME: frozenset({"first name", "forename", "given name", "firstname", "name"}),
    Column.AGREED_ON: frozenset(
        {"agreed on", "agreed", "date agreed", "consent date", "date of consent", "opt in date"}
    ),
}
_NEEDED = (Column.EMAIL, Column.AGREED_ON)


@dataclass(frozen=True)
class Wanted:
    """`row`: the number that the spreadsheet program shows."""

    row: int
    email: str
    first_name: str
    agreed_on: date


@dataclass(frozen=True)
class Brought:
    """`bad`: rows that cannot be read, each with why."""

    filename: str
    digest: str
    wanted: tuple[Wanted, ...]
    bad: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...] = ()

    def packed(self) -> dict[str, Any]:
        """To travel through a page, and back."""
        rows = [[each.row, each.email, each.first_name, each.agreed_on.isoformat()] for each in self.wanted]
        return {**asdict(self), "wanted": rows}


def unpacked(packed: Mapping[str, Any]) -> Brought:
    """What we packed and signed ourselves."""
    wanted = tuple(
        Wanted(row, email, name, date.fromisoformat(agreed)) for row, email, name, agreed in packed["wanted"]
    )
    bad = tuple((row, why) for row, why in packed["bad"])
    return Brought(packed["filename"], packed["digest"], wanted, bad, tuple(packed["remarks"]))


def read(content: bytes, *, filename: str, today: date) -> Brought:
    """Raises BadFile."""
    lines, remarks = lines_in(content)
    places, rows = _split(lines)
    wanted: list[Wanted] = []
    bad: list[tuple[int, str]] = []
    for number, cells in rows:
        try:
            wanted.append(_row(number, {name: _cell(cells, place) for name, place in places.items()}, today))
        except (CellRefused, DetailRefused) as problem:
            bad.append((number, str(problem)))
    return Brought(filename[:120], hashlib.sha256(content).hexdigest(), tuple(wanted), tuple(bad), remarks)


def _split(lines: Sequence[Line]) -> tuple[dict[Column, int], Iterable[Line]]:
    for place, (_, cells) in enumerate(lines[:_HEADINGS_WITHIN]):
        found = _headings(cells)
        if all(column in found for column in _NEEDED):
            if not lines[place + 1 :]:
                raise BadFile("There is no row below the headings.")
            return found, lines[place + 1 :]
    raise BadFile("There is no row of headings that we know. The file needs “Email” and “Agreed on”.")


def _headings(cells: Sequence[Cell]) -> dict[Column, int]:
    called = [re.sub(r"[^a-z]+", " ", str(cell or "").casefold()).strip() for cell in cells]
    return {
        column: place
        for column, names in _NAMES.items()
        for place in [next((place for place, name in enumerate(called) if name in names), -1)]
        if place >= 0
    }


def _cell(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _row(number: int, cells: Mapping[Column, Cell], today: date) -> Wanted:
    email = text(cells[Column.EMAIL])
    if not email:
        raise CellRefused("There is no email address.")
    try:
        agreed_on = day(cells[Column.AGREED_ON])
    except CellRefused as problem:
        raise CellRefused(f"“Agreed on”: {problem}.") from None
    if agreed_on is None:
        raise CellRefused("There is no date on which they agreed. Without one nobody can be written to.")
    if agreed_on > today:
        raise CellRefused("The date on which they agreed has not come yet.")
    return Wanted(number, _email(email), _first_name(text(cells.get(Column.FIRST_NAME))), agreed_on)


def _email(typed: str) -> str:
    try:
        return clean_email(typed)
    except DetailRefused as refusal:
        raise CellRefused(f"The email address {refusal}.") from None


def _first_name(typed: str) -> str:
    """Left out where it is none: the greeting does without."""
    try:
        return clean_name(typed)[:60] if typed else ""
    except DetailRefused:
        return ""
