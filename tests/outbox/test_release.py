"""Nothing is sent but from the database that the operator has released. Real copies: tests/lafse/test_restored.py."""

import json
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from councils.clock import HubNow
from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from outbox import witness
from outbox.actions.reconciling import FOUND
from outbox.models import Message, SendingRelease
from outbox.release import WRITE_EVERY, Refusal, may_send, refusal, release, this_cluster
from outbox.sending import deliver_due
from outbox.states import State
from tests.outbox.conftest import Receiver, put, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> Path:
    """A witness of the test's own, and a database that is released."""
    settings.WITNESS_PATH = str(tmp_path / "witness")
    release()
    return tmp_path / "witness"


def change(place: Path, **changes: Any) -> None:
    place.write_text(json.dumps(json.loads(place.read_text()) | changes))


def everybody() -> list[int]:
    return list(Council.objects.values_list("pk", flat=True))


def run(*words: str) -> str:
    out = StringIO()
    call_command("release_sending", *words, stdout=out)
    return out.getvalue()


def test_a_released_database_sends(kent: Council, receiver: Receiver) -> None:
    message = put(kent)
    assert (refusal(), deliver_due(), seen(kent, message).state) == (None, 1, State.SENT)


def test_who_is_refused_sends_nothing_and_says_so(
    kent: Council, office: Council, receiver: Receiver, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    message = put(kent)
    place.unlink()
    assert [deliver_due(), deliver_due()] == [0, 0]
    assert (receiver.stored, seen(kent, message).state, seen(kent, message).attempts) == ([], State.QUEUED, 0)
    with as_council(office):
        assert ToDo.objects.get(kind=ToDoKind.SENDING_STOPPED).done_at is None
    assert caplog.text.count("sending_stopped") == 2
    assert Client().get("/readyz").json()["degraded"] == ["sending"]


def test_what_waited_leaves_after_the_operator_said_so(
    kent: Council, office: Council, receiver: Receiver, place: Path
) -> None:
    message = put(kent)
    place.unlink()
    deliver_due()
    said = run("--yes")
    assert "Now: refused, because the witness file" in said
    assert "Messages that would leave: 1" in said
    assert (deliver_due(), seen(kent, message).state) == (1, State.SENT)
    with as_council(office):
        assert ToDo.objects.get(kind=ToDoKind.SENDING_STOPPED).done_at is not None


def test_the_to_do_ends_when_sending_goes_on_by_itself(
    kent: Council, office: Council, receiver: Receiver, place: Path
) -> None:
    away = place.rename(place.with_name("unreachable"))
    assert deliver_due() == 0
    away.rename(place)
    put(kent)
    assert deliver_due() == 1
    with as_council(office):
        assert ToDo.objects.get(kind=ToDoKind.SENDING_STOPPED).done_at is not None


@pytest.mark.parametrize("name", ["INSTANCE_ID", "WITNESS_PATH"])
def test_a_deployment_without_a_name_or_a_witness_does_not_send(settings: Settings, name: str) -> None:
    setattr(settings, name, "")
    assert refusal() is Refusal.NOT_SET_UP
    with pytest.raises(CommandError, match="INSTANCE_ID"):
        run("--yes")


def test_a_database_that_nobody_released_does_not_send() -> None:
    SendingRelease.objects.all().delete()
    assert refusal() is Refusal.NEVER_RELEASED


def test_another_deployment_on_a_copy_does_not_send(settings: Settings) -> None:
    settings.INSTANCE_ID = "staging"
    assert refusal() is Refusal.OTHER_INSTANCE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"instance_id": "another"}, Refusal.OTHER_INSTANCE),
        ({"system_identifier": "7"}, Refusal.OTHER_CLUSTER),
        ({"timeline": 9}, Refusal.OTHER_TIMELINE),
    ],
)
def test_the_newest_release_counts(changes: dict[str, Any], reason: Refusal) -> None:
    newest = SendingRelease.objects.latest("pk")
    newest.pk = None
    for name, value in changes.items():
        setattr(newest, name, value)
    newest.save()
    assert refusal() is reason


@pytest.mark.parametrize("changes", [{"system": "7"}, {"timeline": 9}, {"home": "1/2"}])
def test_a_witness_of_another_database_is_none(place: Path, changes: dict[str, Any]) -> None:
    change(place, **changes)
    assert refusal() is Refusal.OTHER_WITNESS


@pytest.mark.parametrize("text", ["", "nothing", "[]", "{}", '{"system": "1"}'])
def test_a_witness_that_cannot_be_read_is_none(place: Path, text: str) -> None:
    place.write_text(text)
    assert refusal() is Refusal.NO_WITNESS


def test_a_witness_that_cannot_be_written_is_none(settings: Settings, tmp_path: Path) -> None:
    settings.WITNESS_PATH = str(tmp_path / "no such folder" / "witness")
    assert refusal() is Refusal.NO_WITNESS
    with pytest.raises(CommandError, match="cannot be written"):
        run("--yes")


def test_who_is_behind_stays_locked_when_it_has_caught_up(place: Path) -> None:
    position = witness.read(place).position
    change(place, position=position + 10**15)
    assert not may_send(everybody())
    change(place, position=position)
    assert refusal() is Refusal.BEHIND
    release()
    assert refusal() is None


def test_asking_alone_changes_nothing(place: Path) -> None:
    change(place, position=witness.read(place).position + 10**15)
    before = place.read_bytes()
    assert refusal() is Refusal.BEHIND
    assert place.read_bytes() == before


def test_the_witness_goes_forward_and_never_ahead_of_what_is_durable(place: Path) -> None:
    change(place, position=0)
    time.sleep(WRITE_EVERY)  # a process writes no more often
    assert may_send(everybody())
    here = this_cluster()
    assert here is not None
    assert 0 < witness.read(place).position <= here.durable <= here.reached


def test_the_operator_is_shown_what_there_is_before_anything_changes(place: Path, kent: Council) -> None:
    put(kent)
    SendingRelease.objects.all().delete()
    before = place.read_bytes()
    said = run()
    assert "Nothing was changed" in said
    assert "nobody has released" in said
    assert (SendingRelease.objects.count(), place.read_bytes()) == (0, before)


def test_a_new_database_releases_itself_once(kent: Council) -> None:
    assert "not new" in run("--first")
    SendingRelease.objects.all().delete()
    assert "Released" in run("--first")
    SendingRelease.objects.all().delete()
    put(kent)
    assert "not new" in run("--first")
    assert refusal() is Refusal.NEVER_RELEASED


def test_what_the_provider_says_has_left_is_not_sent_again(
    kent: Council, receiver: Receiver, tmp_path: Path, settings: Settings
) -> None:
    gone, waiting = put(kent, "gone"), put(kent, "waiting")
    assert gone is not None
    log = tmp_path / "sent.txt"
    log.write_text(f"{gone.message_id}\n<somebody.elses@example.org>\n\n")
    assert "Settled as sent: 1 of 1 named" in run("--yes", "--sent", str(log))
    assert deliver_due() == 1
    assert (seen(kent, gone).state, seen(kent, gone).smtp_reply) == (State.SENT, FOUND)
    assert (seen(kent, waiting).state, len(receiver.stored)) == (State.SENT, 1)
    with as_council(kent):
        assert Event.objects.filter(verb="message.reconciled").values_list("subject_id", flat=True).get() == gone.pk


def test_what_was_being_sent_when_the_backup_was_made_is_not_sent_again(
    kent: Council, receiver: Receiver, tmp_path: Path
) -> None:
    message = put(kent)
    assert message is not None
    ago = HubNow() - timedelta(hours=1)
    with as_council(kent):
        Message.objects.update(state=State.LEASED, lease_token=1, lease_until=ago, started_at=ago, attempts=1)
    log = tmp_path / "sent.txt"
    log.write_text(message.message_id)
    assert "Settled as sent: 1 of 1 named" in run("--yes", "--sent", str(log))
    assert (deliver_due(), receiver.stored, seen(kent, message).state) == (0, [], State.SENT)


def test_a_list_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    released = SendingRelease.objects.count()
    with pytest.raises(CommandError, match="cannot be read"):
        run("--yes", "--sent", str(tmp_path / "missing"))
    assert SendingRelease.objects.count() == released


def test_after_a_release_a_provider_that_can_be_asked_is_asked(kent: Council) -> None:
    message = put(kent)
    run("--yes")
    assert seen(kent, message).lease_token == 1, "the next lease is not the first"
