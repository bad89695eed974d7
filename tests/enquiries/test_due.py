"""Time left, in words."""

from datetime import datetime, timedelta

import pytest

from councils.working_time import LONDON
from enquiries.due import NOTHING_DUE, Urgency, due, promise_due, span

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)  # a Tuesday


@pytest.mark.parametrize(
    ("ahead", "words", "urgency"),
    [
        (timedelta(hours=2), "2 hours left, by midday today", Urgency.SOON),
        (timedelta(minutes=1), "1 minute left, by 10:01am today", Urgency.SOON),
        (timedelta(seconds=30), "less than a minute left, by 10am today", Urgency.SOON),
        (timedelta(hours=7), "By 5pm today", Urgency.CALM),
        (timedelta(hours=31), "By 5pm tomorrow", Urgency.CALM),
        (timedelta(days=3), "By 10am on Friday", Urgency.CALM),
        (timedelta(days=9), "By 10am on Thursday 3 December", Urgency.CALM),
        (timedelta(days=200), "By 10am on Saturday 12 June 2027", Urgency.CALM),
        (timedelta(0), "Overdue by less than a minute", Urgency.LATE),
        (-timedelta(minutes=59), "Overdue by 59 minutes", Urgency.LATE),
        (-timedelta(days=2, hours=3), "Overdue by 2 days", Urgency.LATE),
    ],
)
def test_the_time_left_is_said_in_words(ahead: timedelta, words: str, urgency: Urgency) -> None:
    told = due(NOW + ahead, NOW)
    assert (told.words, told.urgency) == (words, urgency)


def test_a_closed_case_has_nothing_due() -> None:
    assert due(None, NOW) == NOTHING_DUE


def test_a_promise_is_kept_kept_late_open_or_missed() -> None:
    hour = timedelta(hours=1)
    assert promise_due(NOW, NOW - hour, NOW + hour).words == "Kept"
    assert promise_due(NOW, NOW + hour, NOW + 2 * hour).words == "Kept 1 hour late"
    assert promise_due(NOW + hour, None, NOW).urgency is Urgency.SOON
    assert promise_due(NOW, None, NOW + hour).words == "Missed: overdue by 1 hour"


def test_no_time_runs_on_the_promise_of_a_closed_case() -> None:
    hour = timedelta(hours=1)
    early = promise_due(NOW, None, NOW + 3 * hour, closed_at=NOW - hour)
    assert (early.words, early.urgency) == ("Closed before it was due", Urgency.DONE)
    late = promise_due(NOW, None, NOW + 3 * hour, closed_at=NOW + hour)
    assert (late.words, late.urgency) == ("Missed", Urgency.DONE)
    assert promise_due(NOW, NOW - hour, NOW + hour, closed_at=NOW).words == "Kept"


def test_tomorrow_is_london_s_and_not_greenwich_s() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=LONDON)
    assert due(late + timedelta(hours=10), late).words == "By 9:30am tomorrow"


def test_a_span_is_said_in_its_largest_unit() -> None:
    assert [span(timedelta(hours=h)) for h in (1, 23, 24, 49)] == ["1 hour", "23 hours", "1 day", "2 days"]
