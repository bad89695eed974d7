"""What may be asked of the numbers: along what, which part of them, and from which month to which."""

import re
from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices

from councils.refusals import Refused
from dashboards.figures import Split, year_of
from dashboards.span import Span


class By(TextChoices):
    """Topics of a wish are none of them: they are only ever released, see dashboards.models.Release."""

    COUNCIL = "council", "Council"
    MONTH = "month", "Month"
    YEAR = "year", "Year from April to March"
    KIND = "kind", "Type of enquiry"
    CHANNEL = "channel", "How it came"
    SOURCE = "source", "What they came by first"
    LAST_SOURCE = "last_source", "What they came by last"
    CODE = "code", "Code they came by first"
    LAST_CODE = "last_code", "Code they came by last"
    STAGE = "stage", "Stage"
    REASON = "reason", "Reason for ending"
    LANE = "lane", "Kind of message"
    CAMPAIGN = "campaign", "Campaign"

    @property
    def broken_down(self) -> Split | None:
        return None if self in (By.COUNCIL, By.MONTH, By.YEAR) else Split(self.value)


# Whatever is counted has one of these, and only one.
ONE_VALUE_EACH = frozenset({Split.KIND, Split.CHANNEL, Split.SOURCE, Split.LAST_SOURCE, Split.REASON})


class Part(TextChoices):
    ALL = "all", "Everything"
    CAME = "came", "Enquiries"
    PROMISE = "promise", "The promise"
    WAY = "way", "How far they got"
    ENDS = "ends", "Ends and handovers"
    AMBASSADORS = "ambassadors", "Ambassadors"
    OTHER = "other", "Messages, money and events"


_PARTS: Mapping[Part, tuple[str, ...]] = {
    Part.CAME: ("received", "enquiries", "apart", "households", "again"),
    Part.PROMISE: ("promise_kept", "promise_running", "promise_late", "promise_missed", "first_try", "reached"),
    Part.WAY: (
        *("visits", "applications", "applications_open", "approvals"),
        *("cohort", "cohort_open", "cohort_source", "stage_days"),
    ),
    Part.ENDS: ("ended_before", "ended_after", "not_yet", "opened_again", "passed_on", "taken_over"),
    Part.AMBASSADORS: ("wishes", "introduced", "conversations"),
}


def part_of(code: str) -> Part:
    return next((part for part, codes in _PARTS.items() if code in codes), Part.OTHER)


_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def month_of(typed: str) -> date:
    """Its first day. Raises Refused."""
    if found := _MONTH.fullmatch(typed.strip()):
        return date(int(found[1]), int(found[2]), 1)
    raise Refused(f"“{typed}” is no month. Write it like 2026-04.")


def span_of(first: date, last: date) -> Span:
    """Of whole months, by their first days. Raises Refused."""
    if last < first:
        raise Refused("The last month is before the first.")
    return Span(first, last)


def span_of_year(year: int) -> Span:
    """From April to March: the calendar year in which it began."""
    return Span(date(year, 4, 1), date(year + 1, 3, 1))


def year_in_words(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"


def this_year_until(today: date) -> Span:
    return Span(date(year_of(today), 4, 1), today.replace(day=1))
