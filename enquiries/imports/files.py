"""Files that go back to the council: the rows that could not be read, and an empty list to fill in."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from enquiries.imports import cells
from enquiries.imports.headings import Column
from enquiries.imports.sheets import Sheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TEMPLATE = [column for column in Column if column not in (Column.FIRST_NAME, Column.SURNAME)]
_EXAMPLE = {
    Column.NAME: "Erin Example",
    Column.EMAIL: "erin.example@example.org",
    Column.PHONE: "07700 900123",
    Column.POSTCODE: "ME14 1XX",
    Column.CAME_ON: "23/11/2026",
    Column.STATUS: "In contact",
    Column.KIND: "New",
    Column.WAY: "Call",
    Column.CONTACTED_ON: "24/11/2026",
    Column.NEXT_ON: "1/12/2026",
    Column.NOTES: "This row is an example: take it out.",
}


def harmless(text: str) -> str:
    """A spreadsheet program works out what begins like a formula; an apostrophe makes it text (and is read as none)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_refused(path: Path, sheet: Sheet, refused: Iterable[tuple[int, str]]) -> int:
    """The rows as they were, with their number and what is wrong. Readable by this account only."""
    reasons: dict[int, list[str]] = {}
    for row, why in refused:
        reasons.setdefault(row, []).append(why)
    places = sheet.headings.places
    lines = [
        [str(row), " ".join(reasons[row]), *(harmless(_shown(filled, place)) for place in places.values())]
        for row, filled in sheet.rows
        if row in reasons
    ]
    _write(path, [["Row", "Why it was not brought in", *(column.value for column in places)], *lines])
    return len(lines)


def _shown(filled: Sequence[cells.Cell], place: int) -> str:
    return cells.text(filled[place]) if place < len(filled) else ""


def _write(path: Path, lines: list[list[str]]) -> None:
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)


def write_template(path: Path) -> None:
    lines = [[column.value for column in _TEMPLATE], [_EXAMPLE.get(column, "") for column in _TEMPLATE]]
    if path.suffix.lower() != ".xlsx":
        _write(path, lines)
        return
    book = Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append(line)
    for place in range(1, len(_TEMPLATE) + 1):
        sheet.cell(row=1, column=place).style = "Headline 4"
    sheet.freeze_panes = "A2"
    book.save(path)
