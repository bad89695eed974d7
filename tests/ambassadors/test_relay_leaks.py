"""Whatever a mail looks like, what is passed on tells nobody the other's address."""

import base64
import html
import re
import uuid
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambassadors.models import Introduction
from ambassadors.relay import Side
from ambassadors.relay.removing import REMOVED, by_first_name, without_contacts, without_signature
from councils.models import Council
from councils.tenancy import as_council
from enquiries.incoming_states import Came
from outbox.models import Message
from tests.ambassadors.relaying import Conversation, agreed, everything_in

ERIN, ANNA = "erin.o'neil+foster@example.org", "anna_b@kent.example.org"
ONE_MAIL = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

AS_ADDRESSES = [ERIN, ANNA, ERIN.upper(), ANNA.title(), f"<{ERIN}>", f"mailto:{ANNA}", f'"Erin" <{ERIN}>', f"({ANNA})"]
HIDDEN = [
    f"{ERIN[:4]}\u200b{ERIN[4:]}",
    f"{ANNA[:3]}\u00ad{ANNA[3:]}",
    ERIN.replace("@", "＠"),
    ANNA.replace("@", " (at) "),
]
BESIDE = [
    f"{ERIN},{ANNA};{ERIN}",
    f"{ERIN}{ANNA}",
    f"x{ERIN}y",
    f"{ERIN}.",
    f"> {ANNA} wrote:",
    f"On Monday {ERIN} wrote:",
]
NUMBERS = ["07700 900123", "+44 7700 900 123", "(07700) 900-123"]
WRITTEN = st.sampled_from([*AS_ADDRESSES, *HIDDEN, *BESIDE, *NUMBERS])
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
TEXTS = st.lists(st.one_of(WRITTEN, WORDS), min_size=1, max_size=8).map(lambda pieces: f"Hello {' '.join(pieces)}")
HEADERS = st.dictionaries(
    st.sampled_from(["Subject", "Cc", "X-Sender", "Return-Path", "Received", "References", "Organization", "Date"]),
    st.one_of(WRITTEN, WORDS).map(lambda text: "".join(letter for letter in text if letter.isprintable())[:60]),
)
NAMES = st.sampled_from(["Erin", ERIN, "Erin Example", "", 'é"<x>', f"Anna {ANNA}"])


@dataclass(frozen=True)
class Drawn:
    """A mail: plain, in HTML, or both; with a file or none."""

    text: str
    quoted: str
    headers: dict[str, str]
    how: str
    with_file: bool

    def sent_by(self, address: str) -> bytes:
        mail = EmailMessage()
        page = f"<p>{html.escape(self.text)}</p><blockquote>{html.escape(self.quoted)}</blockquote>"
        if self.how == "html":
            mail.set_content(page, subtype="html")
        else:
            mail.set_content(self.text, cte="base64" if self.how == "base64" else "quoted-printable")
        if self.how == "both":
            mail.add_alternative(page, subtype="html")
        if self.with_file:
            mail.add_attachment(f"{ERIN} {ANNA}".encode(), maintype="text", subtype="vcard", filename=f"{ERIN}.vcf")
        head = {"From": f"{ANNA} <{address}>", "Message-ID": f"<{uuid.uuid4().hex}@example.org>"} | self.headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return lines.encode() + mail.as_bytes()


MAILS = st.builds(
    Drawn,
    text=TEXTS,
    quoted=TEXTS,
    headers=HEADERS,
    how=st.sampled_from(["plain", "html", "both", "base64"]),
    with_file=st.booleans(),
)


def squeezed(text: str) -> str:
    """As a machine that looks for addresses would read it."""
    return re.sub(r"[\u200b\u00ad]", "", text).replace("＠", "@").casefold()


def known(talk: Conversation, name: str) -> Conversation:
    """Under addresses and names that are as unlikely as may be."""
    with as_council(talk.case.council_id):
        type(talk.case).objects.filter(pk=talk.case.pk).update(email=ERIN, name=f"{name} Longname")
        type(talk.ambassador).objects.filter(pk=talk.ambassador.pk).update(email=ANNA)
        Introduction.objects.filter(pk=talk.introduction.pk).update(shared_name=name[:60], ambassador_name=name[:60])
        Message.objects.filter(subject_id=talk.introduction.pk).update(
            text="", mime=b"", created_at="2026-01-01T00:00Z"
        )
    return talk


@pytest.fixture
def talk(kent: Council) -> Conversation:
    return agreed(kent)


@ONE_MAIL
@given(mail=MAILS, name=NAMES, writer=st.sampled_from(list(Side)))
def test_no_mail_tells_either_address(talk: Conversation, mail: Drawn, name: str, writer: Side) -> None:
    own = ERIN if writer is Side.ENQUIRER else ANNA
    known(talk, name)
    before = {message.pk for message in talk.messages("relay", "relay_told")}
    came = talk.sends(writer, mail.sent_by(own))
    assert came is Came.RELAYED
    new = [message for message in talk.messages("relay", "relay_told") if message.pk not in before]
    assert len({message.to_address for message in new if message.kind == "relay"} - {ERIN, ANNA}) == 0
    for message in new:
        seen = squeezed(everything_in(message))
        decoded = seen + squeezed(bytes(message.mime).decode("ascii").replace(f"To: {message.to_address}", ""))
        assert not [address for address in (ERIN, ANNA) if address in decoded], message.text
        assert not re.search(r"7700\W{0,3}900", seen) and ".vcf" not in seen
        assert base64.b64encode(ERIN.encode())[:20] not in bytes(message.mime)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.one_of(WRITTEN, WORDS), max_size=12), glue=st.sampled_from(["", " ", "\n", ",", "@", "."]))
def test_no_text_keeps_either_address_however_it_is_put_together(pieces: list[str], glue: str) -> None:
    left = squeezed(without_contacts(glue.join(pieces), addresses=(ERIN, ANNA), numbers=("+447700900123",)))
    assert not [address for address in (ERIN, ANNA) if address in left]


@settings(max_examples=200, deadline=None)
@given(text=WORDS)
def test_what_tells_nothing_stays_as_it_was(text: str) -> None:
    told = re.sub(r"[@\d]|\bat\b", "", text)
    kept = without_contacts(told)
    assert kept == told or "@" in squeezed(told) or (REMOVED in kept and any(letter.isdecimal() for letter in told))


@pytest.mark.parametrize(
    "text",
    [
        "See you on 07/11/2026 at 10:30, or 01.12.2026 14:30.",
        "We live near SO23 8UJ and have 3 children, 4, 11 and 15.",
        "See you at 10:00 17/11/2026, or 10.00, 17 11 2026 at the latest. There are 5+3 of us.",
        "We are free on\n07/11/2026\n17/11/2026 10:30\nor at 10\n11\n12\n1\n2 or 3.",
        "It costs £1,234,567.00, and 1234567 is my reference: KEN-4K7X-9T6.",
        "Call 999 if somebody is in danger.",
        "@anna is what they call me",
    ],
)
def test_days_prices_and_postcodes_stay(text: str) -> None:
    assert without_contacts(text) == text


@pytest.mark.parametrize(
    "number",
    [
        *("07700 900123", "+44 7700 900 123", "+44 (0)7700 900123", "00447700900123", "44 7700 900123", "7700900123"),
        *(
            "07700.900.123",
            "07700/900123",
            "0 7 7 0 0 9 0 0 1 2 3",
            "０７７００９００１２３",
            "(020) 7946 0000",
            "01632-960-001",
        ),
        *("٠٧٧٠٠٩٠٠١٢٣", "tel:07700900123", "07700\n900123", "07700 \n900123"),
        *("+48 519 345 678", "0033 6 19 34 56 78", "+1 (555) 010-0199", "+353 85 019 3456", "+971501294567"),
    ],
)
def test_every_way_to_write_a_number_is_removed(number: str) -> None:
    assert REMOVED in without_contacts(f"Ring {number}, please.") and "9" not in without_contacts(f"Ring {number}.")


def test_a_number_from_abroad_is_removed_where_we_know_it() -> None:
    told = without_contacts("Ring +48 600 100 200 or 600100200.", numbers=("+48600100200",))
    assert told == f"Ring {REMOVED} or {REMOVED}."


def test_a_name_alone_is_no_whole_name() -> None:
    assert by_first_name("Erin is here", name="Erin", first="Erin") == "Erin is here"
    assert by_first_name("erin  EXAMPLE is here", name="Erin Example", first="Erin") == "Erin is here"
    assert by_first_name("Erin Examples", name="Erin Example", first="Erin") == "Erin Examples"


def test_what_stands_below_two_dashes_is_no_part_of_it() -> None:
    assert without_signature("Yes.\n--\nErin, 12 High Street") == "Yes."
    assert without_signature("Yes -- of course.\n- - -\nNo.") == "Yes -- of course.\n- - -\nNo."
