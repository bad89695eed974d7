"""Nobody of Kent's hears a word of another council, whatever they click, type or throw; nothing breaks, and nothing of
another council's changes.

`make fuzz` asks 50,000 times; FUZZ_REQUESTS and FUZZ_SEED choose otherwise. A fault prints its seed, its session and
every request of that session.
"""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from openpyxl import Workbook

from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.tasks import EACH_MINUTE
from outbox.models import Message
from tests import databases
from tests.fuzz.canary import CANARY, heard_in, heard_in_bytes
from tests.fuzz.columns import unclassified
from tests.fuzz.filling import bare_columns
from tests.fuzz.victims import heard_in_rows_of, rolled_back, rows_of_victims
from tests.fuzz.visits import Fault, Session, session_of, visit
from tests.fuzz.world import World, world

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "600"))
SEED = os.environ.get("FUZZ_SEED", "1")
SHARES = max(1, REQUESTS // 5_000)  # so that both cores have work in the long run


@pytest.fixture(scope="module")
def hub(
    django_db_setup: None,
    django_db_blocker: "DjangoDbBlocker",
    worker_id: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    with django_db_blocker.unblock(), world(worker_id, tmp_path_factory.mktemp("hub")) as made:
        yield made


@pytest.mark.parametrize("share", range(SHARES))
def test_nobody_hears_another_council(hub: World, share: int) -> None:
    sessions = list(visit(hub, seed=f"{SEED}.{share}", requests=REQUESTS // SHARES))
    faults = [fault for session in sessions for fault in session.faults]
    assert not faults, _in_words(faults)
    _has_seen_enough(sessions)


def _in_words(faults: list[Fault]) -> str:
    """Each sort once, with what was asked last; then one with everything that was asked before."""
    sorts = {fault.what: fault for fault in faults}
    lasts = [f"{fault.what}\n  {fault.session.title}: {fault.last}" for fault in sorts.values()]
    return "\n".join([f"{len(faults)} faults", *lasts, "", str(faults[0])])


def _has_seen_enough(sessions: list[Session]) -> None:
    """A fuzz that is turned away everywhere would find nothing."""
    answers = [answer for session in sessions for answer in session.answers]
    assert len(answers) >= REQUESTS // SHARES
    assert sum(status == 200 for _, status in answers) > len(answers) / 4
    well = {name for name, status in answers if status in (200, 302)}
    assert len(well) > 60
    assert {"admin:enquiries_enquiry_change", "admin:enquiries_enquiry_changelist"} <= well
    assert ("ambassadors:home", 200) in answers


def test_every_table_is_somebodys_or_on_the_list_of_nobodys() -> None:
    assert unclassified() == []


def test_every_text_of_the_others_holds_the_canary(hub: World) -> None:
    assert bare_columns(hub.victims) == []


def test_a_text_that_holds_none_is_found(hub: World) -> None:
    name = settings.DATABASES["default"]["NAME"]
    connection.close()
    databases.as_owner(name, "ALTER TABLE enquiries_note ADD COLUMN stray text NOT NULL DEFAULT 'said in confidence'")
    try:
        assert bare_columns(hub.victims) == ["enquiries_note.stray: 0 of 1 rows"]
    finally:
        databases.as_owner(name, "ALTER TABLE enquiries_note DROP COLUMN stray")


def test_what_happens_by_itself_tells_kent_of_kent_alone(hub: World) -> None:
    """Reminders, follow-ups and the morning's digest, written for everybody on a working day."""
    with rolled_back():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO testing.clock VALUES (%s)", [datetime(2026, 12, 15, 9, 30, tzinfo=LONDON)])
        for task in EACH_MINUTE:
            task()
        assert list(heard_in_rows_of(hub.ours)) == []
        with as_council(hub.ours):
            assert Message.objects.filter(council=hub.ours, kind="digest").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("reckless", "shows"),
        ("meddling", "changes others' rows: enquiries_enquiry"),
        ("crashing", "answers 500: ZeroDivisionError"),
        ("talking", "the log says"),
        ("quoting", "says .*canary"),
    ],
)
@override_settings(ROOT_URLCONF="tests.fuzz.faulty")
def test_a_page_that_does_what_it_must_not_is_found(hub: World, name: str, told: str) -> None:
    """By throwing at it, as at any other."""
    officer = next(actor for actor in hub.actors if actor.name == "officer")
    session = session_of(hub, officer, "control", 0, rows_of_victims(hub), only=name)
    session.run(40)
    assert any(re.search(told, fault.what) for fault in session.faults)


def test_a_seed_asks_the_same_again(hub: World) -> None:
    before = rows_of_victims(hub)
    manager = next(actor for actor in hub.actors if actor.name == "manager")
    first, again, other = (session_of(hub, manager, seed, 7, before) for seed in ("a", "a", "b"))
    for session in (first, again, other):
        session.run(15)
    assert _addresses(first) == _addresses(again) != _addresses(other)


def _addresses(session: Session) -> list[str]:
    """Without what the site itself draws anew."""
    return [re.sub(r" \{.*", "", asked) for asked in session.history]


@pytest.mark.parametrize(
    "said", [CANARY, CANARY.upper(), "%7aqcanary", f"\\x00{CANARY.encode().hex()}", "a\nzqCanary.b"]
)
def test_the_canary_is_heard_however_it_is_written(said: str) -> None:
    assert heard_in(f"before {said} after")
    assert not heard_in("before zqcan after")


def test_the_canary_is_heard_in_a_spreadsheet() -> None:
    book, file = Workbook(), BytesIO()
    assert book.active is not None
    book.active["A1"] = f"said {CANARY}"
    book.save(file)
    assert heard_in_bytes(file.getvalue())
