"""A council's list of outcomes: CSV or Excel, or rows pasted. Every problem of every row is told at once. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.outcomes.rows import DAYS, Column, Place, Row, read_row
from dashboards.outcomes.words import Told, plain
from enquiries.imports import cells
from enquiries.imports.sheets import BadFile, lines_in

MOST_ROWS = 5000
HEADINGS_WITHIN = 15  # rows: case systems put a title above
_OTHERS: Mapping[Place, str] = {
    Column.REFERENCE: "our reference, hub reference, enquiry, enquiry reference, ref, lafse reference",
    Column.CASE_NUMBER: "case no, case id, person id, mosaic id, mosaic number, liquidlogic id, lcs id, charms id,"
    " charms number, service user id, id",
    Column.OUTCOME: "status, stage, current status, current stage, result",
    Column.DATE: "outcome date, date of outcome, status date, date of status, on",
    Column.REASON: "withdrawal reason, reason for withdrawal, aw code, closure reason, outcome reason",
    Told.APPLIED: "application date, date of application, applied on, application received on",
    Told.STAGE_1_FROM: "stage 1 start, stage 1 start date, stage 1 from, assessment start date",
    Told.STAGE_1_TO: "stage 1 end, stage 1 end date, stage 1 to, stage 1 completed",
    Told.STAGE_2_FROM: "stage 2 start, stage 2 start date, stage 2 from",
    Told.STAGE_2_TO: "stage 2 end, stage 2 end date, stage 2 to, stage 2 completed",
    Told.PANEL: "panel date, date of panel",
    Told.DECISION: "sent to decision maker, sent to adm",
}
TEMPLATE: tuple[Place, ...] = (
    Column.REFERENCE,
    Column.CASE_NUMBER,
    Column.OUTCOME,
    Column.DATE,
    Column.REASON,
    *DAYS.values(),
)
EXAMPLE: Mapping[Place, str] = {
    Column.CASE_NUMBER: "M1234567",
    Column.OUTCOME: "Withdrawn",
    Column.DATE: "14/10/2026",
    Column.REASON: "AW3",
    Told.APPLIED: "3/6/2026",
    Told.STAGE_1_FROM: "10/6/2026",
}


HEADINGS: Mapping[str, Place] = {
    plain(word): place
    for place in (*Column, *DAYS.values())
    for word in (place.value, *_OTHERS.get(place, "").split(","))
}


@dataclass(frozen=True)
class Problem:
    row: int
    why: str


@dataclass(frozen=True)
class Sheet:
    """`unused`: headings that mean nothing to us. Their columns are not read."""

    rows: Sequence[Row]
    problems: Sequence[Problem]
    unused: Sequence[str] = ()
    remarks: Sequence[str] = ()

    @property
    def bad(self) -> int:
        return len({problem.row for problem in self.problems})


def read(content: bytes, *, today: date, most: int = MOST_ROWS) -> Sheet:
    """Raises BadFile where the file as a whole cannot be read."""
    lines, remarks = lines_in(content)
    begin, places, unused = _headings(lines)
    told = lines[begin + 1 :]
    if not told:
        raise BadFile("There is no row below the headings.")
    if len(told) > most:
        raise BadFile(f"These are {len(told):,} rows, and {most:,} is the most at once. Split them.")
    rows, problems = list[Row](), list[Problem]()
    for line in told:
        row = read_row(line, places, today=today)
        if isinstance(row, Row):
            rows.append(row)
        else:
            problems += [Problem(line[0], why) for why in row]
    return Sheet(rows, problems, unused, remarks)


def _headings(lines: Sequence[tuple[int, Sequence[cells.Cell]]]) -> tuple[int, Mapping[Place, int], list[str]]:
    """In which line they stand. Raises BadFile where none has any."""
    for begin, (_, filled) in enumerate(lines[:HEADINGS_WITHIN]):
        shown = [cells.text(cell) for cell in filled]
        places, twice = _places(shown)
        if len(places) < 2:
            continue
        if twice:
            raise BadFile(f"Two columns are “{twice}”. Keep one.")
        _require_enough(places)
        return begin, places, [word[:40] for word in shown if word and plain(word) not in HEADINGS]
    raise BadFile("The first row must be the headings, for example: Reference, Outcome, Date, Reason.")


def _places(shown: Sequence[str]) -> tuple[dict[Place, int], str]:
    places, twice = dict[Place, int](), ""
    for at, word in enumerate(shown):
        column = HEADINGS.get(plain(word))
        if column and places.setdefault(column, at) != at:
            twice = column.value
    return places, twice


def _require_enough(places: Mapping[Place, int]) -> None:
    if not {Column.REFERENCE, Column.CASE_NUMBER} & {*places}:
        raise BadFile("There is no column “Reference” and none “Case number”: one of them is needed.")
    if Column.OUTCOME in places and Column.DATE not in places and not {*DAYS.values()} & {*places}:
        raise BadFile("There is no column “Date”: say on which day each outcome was.")
    if Column.OUTCOME not in places and not {*DAYS.values()} & {*places}:
        raise BadFile("There is no column “Outcome”, and none with the day of a stage.")
