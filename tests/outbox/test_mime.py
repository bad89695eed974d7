"""The bytes of a mail, read back by the standard library's parser."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.mime import Attached, compose

LINES = st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])), min_size=1)
SUBJECTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=300)


def composed(**given: str | Attached) -> bytes:
    values = {"sender": "Hub <no-reply@example.org>", "to": "erin@example.org", "subject": "Hello", "text": "Hello"}
    return compose(message_id="<one@example.org>", date=datetime(2026, 11, 22, 9, 30, tzinfo=UTC), **values | given)  # type: ignore[arg-type]  # all texts


def read(mime: bytes) -> EmailMessage:
    return message_from_bytes(mime, EmailMessage, policy=policy.default)


def body(mime: bytes, kind: str) -> str:
    part = read(mime).get_body((kind,))
    assert part is not None
    return str(part.get_content())


@given(LINES, LINES)
def test_what_was_written_is_what_is_read(text: list[str], html: list[str]) -> None:
    mime = composed(text="\n".join(text), html="\n".join(["<p>", *html]))
    assert body(mime, "plain").splitlines() == "\n".join(text).splitlines()
    assert body(mime, "html").splitlines() == "\n".join(["<p>", *html]).splitlines()


@given(SUBJECTS)
def test_any_subject_arrives_and_stays_ascii_on_the_wire(subject: str) -> None:
    mime = composed(subject=subject)
    assert mime.isascii()
    assert read(mime)["Subject"] == subject


@given(LINES)
def test_no_line_is_longer_than_smtp_carries(text: list[str]) -> None:
    assert max(len(line) for line in composed(text="\n".join(text), html="<p>").split(b"\r\n")) <= 998


@pytest.mark.parametrize("html", ["", "<p>Hello</p>"])
def test_a_file_goes_with_the_mail_and_is_read_back_byte_for_byte(html: str) -> None:
    file = Attached("event.ics", "text/calendar; charset=utf-8", "Café\r\n".encode() * 99)
    mail = read(composed(html=html, attached=file))
    (found,) = mail.iter_attachments()
    assert (found.get_filename(), found.get_content_type()) == ("event.ics", "text/calendar")
    assert found.get_payload(decode=True) == file.content
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().strip() == "Hello"


def test_the_headers_of_every_mail() -> None:
    mail = read(composed())
    assert mail["From"] == "Hub <no-reply@example.org>"
    assert mail["To"] == "erin@example.org"
    assert mail["Date"] == "Sun, 22 Nov 2026 09:30:00 +0000"
    assert mail["Message-ID"] == "<one@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_name_with_accents_and_commas_is_still_one_sender() -> None:
    mail = read(composed(sender='"Fostering, Séan" <no-reply@example.org>'))
    (sender,) = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Fostering, Séan", "no-reply@example.org")


@pytest.mark.parametrize("broken", ["a\nBcc: x@example.org", "a\r\nBcc: x@example.org", "a\rb", "a\x00b"])
def test_a_header_that_does_not_stay_on_its_line_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="line"):
        composed(subject=broken)


def test_only_crlf_ends_a_line() -> None:
    mime = composed(text="one\ntwo\r\nthree", html="<p>\n</p>")
    assert b"\n" not in mime.replace(b"\r\n", b"")
    assert b"\r" not in mime.replace(b"\r\n", b"")


def test_what_a_person_wrote_says_so() -> None:
    assert read(composed(by_person=True))["Auto-Submitted"] == "no"  # type: ignore[arg-type]  # no text
