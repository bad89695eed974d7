"""A broker that is away never holds up a page and never turns a saved enquiry into an error."""

import threading
import time
from collections.abc import Iterator

import pytest
from celery import Celery
from django.core.management import call_command

from councils.models import Council
from lafse.celery import app
from outbox.states import State
from outbox.tasks import deliver
from outbox.waking import Bell, call
from tests.outbox.conftest import free_port, put, seen


@pytest.fixture
def dead_broker() -> Iterator[None]:
    # Without retries: by default kombu tries for six seconds.
    Celery(broker=f"redis://127.0.0.1:{free_port()}/0", broker_transport_options={"max_retries": 0}).set_current()
    yield
    app.set_current()


def test_a_call_is_heard() -> None:
    assert call()


@pytest.mark.usefixtures("dead_broker")
def test_a_dead_broker_is_no_error() -> None:
    assert not call()


def test_ringing_takes_no_time_however_long_a_call_takes() -> None:
    answered = threading.Event()
    calls: list[int] = []

    def slow() -> bool:
        calls.append(1)
        return answered.wait(10)

    bell, began = Bell(slow), time.monotonic()
    for _ in range(100):
        bell.ring()
    assert time.monotonic() - began < 0.5
    answered.set()
    time.sleep(0.1)
    assert 1 <= len(calls) <= 2, "rings during a call become one"


@pytest.mark.usefixtures("committed_db", "dead_broker")
def test_without_a_broker_the_sweeper_delivers() -> None:
    kent = Council.objects.get(slug="kent")
    message = put(kent)
    call_command("sweep_outbox", once=True, verbosity=0)
    assert seen(kent, message).state == State.SENT


@pytest.mark.usefixtures("committed_db")
def test_the_task_delivers_and_may_run_twice() -> None:
    kent = Council.objects.get(slug="kent")
    message = put(kent)
    deliver()
    deliver()
    assert (seen(kent, message).state, seen(kent, message).attempts) == (State.SENT, 1)


def test_beat_looks_every_few_seconds() -> None:
    (entry,) = (entry for entry in app.conf.beat_schedule.values() if entry["task"] == deliver.name)
    assert entry["schedule"] <= 5
