"""Mail that reports about mail (RFC 3464), as servers write it."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest
from hypothesis import given, strategies
from pytest_django import Settings

from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from outbox.bounces import bounce_of, is_report
from outbox.receipts import ReportKind, Taken, take
from outbox.states import State
from tests.outbox.conftest import seen
from tests.outbox.test_hooks import left

OURS = UUID("0b0b0b0b-1c1c-4d4d-8e8e-2f2f2f2f2f2f")
REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.net (Mail Delivery System)
To: no-reply@hub.example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-Id: <20261122.1234@mail.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="LINE"

--LINE
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--LINE
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net
Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822; erin@example.org
Original-Recipient: rfc822;erin@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <erin@example.org>: no

--LINE
Content-Type: {kind}

From: no-reply@hub.example.org
To: erin@example.org
Message-ID: <{about}@hub.example.org>
Subject: We have your enquiry

--LINE--
"""


@pytest.fixture(autouse=True)
def domain(settings: Settings) -> None:
    settings.MAIL_DOMAIN = "hub.example.org"


def report(
    action: str = "failed", status: str = "5.1.1", about: object = OURS, kind: str = "message/rfc822"
) -> EmailMessage:
    text = REPORT.format(action=action, status=status, about=about, kind=kind)
    return message_from_bytes(text.replace("\n", "\r\n").encode(), EmailMessage, policy=default)


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", ReportKind.HARD_BOUNCE),
        ("Failed", "5.1.10", ReportKind.HARD_BOUNCE),
        ("failed", "5.2.2", ReportKind.SOFT_BOUNCE),
        ("failed", "5.7.1", ReportKind.SOFT_BOUNCE),
        ("failed", "4.4.1", ReportKind.SOFT_BOUNCE),
        ("failed", "", ReportKind.SOFT_BOUNCE),
        ("delayed", "4.4.1", ReportKind.DELAYED),
        ("delivered", "2.0.0", ReportKind.DELIVERED),
        ("relayed", "2.0.0", ReportKind.DELIVERED),
    ],
)
def test_a_report_says_what_became_of_which_message(action: str, status: str, kind: ReportKind) -> None:
    found = bounce_of(report(action, status))
    assert found is not None
    assert (found.message, found.kind, found.code) == (OURS, kind, status)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/global"])
def test_the_original_comes_whole_or_as_its_head(kind: str) -> None:
    found = bounce_of(report(kind=kind))
    assert found is not None and found.message == OURS


def test_a_complaint_comes_as_a_report_too() -> None:
    told = report().as_string().replace("message/delivery-status", "message/feedback-report")
    found = bounce_of(message_from_bytes(told.encode(), EmailMessage, policy=default))
    assert found is not None
    assert (found.message, found.kind) == (OURS, ReportKind.COMPLAINT)


@pytest.mark.parametrize("about", ["something-else", f"{OURS}@elsewhere.example", ""])
def test_a_report_about_anybody_elses_mail_is_not_ours_and_no_letter_either(about: str) -> None:
    assert bounce_of(report(about=about)) is None
    assert is_report(report(about=about))


def test_a_letter_is_no_report() -> None:
    letter = EmailMessage()
    letter["Subject"], letter["Message-ID"] = "Undelivered Mail Returned to Sender", f"<{OURS}@hub.example.org>"
    letter.set_content("Status: 5.1.1\nAction: failed")
    assert (bounce_of(letter), is_report(letter)) == (None, False)


def test_the_same_report_has_the_same_id_and_another_has_another() -> None:
    again, other = report(), report()
    other.replace_header("Message-Id", "<20261122.9999@mail.example.net>")
    ids = [found.report_id for mail in (report(), again, other) if (found := bounce_of(mail))]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.django_db
def test_a_bounce_by_mail_becomes_a_call(kent: Council) -> None:
    message = left(kent)
    found = bounce_of(report(about=message.pk))
    assert found is not None
    assert [take(found), take(found)] == [Taken.NOW, Taken.BEFORE]
    after = seen(kent, message)
    assert (after.state, after.receipt) == (State.SENT, "5.1.1")
    with as_council(kent):
        assert ToDo.objects.get().kind == ToDoKind.RING_INSTEAD


@given(strategies.binary(max_size=2000), strategies.integers(0, 1200))
def test_no_bytes_crash_it(noise: bytes, at: int) -> None:
    whole = report().as_bytes()
    for data in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        bounce_of(message_from_bytes(data, EmailMessage, policy=default))
