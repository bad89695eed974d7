from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.backoff import GIVE_UP_AFTER, SHORTEST, after_hold, next_try
from outbox.timings import HOLD

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
attempts = st.integers(1, 500)
luck = st.floats(0, 1)
waits = st.timedeltas(timedelta(0), timedelta(hours=100))


@given(attempts, luck, waits, waits)
def test_the_next_try_lies_ahead_within_four_hours_and_before_the_end(
    attempt: int, chance: float, age: timedelta, left: timedelta
) -> None:
    moment = next_try(attempt, now=NOW, since=NOW - age, until=NOW + left, luck=chance)
    if moment is not None:
        assert NOW + SHORTEST <= moment <= NOW + timedelta(hours=4)
        assert moment < min(NOW - age + GIVE_UP_AFTER, NOW + left)


@given(attempts, luck, luck)
def test_a_later_attempt_never_waits_less_at_the_same_luck(attempt: int, chance: float, other: float) -> None:
    def wait(number: int) -> datetime | None:
        return next_try(number, now=NOW, since=NOW, until=NOW + timedelta(days=30), luck=chance)

    first, second = wait(attempt), wait(attempt + 1)
    assert first is not None and second is not None and first <= second


@pytest.mark.parametrize(
    ("attempt", "longest"), [(1, 1), (2, 5), (3, 15), (4, 30), (5, 60), (6, 120), (7, 240), (99, 240)]
)
def test_the_longest_wait_grows_to_four_hours(attempt: int, longest: int) -> None:
    moment = next_try(attempt, now=NOW, since=NOW, until=NOW + timedelta(days=30), luck=1)
    assert moment == NOW + timedelta(minutes=longest)


@given(luck)
def test_full_jitter_spreads_over_the_whole_wait(chance: float) -> None:
    moment = next_try(7, now=NOW, since=NOW, until=NOW + timedelta(days=30), luck=chance)
    assert moment == NOW + max(timedelta(hours=4) * chance, SHORTEST)


@given(attempts, luck)
def test_after_three_days_it_is_given_up(attempt: int, chance: float) -> None:
    assert next_try(attempt, now=NOW, since=NOW - GIVE_UP_AFTER, until=NOW + timedelta(days=9), luck=chance) is None


@given(luck)
def test_a_hold_lasts_five_to_ten_minutes(chance: float) -> None:
    assert NOW + HOLD <= after_hold(now=NOW, luck=chance) <= NOW + 2 * HOLD
