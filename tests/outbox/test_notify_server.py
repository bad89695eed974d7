"""The tests' GOV.UK Notify answers as the real one: the official client understands it, and it keeps what is published.

The names stand in the published description of the interface (openapi/ of alphagov/notifications-tech-docs) and in the
schemas by which the client's own integration tests judge the real server. Tokens are checked by the official package.
"""

import uuid
from collections.abc import Iterator

import pytest
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from tests.outbox.notify_server import KEY, SECRET, SERVICE, Notify, Plan, running

TEMPLATE = "33333333-4444-4555-8666-777777777777"
CREATED = {"id", "reference", "content", "uri", "template"}
OF_TEMPLATE = {"id", "version", "uri"}
LISTED = {
    *("id", "reference", "email_address", "phone_number", "type", "status", "template", "body"),
    *("line_1", "line_2", "line_3", "line_4", "line_5", "line_6", "postcode"),
    *("subject", "created_at", "sent_at", "completed_at"),
}


@pytest.fixture
def notify() -> Iterator[Notify]:
    with running() as server:
        yield server


@pytest.fixture
def client(notify: Notify) -> NotificationsAPIClient:
    return NotificationsAPIClient(KEY, notify.url, 5)


def test_an_email_is_created(client: NotificationsAPIClient) -> None:
    answer = client.send_email_notification("erin@example.org", TEMPLATE, {"subject": "Hello", "body": "You"}, "one")
    assert answer.keys() >= CREATED
    assert answer["template"].keys() == OF_TEMPLATE
    assert answer["content"].keys() == {"body", "subject", "from_email"}
    assert (answer["reference"], answer["content"]["subject"]) == ("one", "Hello")
    assert uuid.UUID(answer["id"])


def test_a_text_message_is_created(client: NotificationsAPIClient) -> None:
    answer = client.send_sms_notification("+447700900123", TEMPLATE, {"body": "Hello"}, "two")
    assert answer.keys() >= CREATED
    assert answer["content"].keys() == {"body", "from_number"}


def test_what_was_taken_is_found_by_its_reference(client: NotificationsAPIClient) -> None:
    client.send_sms_notification("+447700900123", TEMPLATE, {"body": "Hello"}, "mine")
    client.send_sms_notification("+447700900123", TEMPLATE, {"body": "Hello"}, "other")
    answer = client.get_all_notifications(reference="mine")
    assert answer.keys() == {"notifications", "links"}
    assert [each.keys() for each in answer["notifications"]] == [LISTED]
    assert "current" in answer["links"]
    assert client.get_all_notifications(reference="nobody's")["notifications"] == []


@pytest.mark.parametrize(
    "key",
    [
        f"tests-{SERVICE}-{TEMPLATE}",  # another secret
        f"tests-{TEMPLATE}-{SECRET}",  # another service
    ],
)
def test_a_token_of_another_key_is_refused(notify: Notify, key: str) -> None:
    with pytest.raises(HTTPError) as refusal:
        NotificationsAPIClient(key, notify.url, 5).get_all_notifications()
    assert refusal.value.status_code == 403
    assert refusal.value.message == [{"error": "AuthError", "message": "Invalid token: API key not found"}]


@pytest.mark.parametrize(("address", "template"), [("nobody", TEMPLATE), ("erin@example.org", "a name")])
def test_what_the_schema_forbids_is_refused(client: NotificationsAPIClient, address: str, template: str) -> None:
    with pytest.raises(HTTPError) as refusal:
        client.send_email_notification(address, template, {}, "one")
    assert refusal.value.status_code == 400
    assert [each["error"] for each in refusal.value.message if isinstance(each, dict)] == ["ValidationError"]


def test_errors_have_the_published_shape(client: NotificationsAPIClient, notify: Notify) -> None:
    notify.then(Plan(429, "RateLimitError"))
    with pytest.raises(HTTPError) as refusal:
        client.get_all_notifications()
    assert refusal.value.response is not None
    assert refusal.value.response.json().keys() == {"status_code", "errors"}
