"""What providers may tell us, and what follows from it."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import Settings
from standardwebhooks import Webhook

from councils.models import Council, Event, Hub, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from outbox.models import Message, Receipt, Suppression
from outbox.states import ChannelKind, Cover, Lane, State
from outbox.suppressions import is_suppressed
from tests.outbox.conftest import put, seen

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy1hbmQtb2Ytbm90aGluZy1lbHNl"
TOKEN = "a-token-for-the-callback"
CASE = UUID(int=7)


@pytest.fixture(autouse=True)
def secrets(settings: Settings) -> None:
    settings.HOOK_SECRET, settings.NOTIFY_CALLBACK_TOKEN = SECRET, TOKEN
    settings.MAIL_DOMAIN = "hub.example.org"


@pytest.fixture
def message(kent: Council) -> Message:
    """One that was sent."""
    return left(kent)


def left(council: Council, key: str = "left", **given: Any) -> Message:
    message = put(council, key, subject_kind="enquiry", subject_id=CASE, **given)
    assert message is not None
    with as_council(council):
        Message.objects.filter(pk=message.pk).update(
            state=State.SENT, settled_at=message.created_at, smtp_reply="250 OK"
        )
    return seen(council, message)


def signed(body: bytes, *, key: str = "", age: timedelta = timedelta(), secret: str = SECRET) -> "Response":
    key, at = key or str(uuid4()), datetime.now(UTC) - age
    headers = {
        "Webhook-Id": key,
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": Webhook(secret).sign(key, at, body.decode()),
    }
    return Client().post("/hooks/mail-events/", body, content_type="application/json", headers=headers)


def event(message: Message, kind: str, key: str = "", **more: object) -> "Response":
    return signed(json.dumps({"type": kind, "message_id": message.message_id, **more}).encode(), key=key)


def receipt(message: Message, status: str, *, key: str = "", token: str = TOKEN, **changes: object) -> "Response":
    """As GOV.UK Notify documents it."""
    body: dict[str, object] = {
        "id": key or str(uuid4()),
        "reference": str(message.pk),
        "to": message.to_address,
        "status": status,
        "created_at": "2026-05-14T12:15:30.000000Z",
        "completed_at": "2026-05-14T12:15:30.000000Z",
        "sent_at": "2026-05-14T12:15:30.000000Z",
        "notification_type": "email",
        "template_id": str(uuid4()),
        "template_version": 1,
    }
    headers = {"Authorization": f"Bearer {token}"}
    return Client().post("/hooks/notify/", json.dumps(body | changes), content_type="application/json", headers=headers)


def todos(council: Council) -> list[tuple[str, UUID]]:
    with as_council(council):
        return list(ToDo.objects.values_list("kind", "subject_id"))


def events(council: Council) -> list[str]:
    with as_council(council):
        return list(Event.objects.filter(subject_kind="message").values_list("verb", flat=True))


def test_a_hard_bounce_spares_the_address_and_asks_for_a_call(kent: Council, lafse: Hub, message: Message) -> None:
    assert event(message, "hard_bounce", code="5.1.1").json() == {"taken": "now"}
    after = seen(kent, message)
    assert (after.state, after.receipt) == (State.SENT, "5.1.1")
    assert after.receipt_at is not None
    assert todos(kent) == [(ToDoKind.RING_INSTEAD, CASE)]
    assert events(kent) == ["message.hard_bounce"]
    assert is_suppressed(message.to_address, hub_id=lafse.pk, lane=Lane.SERVICE)


def test_the_same_report_counts_once(kent: Council, message: Message) -> None:
    assert [event(message, "hard_bounce", key="msg_1").json()["taken"] for _ in range(2)] == ["now", "before"]
    assert events(kent) == ["message.hard_bounce"]
    assert Receipt.objects.count() == 1


def test_a_soft_bounce_is_somebodys_work_and_no_fault_of_the_address(kent: Council, message: Message) -> None:
    event(message, "soft_bounce", code="4.2.2")
    assert todos(kent) == [(ToDoKind.MAIL_FAILED, CASE)]
    assert not Suppression.objects.exists()


def test_a_complaint_stops_promotion_alone(kent: Council, message: Message) -> None:
    event(message, "complaint")
    assert list(Suppression.objects.values_list("cover", "reason")) == [(Cover.PROMOTIONAL, "complaint")]
    assert todos(kent) == []
    assert seen(kent, put(kent, "next")).state == State.QUEUED


def test_delivered_is_written_down_and_nothing_else(kent: Council, message: Message) -> None:
    event(message, "delivered")
    assert seen(kent, message).receipt == "delivered"
    assert (todos(kent), events(kent)) == ([], [])


def test_still_being_tried_is_no_news(kent: Council, message: Message) -> None:
    event(message, "delayed", code="4.0.0")
    assert seen(kent, message).receipt == ""


def test_a_bounced_campaign_is_nobodys_work(kent: Council) -> None:
    event(left(kent, lane=Lane.CAMPAIGN), "hard_bounce")
    assert todos(kent) == []
    assert Suppression.objects.get().cover == Cover.EVERYTHING


@pytest.mark.parametrize("kind", ["delivered", "hard_bounce"])
def test_a_report_proves_that_an_unknown_message_left(kent: Council, kind: str) -> None:
    message = left(kent, lane=Lane.CAMPAIGN)
    with as_council(kent):
        Message.objects.filter(pk=message.pk).update(state=State.UNKNOWN, smtp_reply="")
    event(message, kind)
    assert seen(kent, message).state == State.SENT


@pytest.mark.parametrize(("attempts", "state"), [(1, State.SENT), (0, State.QUEUED)])
def test_what_arrived_is_not_tried_again(kent: Council, attempts: int, state: State) -> None:
    message = put(kent)
    assert message is not None
    with as_council(kent):
        Message.objects.filter(pk=message.pk).update(attempts=attempts)
    event(message, "delivered")
    assert seen(kent, message).state == state


def test_a_report_touches_no_other_council(kent: Council, hampshire: Council, message: Message) -> None:
    neighbour = left(hampshire)
    event(message, "hard_bounce")
    assert (seen(hampshire, neighbour).receipt, todos(hampshire), events(hampshire)) == ("", [], [])


@pytest.mark.parametrize(
    "message_id", ["", "<a@b.org>", f"<{UUID(int=9)}@hub.example.org>", f"<{UUID(int=9)}@other.example.org>"]
)
@pytest.mark.django_db
def test_a_message_that_is_not_ours_is_accepted_and_changes_nothing(message_id: str) -> None:
    answer = signed(json.dumps({"type": "hard_bounce", "message_id": message_id}).encode())
    assert (answer.status_code, answer.json()["taken"]) in [(200, "not_ours"), (200, "no_such_message")]
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_an_old_signature_is_refused(message: Message, kent: Council, age: timedelta) -> None:
    body = json.dumps({"type": "hard_bounce", "message_id": message.message_id}).encode()
    assert signed(body, age=age).status_code == 401
    assert seen(kent, message).receipt == ""


@pytest.mark.parametrize("secret", ["whsec_", "whsec_a", "§"])
def test_a_secret_that_is_none_lets_nobody_in(message: Message, settings: Settings, secret: str) -> None:
    settings.HOOK_SECRET = secret
    assert event(message, "hard_bounce").status_code == 401


def test_another_secret_is_refused(message: Message) -> None:
    assert signed(b"{}", secret="whsec_b3RoZXI=").status_code == 401


def test_without_a_secret_nobody_is_believed(settings: Settings, message: Message) -> None:
    settings.HOOK_SECRET = settings.NOTIFY_CALLBACK_TOKEN = ""
    assert event(message, "hard_bounce").status_code == 401
    assert receipt(message, "permanent-failure", token="").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Webhook-Id": "a", "Webhook-Timestamp": "nan", "Webhook-Signature": "v1,x"},
        {"Webhook-Id": "a", "Webhook-Timestamp": "99999999999999999999", "Webhook-Signature": "v1,x"},
        {"Webhook-Id": "a", "Webhook-Timestamp": "NOW", "Webhook-Signature": "no comma"},
        {"Webhook-Id": "a", "Webhook-Timestamp": "NOW", "Webhook-Signature": "v1,§"},
        {"Webhook-Id": "a", "Webhook-Timestamp": "NOW", "Webhook-Signature": "v1,a"},
        {"Webhook-Id": "a", "Webhook-Timestamp": "NOW", "Webhook-Signature": "v2,eA=="},
    ],
)
@pytest.mark.parametrize("body", [b"{}", b"\xff\x00"])
@pytest.mark.django_db
def test_broken_signatures_are_refused_and_do_not_crash(headers: dict[str, str], body: bytes) -> None:
    now = str(int(datetime.now(UTC).timestamp()))
    sent = {name: now if value == "NOW" else value for name, value in headers.items()}
    answer = Client().post("/hooks/mail-events/", body, content_type="application/json", headers=sent)
    assert (answer.status_code, answer.json()) == (401, {"error": "unsigned"})


@pytest.mark.parametrize("body", [b"", b"[]", b"nothing", b'{"type": "sneeze"}', b'{"type": []}', b"[" * 100_000])
@pytest.mark.django_db
def test_what_is_signed_and_not_understood_is_answered_400(body: bytes) -> None:
    assert signed(body).status_code == 400


@pytest.mark.django_db
def test_a_body_that_is_too_long_is_refused() -> None:
    assert signed(b" " * (256 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("path", ["/hooks/mail-events/", "/hooks/notify/"])
@pytest.mark.django_db
def test_hooks_take_posts_only_and_no_session(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 405
    assert client.post(path, b"{}", content_type="application/json").status_code == 401


def test_notify_says_that_an_address_does_not_work(kent: Council, message: Message) -> None:
    assert receipt(message, "permanent-failure").json() == {"taken": "now"}
    assert seen(kent, message).receipt == "permanent-failure"
    assert todos(kent) == [(ToDoKind.RING_INSTEAD, CASE)]


@pytest.mark.parametrize("status", ["temporary-failure", "technical-failure"])
def test_notify_gives_up_and_the_address_is_not_to_blame(kent: Council, message: Message, status: str) -> None:
    receipt(message, status)
    assert todos(kent) == [(ToDoKind.MAIL_FAILED, CASE)]
    assert not Suppression.objects.exists()


def test_a_number_that_does_not_work_is_spared_and_the_email_is_not(kent: Council, lafse: Hub) -> None:
    text = left(kent, channel=ChannelKind.SMS, to="+447700900123", subject="")
    receipt(text, "permanent-failure", notification_type="sms")
    assert todos(kent) == [(ToDoKind.MAIL_FAILED, CASE)]
    assert is_suppressed("+447700900123", hub_id=lafse.pk, lane=Lane.SERVICE)
    assert seen(kent, put(kent, "mail")).state == State.QUEUED


def test_notify_repeats_itself_and_says_more_later(kent: Council, message: Message) -> None:
    key = str(uuid4())
    told = [receipt(message, status, key=key).json()["taken"] for status in ("delivered", "delivered")]
    assert told == ["now", "before"]
    assert receipt(message, "permanent-failure", key=key).json()["taken"] == "now"
    assert seen(kent, message).receipt == "permanent-failure"


@pytest.mark.parametrize("token", ["", "wrong", f"{TOKEN} "])
def test_a_wrong_token_is_refused(message: Message, token: str) -> None:
    assert receipt(message, "delivered", token=token).status_code == 401


@pytest.mark.parametrize("reference", [None, "12345678", str(UUID(int=9))])
def test_notify_may_tell_of_what_others_sent(message: Message, reference: str | None) -> None:
    assert receipt(message, "delivered", reference=reference).status_code == 200


@pytest.mark.parametrize(("status", "key"), [("sneezed", ""), ("delivered", "7")])
def test_a_receipt_that_notify_would_not_write_is_answered_400(message: Message, status: str, key: str) -> None:
    assert receipt(message, status, key=key).status_code == 400
