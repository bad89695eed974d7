"""Mail that comes in is read: whatever the bytes, without a crash, and with what the person wrote."""

import uuid
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from outbox.incoming import MOST_PARTS, Incoming, parse
from outbox.incoming_text import LONGEST, clean, from_html, reply_in

QUOTED = "On Mon, 2 Nov 2026 at 10:00, Kent Fostering <kent@hub.example.org> wrote:\n> When may we ring?\n> Kent\n"


def mail(text: str = "Ring me after five.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    values = {"From": "Erin Example <erin@example.org>", "Subject": "Re: Your enquiry", "Message-ID": "<1@example.org>"}
    for name, value in (values | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            made[name] = value
    made.set_content(text)
    return made


def read(made: EmailMessage, **options: str) -> Incoming:
    return parse(made.as_bytes(), **options)


def test_it_reads_who_wrote_what() -> None:
    found = read(mail())
    assert (found.name, found.sender) == ("Erin Example", "erin@example.org")
    assert (found.subject, found.text, found.message_id) == (
        "Re: Your enquiry",
        "Ring me after five.",
        "<1@example.org>",
    )
    assert not (found.automatic or found.files or found.is_ours or found.report)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Yes, please.\n\n{QUOTED}", "Yes, please."),
        (
            "Yes, please.\n\nFrom: Kent <a@b.org>\nSent: Monday\nTo: Erin\nSubject: Hello\n\nWhen may we ring?",
            "Yes, please.",
        ),
        (f"{QUOTED}\nAfter five.", f"{QUOTED}\nAfter five."),
        (f"Hello\n\n{QUOTED}After five.\n> Text?\nNo.", f"Hello\n\n{QUOTED}After five.\n> Text?\nNo."),
        (QUOTED.strip(), QUOTED.strip()),
        ("  An indented letter\n\nwith no quotation", "An indented letter\n\nwith no quotation"),
    ],
    ids=["above", "Outlook", "below", "between the lines", "nothing new", "no quotation"],
)
def test_what_they_quote_is_left_out_but_nothing_that_they_wrote(text: str, kept: str) -> None:
    assert read(mail(text)).text == kept


def test_a_long_letter_keeps_its_end() -> None:
    letter = "\n".join(f"  line {number}" for number in range(1000))
    assert reply_in(letter).endswith("line 999")


def test_a_mail_in_html_alone_is_read_as_text() -> None:
    made = EmailMessage()
    made["From"] = "erin@example.org"
    made.set_content(
        "<html><head><title>T</title><style>p{}</style></head><body><p>Fish &amp; <b>chips</b> &lt;3</p>"
        "<script>alert(1)</script><div>Erin</div><blockquote>When?</blockquote></body></html>",
        subtype="html",
    )
    assert read(made).text == "Fish & chips <3\n\nErin\n\n> When?"


def test_the_plain_part_is_preferred_and_attachments_are_counted() -> None:
    made = mail("Plain")
    made.add_alternative("<p>Rich</p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment("notes", filename="a.txt")
    made.add_attachment(mail("Inner"))
    found = read(made)
    assert (found.text, found.files) == ("Plain", 3)


def test_a_form_on_a_website_names_the_person_in_reply_to() -> None:
    found = read(mail(From="Website <web@example.org>", Reply_To="Max <max@example.net>"))
    assert (found.name, found.sender) == ("Max", "max@example.net")
    assert read(mail(Reply_To="nonsense")).sender == "erin@example.org"


def test_without_an_address_the_envelopes_is_taken_and_without_both_there_is_none() -> None:
    assert read(mail(From=""), envelope_sender="erin@example.net").sender == "erin@example.net"
    assert read(mail(From="")).sender == ""


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({"Auto-Submitted": "auto-replied (vacation)"}, True),
        ({"Auto-Submitted": "no"}, False),
        ({"Precedence": "Bulk"}, True),
        ({"X-Autoreply": "yes"}, True),
        ({}, False),
    ],
)
def test_what_a_program_wrote_is_known(headers: dict[str, str], automatic: bool) -> None:
    made = mail()
    for name, value in headers.items():
        made[name] = value
    assert read(made).automatic is automatic


def test_an_empty_envelope_sender_is_a_programs() -> None:
    assert read(mail(), envelope_sender="<>").automatic
    assert not read(mail(), envelope_sender="erin@example.org").automatic


def test_our_own_mail_and_what_answers_it_are_known(settings: Settings) -> None:
    settings.MAIL_DOMAIN = "hub.example.org"
    ours = uuid.uuid4()
    assert read(mail(Message_ID=f"<{ours}@hub.example.org>")).is_ours
    answer = read(mail(In_Reply_To=f"<{ours}@hub.example.org>", References="<x@y.org>"))
    assert answer.answers == (ours,) and not answer.is_ours


def test_a_mail_without_a_message_id_has_the_same_one_each_time() -> None:
    bare = mail(Message_ID="")
    assert read(bare).message_id == read(bare).message_id
    assert read(bare).message_id != read(mail("Other", Message_ID="")).message_id
    long = mail(Message_ID=f"<{'x' * 400}@example.org>")
    assert read(long).message_id.startswith("sha256:")


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("iso-8859-1", "café".encode("latin-1"), "café"),
        ("utf-8", "café".encode("latin-1"), "café"),
        ("no-such-charset", "café".encode(), "café"),
        ("punycode", "café".encode(), "café"),
        ("hex", b"abc", "abc"),
        ("utf-8", b"a\0b\x07c\x1b[1md", "abc[1md"),
    ],
)
def test_broken_characters_are_read_as_well_as_can_be(charset: str, body: bytes, text: str) -> None:
    head = f"From: erin@example.org\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode()
    assert parse(head + body).text == text


def test_text_does_not_change_its_direction_and_is_bounded() -> None:
    assert clean("a\u202eb\u2066c") == "abc"
    assert len(parse(b"From: a@example.org\r\n\r\n" + b"word " * 1_000_000).text) <= LONGEST


def test_parts_within_parts_end_somewhere() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000))
    assert parse(b"From: erin@example.org\r\n" + deep).sender == "erin@example.org"
    wide = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\nContent-Type: image/png\r\n\r\n\r\n" * 1000
    assert parse(wide).files == MOST_PARTS - 1


@pytest.mark.parametrize(
    "header",
    [
        b"From: " + b"(" * 1900,
        b"From: \xff\xfe\x00",
        b"From: =?utf-8?b?!!!!?= <erin@example.org>",
        b"Subject: =?no-such?q?caf=E9?=",
        b"Message-ID: <@example.org>",
        b"Content-Type: text/plain; charset*=x''%ff",
        b"Content-Transfer-Encoding: base64\r\nContent-Type: text/plain",
        b"Content-Disposition: \xff",
    ],
)
def test_broken_headers_are_survived(header: bytes) -> None:
    found = parse(header + b"\r\n\r\n\xff\xfe not base64 \x00")
    stored = f"{found.name}{found.sender}{found.subject}{found.text}{found.message_id}"
    assert "\0" not in stored and stored.encode()


_PIECES = st.sampled_from(
    [
        b"From: Erin <erin@example.org>\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
        b"Content-Type: message/delivery-status\r\n",
        b"Content-Type: text/html; charset=utf-7\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: quoted-printable\r\n",
        b"Content-Transfer-Encoding: x-uuencode\r\n",
        b"Content-Disposition: attachment; filename*0*=utf-8''%ff\r\n",
        b"Message-ID: <",
        b"Subject: =?utf-8?q?=FF?=\r\n",
        b"begin 644 x\r\n",
        b"\r\n\r\n--b\r\n",
        b"--b--",
        b"<blockquote><p>",
        b"On Monday Kent wrote:\n> ",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.binary(max_size=40)), max_size=20).map(b"".join))
def test_no_bytes_crash_it(raw: bytes) -> None:
    found = parse(raw)
    for text in (found.name, found.sender, found.subject, found.text, found.message_id):
        assert "\0" not in text and text.encode() is not None
    assert found.message_id and len(found.message_id) <= 200 and len(found.subject) <= 300


@given(st.text())
def test_no_page_crashes_it(page: str) -> None:
    assert "\0" not in from_html(page)
