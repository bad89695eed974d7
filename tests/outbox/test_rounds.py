"""What has to be done each minute is done without Celery, too."""

from collections.abc import Callable
from datetime import datetime

import pytest

from ambassadors import tasks as ambassadors
from campaigns import tasks as campaigns
from councils.models import Council, Event
from councils.tenancy import as_council
from councils.working_time import LONDON
from dashboards import tasks as dashboards
from enquiries.tasks import EACH_MINUTE
from lafse.celery import app
from outbox.rounds import EVERY, Rounds, SomeFailed, jobs, one_by_one
from tests import factories
from tests.conftest import Cast


def go_on() -> bool:
    return False


@pytest.fixture
def near(kent: Council, move_clock: Callable[[datetime], None]) -> None:
    """An enquiry promised for 5pm, at 1pm of that day."""
    move_clock(datetime(2026, 11, 23, 10, tzinfo=LONDON))
    factories.enquiry(kent)
    move_clock(datetime(2026, 11, 24, 13, tzinfo=LONDON))


def test_the_sweeper_knows_every_job_that_beat_wakes_each_minute() -> None:
    woken = {entry["task"] for entry in app.conf.beat_schedule.values() if entry["schedule"] == EVERY}
    done = [*EACH_MINUTE, *ambassadors.EACH_MINUTE, *campaigns.EACH_MINUTE, *dashboards.EACH_MINUTE]
    assert {task.name for task in done} == {name for name in woken if not name.startswith(("outbox.", "staff."))}  # type: ignore[attr-defined]  # tasks
    assert set(done) <= set(jobs())


def test_a_round_is_made_once_a_minute(db: None) -> None:
    now = 0.0
    rounds = Rounds(clock=lambda: now)
    made = []
    for now in (0.0, 10.0, 59.0, 60.0, 61.0, 120.0):  # noqa: B007  # the clock reads it
        made.append(rounds.make(go_on))
    assert made == [True, False, False, True, False, True]


def test_who_is_told_to_stop_begins_no_further_job(kent: Council, cast: Cast, near: None) -> None:
    Rounds().make(lambda: True)
    with as_council(kent):
        assert not Event.objects.filter(verb="enquiry.escalated").exists()


def test_a_promise_escalates_without_celery(kent: Council, cast: Cast, near: None) -> None:
    Rounds().make(go_on)
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.escalated").count() == 1


def test_one_that_fails_holds_up_nobody_and_is_loud() -> None:
    worked: list[int] = []

    def work(number: int) -> bool:
        if number == 2:
            raise ZeroDivisionError
        worked.append(number)
        return True

    with pytest.raises(SomeFailed, match="1 failed"):
        one_by_one([1, 2, 3], work, name=str)
    assert worked == [1, 3]
    assert one_by_one([1, 3], work, name=str) == 2
