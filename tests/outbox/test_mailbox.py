"""The development mailbox shows what would have left, as it would have arrived."""

from datetime import timedelta

from django.test import Client

from councils.clock import hub_now
from councils.models import Council
from outbox.channels.development import KEPT
from outbox.sending import deliver_due
from outbox.states import ChannelKind, State
from tests.outbox.conftest import put, seen


def test_in_development_sending_keeps_the_message(kent: Council) -> None:
    message = put(kent)
    assert deliver_due() == 1
    assert (seen(kent, message).state, seen(kent, message).smtp_reply) == (State.SENT, KEPT)


def test_it_lists_the_messages_of_all_councils_newest_first(client: Client, kent: Council, hampshire: Council) -> None:
    put(kent, subject="First")
    put(hampshire, subject="Second")
    page = client.get("/mailbox/").content.decode()
    assert "First" in page and "Second" in page
    assert "erin@example.org" in page


def test_it_can_be_narrowed_to_an_address(client: Client, kent: Council) -> None:
    put(kent, "1", subject="To Erin", to="erin@example.org")
    put(kent, "2", subject="To Max", to="max@example.org")
    page = client.get("/mailbox/", {"to": "max@"}).content.decode()
    assert "To Max" in page and "To Erin" not in page


def test_an_empty_mailbox_says_so(client: Client, kent: Council) -> None:
    assert "No message yet" in client.get("/mailbox/").content.decode()


def test_a_message_is_shown_with_headers_text_and_a_sandboxed_frame(client: Client, kent: Council) -> None:
    message = put(kent, text="See http://localhost:8000/status/abc")
    assert message is not None
    page = client.get(f"/mailbox/{message.pk}/").content.decode()
    assert message.message_id.strip("<>") in page
    assert '<a href="http://localhost:8000/status/abc"' in page
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page


def test_the_frame_may_run_nothing_and_only_we_may_show_it(client: Client, kent: Council) -> None:
    message = put(kent, html="<html><head></head><body><p>Hello</p></body></html>")
    assert message is not None
    response = client.get(f"/mailbox/{message.pk}/html/")
    assert response.content.decode().startswith('<html><head><base target="_top">')
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy and "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_message_without_html_has_no_frame(client: Client, kent: Council) -> None:
    message = put(kent, html="")
    assert message is not None
    assert "<iframe" not in client.get(f"/mailbox/{message.pk}/").content.decode()
    assert client.get(f"/mailbox/{message.pk}/html/").status_code == 404


def test_a_malformed_address_is_shown_too(client: Client, kent: Council) -> None:
    message = put(kent, to="nonsense", expires_at=hub_now() + timedelta(hours=1))
    assert message is not None
    assert "The address does not work" in client.get(f"/mailbox/{message.pk}/").content.decode()


def test_a_text_message_is_shown_with_its_number_and_words(client: Client, kent: Council) -> None:
    message = put(kent, channel=ChannelKind.SMS, to="+447700900123", subject="", text="We rang you", html="")
    assert message is not None
    for page in (client.get("/mailbox/"), client.get(f"/mailbox/{message.pk}/")):
        assert "Text message" in page.content.decode()
        assert "+447700900123" in page.content.decode()
    assert "We rang you" in page.content.decode()
    assert "Headers" not in page.content.decode()
