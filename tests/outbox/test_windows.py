from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from outbox.models import Message
from outbox.sending import deliver_due
from outbox.states import State, Window
from outbox.windows import is_daytime, open_windows
from tests.outbox.conftest import Receiver, put, seen


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "by_day"),
    [
        ("2026-11-23 07:59", False),  # Monday
        ("2026-11-23 08:00", True),
        ("2026-11-23 19:59", True),
        ("2026-11-23 20:00", False),
        ("2026-11-28 12:00", True),  # Saturday
        ("2026-11-29 12:00", False),  # Sunday
        ("2026-12-25 12:00", False),  # Christmas Day, a Friday
        ("2026-12-28 12:00", False),  # the substitute for Boxing Day
        ("2026-12-29 12:00", True),
    ],
)
def test_by_day_is_eight_to_eight_but_not_on_sundays_and_bank_holidays(moment: str, by_day: bool) -> None:
    assert is_daytime(london(moment)) is by_day


@pytest.mark.parametrize(
    ("moment", "by_day"),
    [
        (datetime(2026, 3, 30, 6, 59, tzinfo=UTC), False),  # the Monday after the clocks went forward: 07:59
        (datetime(2026, 3, 30, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 28, 19, 59, tzinfo=UTC), True),  # the Saturday before: 19:59
        (datetime(2026, 10, 24, 19, 0, tzinfo=UTC), False),  # the Saturday before they went back: 20:00
        (datetime(2026, 10, 26, 7, 59, tzinfo=UTC), False),  # the Monday after: 07:59
        (datetime(2026, 10, 26, 8, 0, tzinfo=UTC), True),
    ],
)
def test_the_hours_are_londons_on_both_sides_of_a_change_of_clocks(moment: datetime, by_day: bool) -> None:
    assert is_daytime(moment) is by_day


@given(st.datetimes(datetime(2026, 3, 28, 12), datetime(2026, 3, 29, 23), timezones=st.just(UTC)))
def test_the_night_the_clocks_go_forward_holds_no_daytime(moment: datetime) -> None:
    here = moment.astimezone(LONDON)
    assert is_daytime(moment) is (here.date().day == 28 and here.hour < 20)


@given(st.datetimes(datetime(2026, 10, 24, 12), datetime(2026, 10, 25, 23), timezones=st.just(UTC)))
def test_the_night_the_clocks_go_back_holds_no_daytime(moment: datetime) -> None:
    here = moment.astimezone(LONDON)
    assert is_daytime(moment) is (here.date().day == 24 and here.hour < 20)


def test_what_may_leave_at_any_time_always_may() -> None:
    assert open_windows(london("2026-12-25 03:00")) == [Window.ANY_TIME]


def test_a_message_for_the_day_waits_for_it_and_others_pass(
    kent: Council, receiver: Receiver, move_clock: Callable[[datetime], None]
) -> None:
    night = london("2026-11-23 22:00")
    move_clock(night)
    by_day, urgent = put(kent, "1", window=Window.DAYTIME), put(kent, "2")
    deliver_due()
    assert (seen(kent, by_day).state, seen(kent, urgent).state) == (State.QUEUED, State.SENT)
    move_clock(night + timedelta(hours=10))
    deliver_due()
    assert seen(kent, by_day).state == State.SENT


@pytest.mark.parametrize(
    ("moment", "overdue"), [("2026-11-23 03:00", 0), ("2026-11-23 08:05", 0), ("2026-11-23 12:00", 1)]
)
def test_what_waits_for_the_day_is_overdue_by_day_alone(
    kent: Council, move_clock: Callable[[datetime], None], moment: str, overdue: int
) -> None:
    put(kent, window=Window.DAYTIME, not_before=london("2026-11-22 12:00"), expires_at=london("2026-12-01 12:00"))
    move_clock(london(moment))
    with as_council(kent):
        assert Message.objects.needing_a_look().count() == overdue


def test_a_message_that_was_put_off_into_the_night_waits_again(
    kent: Council, receiver: Receiver, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(london("2026-11-23 19:59:30"))
    receiver.rcpt = "450 4.2.1 Mailbox busy"
    message = put(kent, window=Window.DAYTIME)
    deliver_due()
    receiver.rcpt = "250 OK"
    move_clock(london("2026-11-23 21:00"))
    assert deliver_due() == 0
    assert seen(kent, message).attempts == 1
