"""The file with a line for each household's journey: personal data, though without names. Its columns, and its rows.

Which journeys: those that came in the year, and those to which something dated happened in it. Sums over its lines are
the figures of that year, see docs/figures.md.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from councils.models import Council
from dashboards.exports.chosen import span_of_year, year_in_words
from dashboards.exports.columns import hours
from dashboards.figures import year_of
from dashboards.models import Journey
from dashboards.told import Earlier
from enquiries.exports import Cell
from enquiries.exports_files import plain

BOM = "\ufeff"  # without it Excel takes UTF-8 for another alphabet
A_TIME = 2000
APART = "; "
DAYS = (
    *("came_on", "promise_on", "reached_on", "booked_on", "visited_on", "applied_on", "assessed_on", "panel_on"),
    *("approved_on", "ended_on", "slept_on", "wished_on", "introduced_on", "spoke_on"),
)


@dataclass(frozen=True)
class Line:
    """A journey, its councils by their keys, and the version of the rules by which it was told."""

    told: Journey
    councils: Mapping[int, Council]
    rules: str

    @property
    def earlier(self) -> list[Earlier]:
        return sorted(self.told.earlier, key=lambda each: each[2])

    def named(self, council: int) -> str:
        return self.councils[council].name


@dataclass(frozen=True)
class HouseholdColumn:
    column: str
    words: str
    of: Callable[[Line], Cell]


def _day(column: str, words: str, field: str) -> HouseholdColumn:
    return HouseholdColumn(column, words, lambda line: getattr(line.told, field))


def _text(column: str, words: str, field: str) -> HouseholdColumn:
    return HouseholdColumn(column, words, lambda line: str(getattr(line.told, field)))


def _flag(column: str, words: str, field: str) -> HouseholdColumn:
    return HouseholdColumn(column, f"1 or 0: {words}", lambda line: int(getattr(line.told, field)))


def _before(column: str, words: str, each: Callable[[Line], Iterable[str]]) -> HouseholdColumn:
    words = f"{words} The earliest first, with semicolons between them."
    return HouseholdColumn(column, words, lambda line: APART.join(each(line)))


def _hours(half: int | None) -> Cell:
    return None if half is None else hours(half)


def _withdrawn(line: Line) -> Cell:
    return line.told.end_reason if line.told.end_reason.startswith("AW") else ""


COLUMNS: tuple[HouseholdColumn, ...] = (
    HouseholdColumn(
        "reporting_year", "The year from April to March in which it came.", lambda line: _year(line.told.came_on)
    ),
    _text("household", "A random number of the household, the same in each of its journeys.", "household_id"),
    _text("journey", "A random number of the journey.", "journey_id"),
    HouseholdColumn("council", "The council that answers it now.", lambda line: line.named(line.told.council_id)),
    HouseholdColumn(
        "council_code",
        "That council's code at the Office for National Statistics.",
        lambda line: line.councils[line.told.council_id].authority_code,
    ),
    HouseholdColumn("came_to", "The council that it came to first.", lambda line: line.named(line.told.arrived_in_id)),
    HouseholdColumn(
        "promised_by",
        "The council that had it when the promise was settled.",
        lambda line: line.named(line.told.promised_by_id),
    ),
    HouseholdColumn("rule_version", "The version of the rules by which it counts.", lambda line: line.rules),
    _flag("initial_enquiry", "counts as an initial enquiry by these rules.", "counts"),
    _flag("other_enquiry", "counts as an enquiry of another kind.", "apart"),
    _flag("first_of_year", "the household's first initial enquiry of its year.", "first_of_year"),
    _flag("came_again", "the household had enquired before.", "again"),
    _text("type", "new, transfer, returning, supported_lodgings or short_breaks.", "kind"),
    _text("channel", "How it came: web, phone, email, gathering or other.", "channel"),
    _text("source_first", "What they came by first, as on “Where people come from”.", "source_first"),
    _text("source_last", "What they came by last.", "source_last"),
    _text("code_first", "The code of a campaign that they came by first, if any.", "code_first"),
    _text("code_last", "The code that they came by last, if any.", "code_last"),
    _text("stage", "How far it got, whatever became of it then.", "stage"),
    _text("state", "How it stands now.", "state"),
    _text("promise", "running, kept, late, missed or void (ended before it was due).", "promise"),
    HouseholdColumn("hours_to_first_try", "Working hours to the first try.", lambda line: _hours(line.told.try_hours)),
    HouseholdColumn(
        "hours_until_spoken_with", "Working hours until spoken with.", lambda line: _hours(line.told.reach_hours)
    ),
    _day("enquired_on", "The day on which it came.", "came_on"),
    _day("promised_for", "The day on which the promise was due.", "promise_on"),
    _day("spoken_with_on", "The first day on which somebody spoke with them.", "reached_on"),
    _day("visit_booked_on", "The day on which a visit was booked.", "booked_on"),
    _day("visited_on", "The day of the first visit.", "visited_on"),
    _day("applied_on", "The day of the application.", "applied_on"),
    _day("assessed_from", "The day on which the assessment began.", "assessed_on"),
    _day("panel_on", "The day on which it went to panel.", "panel_on"),
    _day("approved_on", "The day of the approval.", "approved_on"),
    _day("ended_on", "The day on which it ended otherwise.", "ended_on"),
    _text("end_reason", "Why it ended, as a word of the hub's list or of Ofsted's.", "end_reason"),
    HouseholdColumn("ofsted_reason", "AW0 to AW5 where an application was withdrawn.", _withdrawn),
    _day("not_yet_on", "The day on which they said: not yet.", "slept_on"),
    HouseholdColumn(
        "handovers",
        "How often another council took it.",
        lambda line: sum(way == "in" for _, way, _ in line.told.moves),
    ),
    _day("wished_on", "The day on which they asked to talk to a foster carer.", "wished_on"),
    _day("introduced_on", "The day of the first introduction.", "introduced_on"),
    _day("talked_on", "The day on which the first conversation was told of.", "spoke_on"),
    HouseholdColumn(
        "earlier_promises",
        "How many promises before the newest were kept, kept late or missed: whoever comes back is promised anew.",
        lambda line: len(line.earlier),
    ),
    _before(
        "earlier_promise",
        "What became of each of these: kept, late or missed.",
        lambda line: [became for _, became, _ in line.earlier],
    ),
    _before("earlier_promised_for", "The day on which each was due.", lambda line: [day for _, _, day in line.earlier]),
    _before(
        "earlier_promised_by",
        "The council that had it when it was settled.",
        lambda line: [line.named(council) for council, _, _ in line.earlier],
    ),
)


def journeys_of(councils: list[int], year: int) -> QuerySet[Journey]:
    """Not what was held back as spam or never confirmed. What was joined with another enquiry is told of with that."""
    span = span_of_year(year)
    within = (span.first, date(year + 1, 3, 31))
    dated = Q()
    for field in DAYS:
        dated |= Q(**{f"{field}__range": within})
    rows = Journey.objects.filter(dated | _promised_before(*within), council__in=councils, real=True)
    return rows.order_by("council", "came_on", "journey_id")


def _promised_before(first: date, last: date) -> Q:
    """In whose place another was made later."""
    days = Value(f'$[*][2] ? (@ >= "{first.isoformat()}" && @ <= "{last.isoformat()}")')
    within = "jsonb_path_exists(%(expressions)s::jsonpath)"
    return Q(Func(F("earlier"), days, template=within, output_field=BooleanField()))


def lines(journeys: QuerySet[Journey], councils: Mapping[int, Council], rules: str) -> Iterator[list[Cell]]:
    for told in journeys.iterator(A_TIME):
        line = Line(told, councils, rules)
        yield [column.of(line) for column in COLUMNS]


def csv_of(rows: Iterator[list[Cell]]) -> bytes:
    """A year of a large hub is some hundred thousand lines: written as they are read."""
    written = io.BytesIO()
    text = io.TextIOWrapper(written, "utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow([column.column for column in COLUMNS])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return written.getvalue()


def _year(day: date) -> str:
    return year_in_words(year_of(day))
