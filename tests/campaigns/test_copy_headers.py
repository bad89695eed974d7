"""A copy of an email to many, as a real server got it: the envelope, every header, both parts."""

import re
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from pytest_django import Settings

from campaigns.models import Look, Recipient, Subscriber
from campaigns.news.links import choices_url, open_news_door, stop_url
from councils.doors import find_door
from councils.models import Council
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from tests.campaigns import sending
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]
ADDRESS, OURS, ANSWERS = "sam@example.org", "news@hub.example.org", "hi@example.org"
FETCHES = re.compile(r"<(img|link|script|iframe|object|video|audio)\b|url\(|@import|\b(src|background)=", re.I)


@pytest.fixture
def sam(kent: Council, receiver: Receiver, settings: Settings, move_clock: Callable[[datetime], None]) -> Subscriber:
    """Has got one."""
    move_clock(sending.BY_DAY)
    settings.DEFAULT_FROM_EMAIL = OURS
    sam = sending.subscriber(kent, ADDRESS, "Sam")
    mailing = sending.running(kent, 0, sam, subject="Café, {first_name|friend}?", preheader="Thursday at seven")
    Look.objects.filter(council=kent).update(sender="Fostering, für dich", reply_to=ANSWERS)
    open_news_door(sam)
    assert sending.all_sent(mailing) == 1
    return sam


def arrived(receiver: Receiver) -> EmailMessage:
    (mime,) = receiver.stored
    return message_from_bytes(mime, EmailMessage, policy=policy.default)


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_a_copy_has_these_headers_and_no_other(sam: Subscriber, receiver: Receiver) -> None:
    """No `Precedence`: programs that answer by themselves keep quiet at Auto-Submitted and at any List- header
    (RFC 3834, 2)."""
    mail = arrived(receiver)
    with as_council(sam.council_id):
        key = Recipient.objects.get(subscriber_key=sam.pk).message_key
    headers = [(name, str(value)) for name, value in mail.items()]
    assert headers[:-1] == [
        ("From", '"Fostering, für dich" <news@hub.example.org>'),
        ("To", ADDRESS),
        ("Subject", "Café, Sam?"),
        ("Date", "Wed, 03 Mar 2027 11:00:00 +0000"),
        ("Message-ID", f"<{key}@hub.example.org>"),
        ("Auto-Submitted", "auto-generated"),
        ("Reply-To", ANSWERS),
        ("List-Unsubscribe", f"<{stop_url(sam)}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("MIME-Version", "1.0"),
    ]
    assert headers[-1][0] == "Content-Type"
    assert receiver.envelopes == [(OURS, [ADDRESS])]
    assert parseaddr(headers[0][1])[1] == OURS, "who signs for our domain vouches for who is shown (DMARC)"


def test_what_a_signature_covers_reaches_the_server_as_it_was_written(sam: Subscriber, receiver: Receiver) -> None:
    """RFC 8058 wants both headers under a DKIM signature, which the mail server adds: short lines of ASCII, no fold."""
    head, _, body = receiver.stored[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert f"List-Unsubscribe: <{stop_url(sam)}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert head.isascii() and body.isascii()
    assert max(len(line) for line in (*lines, *body.split(b"\r\n"))) <= 200
    assert b"\n" not in receiver.stored[0].replace(b"\r\n", b"")


def test_both_parts_lead_out_and_opening_one_tells_nobody(sam: Subscriber, receiver: Receiver) -> None:
    mail = arrived(receiver)
    text, html = part(mail, "plain"), part(mail, "html")
    kinds = [each.get_content_type() for each in mail.iter_parts()]
    assert (mail.get_content_type(), kinds) == ("multipart/alternative", ["text/plain", "text/html"])
    for shown in (text, html):
        assert "Hello Sam" in shown and stop_url(sam) in shown and choices_url(sam) in shown
    assert FETCHES.search(html) is None
    assert FETCHES.search('<td background="//x">') and FETCHES.search("<img height=1>")
    door = find_door(stop_url(sam).rstrip("/").rpartition("/")[2], DoorPurpose.NEWS)
    assert door is not None and door.subject_id == sam.pk
    assert ADDRESS not in text + html and str(sam.pk) not in text + html
