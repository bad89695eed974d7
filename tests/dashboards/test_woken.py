"""Folding is woken when something commits, looks every ten seconds without being woken, and does without a broker."""

from collections.abc import Iterator

import pytest
from celery import Celery
from django.db import transaction

from councils.models import Council
from councils.tenancy import as_council
from dashboards.models import ToFold
from dashboards.tasks import fold
from lafse.celery import app
from outbox.rounds import quick_jobs
from tests import factories
from tests.dashboards.naive import recount
from tests.dashboards.test_recount import standing
from tests.outbox.conftest import free_port


@pytest.fixture
def dead_broker() -> Iterator[None]:
    Celery(broker=f"redis://127.0.0.1:{free_port()}/0", broker_transport_options={"max_retries": 0}).set_current()
    yield
    app.set_current()


def test_beat_and_the_sweeper_look_every_ten_seconds() -> None:
    (entry,) = (entry for entry in app.conf.beat_schedule.values() if entry["task"] == fold.name)
    assert entry["schedule"] <= 10
    assert fold in quick_jobs()


def test_an_event_rings_once_its_transaction_commits(kent: Council) -> None:
    before = len(transaction.get_connection().run_on_commit)
    factories.enquiry(kent)
    rings = transaction.get_connection().run_on_commit[before:]
    owners = [type(getattr(planned, "__self__", None)).__name__ for _, planned, _ in rings]
    assert "Bell" in owners
    assert all(robust for (_, planned, robust) in rings if type(getattr(planned, "__self__", None)).__name__ == "Bell")


@pytest.mark.usefixtures("committed_db", "dead_broker")
def test_without_a_broker_the_sweeper_folds() -> None:
    kent = Council.objects.select_related("hub").get(slug="kent")
    factories.enquiry(kent)
    for job in quick_jobs():  # what the sweeper does each time it looks
        job()
    assert standing(kent.hub) == recount(kent.hub)
    with as_council(kent):
        assert not ToFold.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_the_task_folds_and_may_run_twice() -> None:
    kent = Council.objects.select_related("hub").get(slug="kent")
    factories.enquiry(kent)
    fold()
    fold()
    assert standing(kent.hub) == recount(kent.hub)
