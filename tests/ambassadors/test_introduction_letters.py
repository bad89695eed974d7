"""What is written to the two of an introduction, by which way, and to whom nothing is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from ambassadors.letters.words import TO_AMBASSADOR, TO_ENQUIRER, Words
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.actions import wishing
from enquiries.answers import Wished
from enquiries.models import Enquiry
from outbox.models import Message
from outbox.states import ChannelKind, Window
from outbox.texts import parts, plain, strange
from tests import factories
from tests.ambassadors.introducing import agreed, ask, mails, talk, waiting

SAID = {
    "answer_by": "Thursday 26 November",
    "when": "Thursday 26 November at 7pm",
    "how": "h",
    "name": "Anna",
    "wait": "",
}
LINK = "https://hub.example.org/ambassadors/enter/" + "x" * 43 + "/"


@pytest.mark.parametrize("words", [*TO_AMBASSADOR.values(), *TO_ENQUIRER.values()], ids=lambda each: each.subject)
def test_every_letter_can_be_filled_and_fits(words: Words) -> None:
    for text in (words.subject, *words.paragraphs, words.text):
        assert "{" not in text.format(**SAID)
    text = plain(f"{words.text.format(**SAID)} {LINK}")
    assert strange(text) == []
    assert parts(text) <= 2


@pytest.mark.parametrize("words", TO_AMBASSADOR.values(), ids=lambda each: each.subject)
def test_no_letter_to_an_ambassador_has_a_place_for_a_name(words: Words) -> None:
    assert "{name}" not in f"{words.subject} {words.paragraphs} {words.text}"


def texts(council: Council) -> list[Message]:
    with as_council(council):
        return list(Message.objects.filter(channel=ChannelKind.SMS, kind__startswith="introduction_"))


@pytest.mark.django_db
def test_an_offer_comes_by_text_as_well_where_they_want_texts(kent: Council) -> None:
    ask(waiting(kent), factories.ambassador(kent, texts=True, phone="+447700900321"))
    ask(waiting(kent), factories.ambassador(kent, texts=False, phone="+447700900322"))
    [text] = texts(kent)
    assert (text.to_address, text.window) == ("+447700900321", Window.DAYTIME)
    assert "/ambassadors/enter/" in text.text
    assert mails(kent) == ["offered"] * 3


@pytest.mark.django_db
def test_whoever_has_no_email_is_told_by_text_where_they_allow_it(kent: Council) -> None:
    case = waiting(kent, email="", phone="+447700900123", text_ok=True)
    talk(ask(case, factories.ambassador(kent))).accept()
    [text] = texts(kent)
    assert text.to_address == case.phone
    assert text.text.startswith("Anna, who fosters, would like to talk to you.")
    assert "To stop: " in text.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told", [{"send_nothing": True}, {"quarantined": True}, {"to_confirm": True}, {"stopped_at": "now"}]
)
def test_nothing_goes_to_whoever_asked_for_silence(kent: Council, told: dict[str, object]) -> None:
    case = waiting(kent)
    made = ask(case, factories.ambassador(kent))
    fields = {name: hub_now() if value == "now" else value for name, value in told.items()}
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(**fields)
    talk(made).accept()
    assert mails(kent, to=case.email) == []


@pytest.mark.django_db
def test_whoever_stopped_us_and_wished_afterwards_is_told(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(stopped_at=hub_now())
    move_clock(hub_now() + timedelta(minutes=1))
    wishing.wish(case, Wished(), by=None)
    talk(ask(case, factories.ambassador(kent))).accept()
    assert mails(kent, to=case.email) == ["ready"]


@pytest.mark.django_db
def test_what_the_two_read(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    agreed(case, anna)
    with as_council(kent):
        written = {each.kind: each for each in Message.objects.filter(kind__startswith="introduction_")}
    offered, ready = written["introduction_offered"], written["introduction_ready"]
    assert offered.text.startswith("Hello Anna\n\nSomebody who thinks about fostering would like to talk")
    assert "/ambassadors/enter/" in offered.text
    assert ready.subject == "Anna would like to talk to you"
    assert "Your page:\nhttp" in ready.text
    assert (offered.to_staff, ready.subject_id) == (True, case.pk)
    assert "&" not in offered.text + ready.text
