"""One row of a council's list, or what is wrong with it. Pure: today is an argument."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from enquiries.contact_details import DetailRefused, clean_email, clean_line, clean_lines, clean_name
from enquiries.imports import cells
from enquiries.imports.cells import Cell, CellRefused
from enquiries.imports.headings import Column, Headings
from enquiries.states import OPEN_STATES, WAYS_BY_PHONE, Kind, State, Way

T = TypeVar("T")
EARLIEST = date(2000, 1, 1)
LATEST_YEARS = 10  # a mistyped year would let the case lie unseen
NOTE_LENGTH, LINE_LENGTH, CASE_NUMBER_LENGTH = 5000, 120, 40


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A row that can be brought in."""

    row: int
    name: str
    email: str
    phone: str
    postcode: str
    came_on: date
    state: State
    since: date | None
    kind: Kind
    way: Way
    due_by: date | None
    contacted_on: date | None
    next_on: date | None
    visit_on: date | None
    visit_at: time | None
    applied_on: date | None
    ask_again_on: date | None
    owner: str
    second_adult: str
    fosters_with: str
    case_number: str
    notes: str


class Reading:
    """Reads cell by cell and goes on after a problem, so that a row is put right in one go."""

    def __init__(self, row: int, filled: Sequence[Cell], headings: Headings) -> None:
        self.row, self.filled, self.headings = row, filled, headings
        self.problems: list[str] = []

    def cell(self, column: Column) -> Cell:
        place = self.headings.places.get(column, len(self.filled))
        return self.filled[place] if place < len(self.filled) else None

    def read(self, column: Column, reader: Callable[[Cell], T], otherwise: T) -> T:
        try:
            return reader(self.cell(column))
        except (CellRefused, DetailRefused) as refusal:
            self.problems.append(f"{column} {refusal}.")
            return otherwise

    def text(self, column: Column, clean: Callable[[str], str], longest: int = LINE_LENGTH) -> str:
        cleaned = self.read(column, lambda cell: clean(shown) if (shown := cells.text(cell)) else "", "")
        if len(cleaned) > longest:
            self.problems.append(f"{column} is longer than {longest:,} characters.")
        return cleaned

    def day(self, column: Column) -> date | None:
        return self.read(column, cells.day, None)

    def word(self, column: Column, words: dict[str, T]) -> T | None:
        return self.read(column, lambda cell: cells.word_of(words, cell, example=cells.EXAMPLES[column]), None)


def read_row(row: int, filled: Sequence[Cell], headings: Headings, *, today: date) -> Wanted | list[str]:
    """The problems, each a sentence, where it has any."""
    reading = Reading(row, filled, headings)
    wanted = _wanted(reading)
    _require_person(reading, wanted)
    _require_days(reading, wanted, today)
    _require_near_days(reading, wanted, today)
    _require_state(reading, wanted, today)
    return reading.problems or wanted


def _wanted(reading: Reading) -> Wanted:
    phone = reading.read(Column.PHONE, cells.phone, "")
    email = reading.text(Column.EMAIL, clean_email, 254)
    fosters_with = reading.text(Column.FOSTERS_WITH, clean_line)
    kind = reading.word(Column.KIND, cells.KINDS)
    return Wanted(
        row=reading.row,
        name=_name(reading),
        email=email,
        phone=phone,
        postcode=reading.text(Column.POSTCODE, clean_line, 40),
        came_on=reading.day(Column.CAME_ON) or date.max,
        state=reading.word(Column.STATUS, cells.STATES) or State.NEW,
        since=reading.day(Column.STATUS_SINCE),
        kind=kind or (Kind.TRANSFER if fosters_with else Kind.NEW),
        way=reading.word(Column.WAY, cells.WAYS) or (Way.CALL if phone else Way.EMAIL),
        due_by=reading.day(Column.DUE_BY),
        contacted_on=reading.day(Column.CONTACTED_ON),
        next_on=reading.day(Column.NEXT_ON),
        visit_on=reading.day(Column.VISIT_ON),
        visit_at=cells.clock(reading.cell(Column.VISIT_ON)),
        applied_on=reading.day(Column.APPLIED_ON),
        ask_again_on=reading.day(Column.ASK_AGAIN_ON),
        owner=reading.text(Column.OWNER, clean_line, 254).lower(),
        second_adult=reading.text(Column.SECOND_ADULT, clean_line),
        fosters_with=fosters_with,
        case_number=reading.text(Column.CASE_NUMBER, clean_line, CASE_NUMBER_LENGTH),
        notes=reading.text(Column.NOTES, clean_lines, NOTE_LENGTH),
    )


def _name(reading: Reading) -> str:
    if Column.NAME in reading.headings.places:
        return reading.text(Column.NAME, clean_name)
    parts = (reading.text(column, clean_name) for column in (Column.FIRST_NAME, Column.SURNAME))
    return " ".join(part for part in parts if part)


def _require_person(reading: Reading, wanted: Wanted) -> None:
    problems = reading.problems
    if not wanted.name and not any(problem.startswith((Column.NAME, Column.FIRST_NAME)) for problem in problems):
        problems.append("Name is missing.")
    unread = any(problem.startswith((Column.EMAIL, Column.PHONE)) for problem in problems)
    if not wanted.email and not wanted.phone and not unread:
        problems.append("Email and Phone are both missing: one is needed.")
    elif wanted.way in WAYS_BY_PHONE and not wanted.phone and not unread:
        problems.append(f"How to contact is “{wanted.way.label}”, and there is no phone number.")
    elif wanted.way == Way.EMAIL and not wanted.email and not unread:
        problems.append("How to contact is “Email”, and there is no email address.")


def _require_days(reading: Reading, wanted: Wanted, today: date) -> None:
    if not cells.text(reading.cell(Column.CAME_ON)):
        reading.problems.append(f"{Column.CAME_ON} is missing.")
    if wanted.came_on == date.max:
        return
    if not EARLIEST <= wanted.came_on <= today:
        reading.problems.append(f"{Column.CAME_ON} is {_said(wanted.came_on)}: not a day on which somebody enquired.")
    days = {Column.STATUS_SINCE: wanted.since, Column.CONTACTED_ON: wanted.contacted_on}
    for column, day in (days | {Column.APPLIED_ON: wanted.applied_on}).items():
        if day and day > today:
            reading.problems.append(f"{column} is {_said(day)}, which is still to come.")
        if day and day < wanted.came_on:
            reading.problems.append(f"{column} is {_said(day)}, before the enquiry came.")


def _require_near_days(reading: Reading, wanted: Wanted, today: date) -> None:
    if wanted.due_by and wanted.due_by < wanted.came_on != date.max:
        reading.problems.append(f"{Column.DUE_BY} is {_said(wanted.due_by)}, before the enquiry came.")
    days = {Column.DUE_BY: wanted.due_by, Column.NEXT_ON: wanted.next_on, Column.VISIT_ON: wanted.visit_on}
    for column, day in (days | {Column.ASK_AGAIN_ON: wanted.ask_again_on}).items():
        if day and day.year > today.year + LATEST_YEARS:
            reading.problems.append(f"{column} is {_said(day)}: too far away to be meant. Look at the year.")


def _require_state(reading: Reading, wanted: Wanted, today: date) -> None:
    problems, state = reading.problems, wanted.state
    if not cells.text(reading.cell(Column.STATUS)):
        problems.append(f"{Column.STATUS} is missing.")
    if state not in OPEN_STATES and state != State.NOT_YET:
        problems.append(
            f"{Column.STATUS} “{cells.text(reading.cell(Column.STATUS))}” is a closed enquiry, and only open ones are"
            " brought in. Leave this row out."
        )
    if state == State.NOT_YET and not (wanted.ask_again_on and wanted.ask_again_on > today):
        problems.append(f"{Column.STATUS} is “Not yet”: {Column.ASK_AGAIN_ON} must say a day to come.")
    if state == State.VISIT_BOOKED and wanted.visit_on and wanted.visit_on < today:
        problems.append(f"{Column.VISIT_ON} {_said(wanted.visit_on)} has passed. If it took place, write “Visited”.")


def _said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
