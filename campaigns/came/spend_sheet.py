"""A list of what was spent: CSV or Excel, one row each time. Every problem of every row is told at once. Pure.

Two rows that say the same are two; they are told apart by their number among their like, so the same file brought
again adds nothing, in whatever order its rows stand.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from campaigns.actions.spending import MOST_PENCE, Spent
from campaigns.days_meant import TOO_FAR, is_meant
from enquiries.came_states import Source
from enquiries.imports import cells
from enquiries.imports.sheets import BadFile, Line, lines_in

WHAT_LENGTH = 200


class Column(StrEnum):
    CAMPAIGN = "Campaign"
    AMOUNT = "Amount"
    FROM = "From"
    TO = "To"
    SOURCE = "Source"
    WHAT = "What"


NEEDED = (Column.CAMPAIGN, Column.AMOUNT, Column.FROM, Column.SOURCE)
_OTHER_WORDS = {"cost": Column.AMOUNT, "spend": Column.AMOUNT, "date": Column.FROM, "start": Column.FROM}
_OTHER_WORDS |= {"first day": Column.FROM, "end": Column.TO, "last day": Column.TO, "channel": Column.SOURCE}
_OTHER_WORDS |= {"description": Column.WHAT, "amount £": Column.AMOUNT, "amount (£)": Column.AMOUNT}
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")  # no other comma: “12,50” is not £1,250


@dataclass(frozen=True)
class Row:
    number: int
    campaign: str
    spent: Spent


@dataclass(frozen=True)
class Problem:
    row: int
    why: str


class Reading:
    """One row, cell by cell; a problem stops nothing."""

    def __init__(self, line: Line, places: Mapping[Column, int]) -> None:
        self.number, self.filled = line
        self.places, self.problems = places, list[str]()

    def cell(self, column: Column) -> cells.Cell:
        place = self.places.get(column, len(self.filled))
        return self.filled[place] if place < len(self.filled) else None

    def day(self, column: Column) -> date | None:
        try:
            return cells.day(self.cell(column))
        except cells.CellRefused as refusal:
            self.problems.append(f"{column} {refusal}.")
            return None

    def need(self, column: Column, found: object) -> None:
        if found is None and not cells.text(self.cell(column)):
            self.problems.append(f"{column} is missing.")


def read(content: bytes, *, today: date) -> tuple[list[Row], list[Problem]]:
    """Raises BadFile where the file as a whole cannot be read."""
    lines, _ = lines_in(content)
    places = _places([cells.text(cell) for cell in lines[0][1]])
    rows, problems = list[Row](), list[Problem]()
    for line in lines[1:]:
        reading = Reading(line, places)
        row = _row(reading, today)
        problems += [Problem(reading.number, why) for why in reading.problems]
        rows += [row] if row else []
    if not rows and not problems:
        raise BadFile("There is no row below the headings.")
    return rows, problems


def _places(headings: Sequence[str]) -> dict[Column, int]:
    known = {column.casefold(): column for column in Column} | _OTHER_WORDS
    places = {known[word.casefold()]: place for place, word in enumerate(headings) if word.casefold() in known}
    if missing := [column for column in NEEDED if column not in places]:
        raise BadFile(f"The first row must be the headings. Not found: {', '.join(missing)}.")
    return places


def _row(reading: Reading, today: date) -> Row | None:
    pence = _pence(reading)
    source = _source(reading)
    first = reading.day(Column.FROM)
    last = reading.day(Column.TO) or first
    campaign = cells.text(reading.cell(Column.CAMPAIGN))
    reading.need(Column.CAMPAIGN, campaign or None)
    reading.need(Column.FROM, first)
    _require_days(reading, first, last, today)
    what = cells.text(reading.cell(Column.WHAT))
    if len(what) > WHAT_LENGTH:
        reading.problems.append(f"{Column.WHAT} is longer than {WHAT_LENGTH} characters.")
    if reading.problems or pence is None or source is None or first is None or last is None:
        return None
    spent = Spent(pence=pence, first_day=first, last_day=last, source=source, what=what)
    return Row(reading.number, campaign, spent)


def _require_days(reading: Reading, first: date | None, last: date | None, today: date) -> None:
    if first and last and last < first:
        reading.problems.append(f"{Column.TO} is before {Column.FROM}.")
    if any(day and not is_meant(day, today) for day in (first, last)):
        reading.problems.append(TOO_FAR)


def _pence(reading: Reading) -> int | None:
    """£1,234.50, 1234.5 or 1 234.50."""
    shown = cells.text(reading.cell(Column.AMOUNT))
    try:
        pounds = Decimal(bare_amount(shown))
    except InvalidOperation:
        reading.problems.append(f"{Column.AMOUNT} is missing." if not shown else _no_amount(shown))
        return None
    if not pounds.is_finite() or not 0 < pounds * 100 <= MOST_PENCE:
        reading.problems.append(_no_amount(shown))
        return None
    return int((pounds * 100).to_integral_value())


def bare_amount(shown: str) -> str:
    return _THOUSANDS.sub("", re.sub(r"[£\s]", "", shown))


def _no_amount(shown: str) -> str:
    return f"{Column.AMOUNT} “{shown[:20]}” is no amount that we can read. Write pounds like 1234.50."


def _source(reading: Reading) -> Source | None:
    shown = cells.text(reading.cell(Column.SOURCE)).casefold()
    found = next((source for source in Source if shown in (source.value, source.label.casefold())), None)
    if not shown:
        reading.problems.append(f"{Column.SOURCE} is missing.")
    elif found is None:
        words = "; ".join(source.label for source in Source)
        reading.problems.append(f"{Column.SOURCE} “{shown[:40]}” is not one of our words. Write one of these: {words}.")
    return found


def row_key(spent: Spent, number: int) -> str:
    """`number`: among the rows of this campaign that say the same."""
    said = (spent.pence, spent.first_day, spent.last_day, spent.source, spent.what, number)
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()
