"""What happens by itself."""

from collections.abc import Callable
from datetime import datetime

from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across
from councils.working_time import LONDON
from enquiries.tasks import watch_unseen
from lafse.celery import app
from tests import factories
from tests.conftest import Cast


def test_an_unseen_case_is_listed_once_however_often_the_task_runs(
    kent: Council, office: Council, cast: Cast, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(datetime(2026, 11, 24, 10, 0, tzinfo=LONDON))
    factories.enquiry(kent)
    move_clock(datetime(2026, 11, 24, 12, 1, tzinfo=LONDON))
    for _ in range(2):
        watch_unseen()
    with across([office], reason="test"):
        assert list(ToDo.objects.values_list("kind", flat=True)) == [ToDoKind.UNSEEN]


def test_it_runs_every_minute() -> None:
    entry = app.conf.beat_schedule["watch_unseen"]
    assert (entry["task"], entry["schedule"]) == (watch_unseen.name, 60.0)
