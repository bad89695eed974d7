"""One row of a list of outcomes, or what is wrong with it. Pure: today is an argument."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from dashboards.outcomes.words import ENDS, EXAMPLES, MOVES, Told, names_a_code, reason_of, says_nothing, told_of
from enquiries.contact_details import clean_line
from enquiries.imports import cells
from enquiries.imports.sheets import Line
from enquiries.states import APPLICATION_REASONS, ENQUIRY_REASONS, CloseReason

EARLIEST = date(2000, 1, 1)
NUMBER_LENGTH = 40


class Column(StrEnum):
    REFERENCE = "Reference"
    CASE_NUMBER = "Case number"
    OUTCOME = "Outcome"
    DATE = "Date"
    REASON = "Reason"


DAYS: Mapping[str, Told] = {told.value: told for told in Told if told not in ENDS}  # columns, each of days
Place = Column | Told


@dataclass(frozen=True)
class Row:
    """`days`: what is told of it, in the order of the way."""

    number: int
    reference: str
    case_number: str
    days: Mapping[Told, date]
    reason: CloseReason | None = None

    @property
    def named(self) -> str:
        return self.reference or self.case_number

    @property
    def first_day(self) -> date:
        return min(self.days.values())

    def packed(self) -> list[Any]:
        days = {told.name: day.isoformat() for told, day in self.days.items()}
        return [self.number, self.reference, self.case_number, days, self.reason or ""]

    @classmethod
    def unpacked(cls, packed: Sequence[Any]) -> Self:
        number, reference, case_number, days, reason = packed
        told = {Told[name]: date.fromisoformat(day) for name, day in days.items()}
        return cls(number, reference, case_number, told, CloseReason(reason) if reason else None)


@dataclass
class Reading:
    """Cell by cell; a problem stops nothing, so that a row is put right in one go."""

    line: Line
    places: Mapping[Place, int]
    problems: list[str] = field(default_factory=list)

    def cell(self, column: Place) -> cells.Cell:
        place, filled = self.places.get(column), self.line[1]
        return filled[place] if place is not None and place < len(filled) else None

    def text(self, column: Place) -> str:
        return clean_line(cells.text(self.cell(column)))

    def day(self, column: Place, today: date) -> date | None:
        try:
            day = None if says_nothing(self.text(column)) else cells.day(self.cell(column))
        except cells.CellRefused as refusal:
            self.problems.append(f"{column.value} {refusal}.")
            return None
        if day and day > today:
            self.problems.append(f"{column.value} is {said(day)}, which is still to come.")
        elif day and day < EARLIEST:
            self.problems.append(f"{column.value} is {said(day)}: too long ago to be meant. Look at the year.")
        return day


def read_row(line: Line, places: Mapping[Place, int], *, today: date) -> Row | list[str]:
    """The problems, each a sentence, where it has any."""
    reading = Reading(line, places)
    reference, case_number = reading.text(Column.REFERENCE), reading.text(Column.CASE_NUMBER)
    if not reference and not case_number:
        reading.problems.append("Reference and Case number are both empty: one is needed.")
    if len(case_number) > NUMBER_LENGTH or len(reference) > NUMBER_LENGTH:
        reading.problems.append(f"Reference or Case number is longer than {NUMBER_LENGTH} characters.")
    days = _days(reading, today)
    reason = _reason(reading, days)
    reading.problems += _out_of_order(days)
    return reading.problems or Row(line[0], reference, case_number, days, reason)


def _days(reading: Reading, today: date) -> dict[Told, date]:
    found = {told: day for told in DAYS.values() if (day := reading.day(told, today))}
    shown, day = reading.text(Column.OUTCOME), reading.day(Column.DATE, today)
    told = told_of(shown)
    if says_nothing(shown):
        if day:
            reading.problems.append("Date has no Outcome beside it.")
    elif told is None:
        reading.problems.append(f"Outcome “{shown[:40]}” is not one of our words. Write one of these: {EXAMPLES}.")
    elif day is None:
        if says_nothing(reading.text(Column.DATE)) and told not in found:
            reading.problems.append("Date is missing: say on which day the outcome was.")
    elif found.setdefault(told, day) != day:
        reading.problems.append(f"{told.value} stands in this row with two days.")
    if not found and not reading.problems:
        reading.problems.append("This row tells nothing: Outcome and all days are empty.")
    return {told: found[told] for told in Told if told in found}


def _reason(reading: Reading, days: Mapping[Told, date]) -> CloseReason | None:
    shown = reading.text(Column.REASON)
    if says_nothing(shown):
        shown = reading.text(Column.OUTCOME) if names_a_code(reading.text(Column.OUTCOME)) else ""
    if not {Told.WITHDRAWN, Told.DECLINED} & {*days}:
        return None  # a case system often keeps words there for others, too
    words = APPLICATION_REASONS if Told.WITHDRAWN in days else tuple(str(each.label) for each in ENQUIRY_REASONS)
    example = f"Write one of these: {'; '.join(words)}."
    if not shown:
        reading.problems.append(f"Reason is missing: say why the application ended. {example}")
        return None
    reason = reason_of(shown)
    if reason is None:
        reading.problems.append(f"Reason “{shown[:40]}” is not one of ours. {example}")
    return reason


def _out_of_order(days: Mapping[Told, date]) -> Iterator[str]:
    way = [(told, day) for told, day in days.items() if told in MOVES]
    for (told, day), (later, then) in pairwise(way):
        if then < day:
            yield f"{later.value} is {said(then)}, before {told.value} ({said(day)})."
    if len([told for told in days if told in ENDS]) > 1:
        yield "This row says how it ended in two ways."


def said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
