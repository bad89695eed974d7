"""What an enquirer is told about how long it takes: from what happened, or from the settings, and nothing made up."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.expecting import ENOUGH, in_words, usual_days
from ambassadors.introduction_states import State
from ambassadors.models import Scheme
from ambassadors.tasks import look_after_introductions
from ambassadors.waits import expected_wait, waits
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Wish
from tests import factories
from tests.ambassadors.introducing import mails, waiting

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_eight_of_ten_were_in_touch_within_so_many_days() -> None:
    assert usual_days([1, 2, 3, 4, 5, 6, 7, 8, 9, 90]) == 8


def test_too_few_say_nothing() -> None:
    assert usual_days([1] * (ENOUGH - 1)) is None
    assert "8 out of 10" not in in_words(None, 3)
    assert "3 working days" in in_words(None, 3)
    assert "1 working day to" in in_words(None, 1)


def test_the_same_day_is_a_day() -> None:
    assert usual_days([0] * ENOUGH) == 1
    assert "within 1 day of" in in_words(1, 3)


@given(st.lists(st.integers(0, 400), min_size=ENOUGH))
def test_what_is_said_was_true_of_eight_in_ten(days: list[int]) -> None:
    usual = usual_days(days)
    assert usual is not None
    assert sum(each <= usual for each in days) >= 0.8 * len(days)
    assert usual <= max(*days, 1)


@pytest.mark.django_db
def test_the_figures_are_the_councils_own_of_the_last_three_months(
    kent: Council, hampshire: Council, move_clock: Callable[[datetime], None]
) -> None:
    now = hub_now()
    for council, days in ((kent, 4), (hampshire, 9)):
        case, anna = waiting(council), factories.ambassador(council)
        factories.introduction(case, anna, State.SPOKE, agreed_at=now - timedelta(days=100 if days == 9 else 1))
        with as_council(council):
            Wish.objects.update(since=now - timedelta(days=days + 1))
    with as_council(kent):
        assert waits(kent.pk, now) == [4]
    with as_council(hampshire):
        assert waits(hampshire.pk, now) == []


@pytest.mark.django_db
def test_without_figures_the_settings_are_told(kent: Council) -> None:
    Scheme.objects.create(council=kent, answer_days=5)
    case = waiting(kent)
    with as_council(kent):
        assert "5 working days" in expected_wait(case)


@pytest.mark.django_db
def test_whoever_waits_longer_than_they_could_expect_is_told_once(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(MONDAY)
    factories.ambassador(kent)
    case = waiting(kent)
    move_clock(MONDAY + timedelta(days=8, hours=13))
    look_after_introductions()
    assert mails(kent) == []
    move_clock(MONDAY + timedelta(days=8, hours=14))
    for _ in range(2):
        look_after_introductions()
    assert mails(kent, to=case.email) == ["longer"]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.ACCEPTED, State.SPOKE, State.LAPSED])
def test_nobody_is_told_to_whom_somebody_was_ready_to_talk(
    kent: Council, move_clock: Callable[[datetime], None], state: State
) -> None:
    move_clock(MONDAY)
    later = MONDAY + timedelta(days=30)
    factories.introduction(waiting(kent), factories.ambassador(kent), state, answer_by=later + timedelta(days=1))
    move_clock(later)
    look_after_introductions()
    assert "longer" not in mails(kent)


@pytest.mark.django_db
def test_nobody_is_told_where_nobody_could_be_asked(kent: Council, move_clock: Callable[[datetime], None]) -> None:
    """Nor long after: somebody who asked before there was a scheme here."""
    move_clock(MONDAY)
    waiting(kent)
    move_clock(MONDAY + timedelta(days=30))
    look_after_introductions()
    factories.ambassador(kent)
    move_clock(MONDAY + timedelta(days=61))
    look_after_introductions()
    assert mails(kent) == []
