"""Spreadsheets as councils keep them."""

import csv
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = ["Name", "Email", "Phone", "Postcode", "Date of enquiry", "Status", "First contact made on", "Notes"]
ROW = {
    "Name": "Erin Example",
    "Email": "erin@example.org",
    "Phone": "07700 900123",
    "Postcode": "ME14 1XX",
    "Date of enquiry": "2/11/2026",
    "Status": "In contact",
    "First contact made on": "3/11/2026",
    "Notes": "Has a spare room.",
}


def row(**changed: object) -> dict[str, object]:
    """Keys with an underscore for a space."""
    return ROW | {name.replace("_", " "): value for name, value in changed.items()}


def nth(number: int, **changed: object) -> dict[str, object]:
    """Somebody else each time."""
    own = {"Name": f"Person{number} Example", "Email": f"person{number}@example.org", "Phone": f"07700 9002{number:02}"}
    return row() | own | {name.replace("_", " "): value for name, value in changed.items()}


def lines(rows: list[dict[str, object]]) -> list[list[object]]:
    headings = list(dict.fromkeys([*HEADINGS, *(name for each in rows for name in each)]))
    return [list(headings), *([each.get(name, "") for name in headings] for each in rows)]


def csv_of(folder: Path, *rows: dict[str, object], name: str = "list.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(lines(list(rows)))
    return path


def xlsx_of(folder: Path, *rows: dict[str, object], above: tuple[str, ...] = ()) -> Path:
    path, book = folder / "list.xlsx", Workbook()
    table: list[list[Any]] = [*([title] for title in above), *lines(list(rows))]
    for line in table:
        book.worksheets[0].append(line)
    book.save(path)
    return path
