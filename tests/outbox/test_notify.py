"""Messages that leave by GOV.UK Notify: what is offered, what its answers mean, and that nothing leaves twice."""

import uuid
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from councils.models import Council
from outbox.channels import open_channel, provider_of, texts_can_leave
from outbox.channels.notify import Notify as Channel
from outbox.models import Message
from outbox.outcomes import Outcome, Verdict
from outbox.sending import deliver_due
from outbox.states import ChannelKind, State
from tests.outbox.conftest import free_port, put, seen, send_to
from tests.outbox.notify_server import KEY, Notify, Plan, running

FOR_EMAIL, FOR_SMS = str(uuid.uuid4()), str(uuid.uuid4())


@pytest.fixture
def notify(settings: Settings) -> Iterator[Notify]:
    with running() as server:
        settings.DEV_MAILBOX = False
        settings.NOTIFY_URL, settings.NOTIFY_API_KEY = server.url, KEY
        settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_SMS_TEMPLATE = FOR_EMAIL, FOR_SMS
        yield server


def mail(**given: object) -> Message:
    values: dict[str, object] = {"lease_token": 1, "to_address": "erin@example.org", "subject": "Hello", "text": "You"}
    return Message(**values | given)


def text(**given: object) -> Message:
    return mail(**{"channel": ChannelKind.SMS, "to_address": "+447700900123", "subject": ""} | given)


def offer(message: Message) -> Outcome:
    channel = Channel(timeout=(0.3, 0.3))
    try:
        return channel.send(message)
    finally:
        channel.close()


def test_an_email_takes_its_subject_and_text_into_the_template(notify: Notify) -> None:
    message = mail()
    outcome = offer(message)
    assert (outcome.verdict, outcome.provider_id) == (Verdict.SENT, notify.taken[0]["id"])
    assert notify.taken[0]["given"] == {
        "email_address": "erin@example.org",
        "template_id": FOR_EMAIL,
        "personalisation": {"subject": "Hello", "body": "You"},
        "reference": str(message.pk),
    }


def test_a_text_message_has_the_body_alone(notify: Notify) -> None:
    message = text()
    assert offer(message).verdict is Verdict.SENT
    assert notify.taken[0]["given"] == {
        "phone_number": "+447700900123",
        "template_id": FOR_SMS,
        "personalisation": {"body": "You"},
        "reference": str(message.pk),
    }


def test_a_link_to_unsubscribe_is_passed_on(notify: Notify) -> None:
    head = b"Subject: x\r\nList-Unsubscribe: <mailto:a@b.org>, <https://hub.example.org/stop/a>"
    offer(mail(mime=head + b"\r\n\r\nList-Unsubscribe: <https://elsewhere.example>"))
    assert notify.taken[0]["given"]["one_click_unsubscribe_url"] == "https://hub.example.org/stop/a"


@pytest.mark.parametrize(
    ("plan", "verdict", "code", "ends_run", "trips"),
    [
        (Plan(400, "ValidationError"), Verdict.DEAD, "notify_400_ValidationError", False, False),
        (Plan(400, "BadRequestError"), Verdict.HOLD, "notify_400_BadRequestError", True, True),
        (Plan(403, "AuthError"), Verdict.HOLD, "notify_403_AuthError", True, True),
        (Plan(404, "NoResultFound"), Verdict.HOLD, "notify_404_NoResultFound", True, True),
        (Plan(429, "RateLimitError"), Verdict.HOLD, "notify_429_RateLimitError", True, False),
        (Plan(429, "TooManyRequestsError"), Verdict.HOLD, "notify_429_TooManyRequestsError", True, False),
        (Plan(500, "Exception"), Verdict.RETRY, "notify_500_Exception", True, False),
        (Plan(503, body=b"<html>away</html>"), Verdict.RETRY, "notify_503", True, False),
        (Plan(201, body=b"<html>who knows</html>"), Verdict.UNKNOWN, "notify_201", True, False),
        (Plan(400, body=b'{"errors": {}}'), Verdict.HOLD, "notify_400", True, True),
        (Plan(hangs_up=True), Verdict.UNKNOWN, "notify_ConnectionError", True, False),
        (Plan(), Verdict.UNKNOWN, "notify_ReadTimeout", True, False),
    ],
)
def test_what_an_answer_means(
    notify: Notify, plan: Plan, verdict: Verdict, code: str, ends_run: bool, trips: bool
) -> None:
    notify.then(plan)
    outcome = offer(text())
    assert (outcome.verdict, outcome.code, outcome.ends_run, outcome.trips) == (verdict, code, ends_run, trips)


def test_nothing_has_left_where_nobody_listens(notify: Notify, settings: Settings) -> None:
    settings.NOTIFY_URL = f"http://127.0.0.1:{free_port()}"
    assert offer(text()).verdict is Verdict.RETRY


def test_an_address_that_is_none_is_ours_to_put_right(notify: Notify, settings: Settings) -> None:
    settings.NOTIFY_URL = "notify"
    assert (offer(text()).verdict, offer(text()).trips) == (Verdict.HOLD, True)


def test_a_wrong_key_is_ours_to_put_right(notify: Notify, settings: Settings) -> None:
    settings.NOTIFY_API_KEY = f"tests-{uuid.uuid4()}-{uuid.uuid4()}"
    assert (offer(text()).verdict, offer(text()).trips) == (Verdict.HOLD, True)


@pytest.mark.parametrize(
    "plan", [Plan(stores=True, hangs_up=True), Plan(stores=True), Plan(500, "Exception", stores=True)]
)
def test_what_arrived_although_its_answer_did_not_is_not_sent_again(notify: Notify, plan: Plan) -> None:
    message = text()
    notify.then(plan)
    assert offer(message).verdict in (Verdict.UNKNOWN, Verdict.RETRY)
    message.lease_token = 3
    again = offer(message)
    assert (again.verdict, again.provider_id) == (Verdict.SENT, notify.taken[0]["id"])
    assert len(notify.taken) == 1


def test_what_did_not_arrive_is_sent_under_the_same_reference(notify: Notify) -> None:
    message = text()
    notify.then(Plan(hangs_up=True))
    offer(message)
    message.lease_token = 3
    assert offer(message).verdict is Verdict.SENT
    assert [each["reference"] for each in notify.taken] == [str(message.pk)]


def test_what_notify_could_not_send_is_sent_again(notify: Notify) -> None:
    message = text()
    offer(message)
    notify.taken[0]["status"] = "technical-failure"
    message.lease_token = 3
    assert offer(message).verdict is Verdict.SENT
    assert len(notify.taken) == 2


@pytest.mark.parametrize(
    ("plan", "verdict"),
    [
        (Plan(), Verdict.RETRY),
        (Plan(hangs_up=True), Verdict.RETRY),
        (Plan(500, "Exception"), Verdict.RETRY),
        (Plan(400, "ValidationError"), Verdict.RETRY),
        (Plan(403, "AuthError"), Verdict.HOLD),
    ],
)
def test_who_cannot_ask_sends_nothing(notify: Notify, plan: Plan, verdict: Verdict) -> None:
    notify.then(plan)
    assert offer(text(lease_token=3)).verdict is verdict
    assert notify.taken == []


def test_a_first_try_asks_nothing(notify: Notify) -> None:
    offer(text())
    assert notify.asked == ["POST /v2/notifications/sms"]


def test_a_connection_that_was_given_up_is_opened_again(notify: Notify) -> None:
    channel = Channel()
    channel.send(text())
    channel.close()
    assert channel.send(text()).verdict is Verdict.SENT
    channel.close()


def test_email_and_text_messages_leave_in_one_run(committed_db: None, notify: Notify) -> None:
    kent = Council.objects.get(slug="kent")
    both = [
        put(kent, "mail"),
        put(kent, "text", channel=ChannelKind.SMS, to="+447700900123", subject="", text="Hello", html=""),
    ]
    deliver_due()
    rows = [seen(kent, message) for message in both]
    assert [row.state for row in rows] == [State.SENT, State.SENT]
    assert sorted(row.provider_id for row in rows) == sorted(each["id"] for each in notify.taken)


def test_email_may_leave_by_smtp_and_text_messages_by_notify(notify: Notify, settings: Settings) -> None:
    settings.NOTIFY_EMAIL_TEMPLATE = ""
    send_to(settings, 25)
    assert (provider_of(ChannelKind.EMAIL), provider_of(ChannelKind.SMS)) == ("smtp", "notify")


def test_without_a_provider_a_text_message_waits_and_says_why(settings: Settings) -> None:
    send_to(settings, 25)
    assert not texts_can_leave()
    outcome = open_channel().send(text())
    assert (outcome.verdict, outcome.code, outcome.trips) == (Verdict.HOLD, "no_provider", True)


def test_in_development_nothing_leaves(settings: Settings) -> None:
    settings.DEV_MAILBOX = True
    assert {provider_of(kind) for kind in ChannelKind} == {"mailbox"}
    assert texts_can_leave()


def test_the_console_shows_text_messages(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEV_MAILBOX, settings.EMAIL_BACKEND = False, "django.core.mail.backends.console.EmailBackend"
    assert open_channel().send(text()).verdict is Verdict.SENT
    assert "Text message to +447700900123\n\nYou" in capsys.readouterr().out
