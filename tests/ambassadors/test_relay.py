"""An enquirer and an ambassador write to each other, and neither learns the other's address."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.test import Client

from ambassadors.actions import answering, meeting
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.models import Introduction
from ambassadors.pairs import pair_at, where_of_introduction
from ambassadors.relay import Side, close_relay, open_relay
from ambassadors.shared import seen_by_ambassador, seen_by_enquirer
from ambassadors.states import TalkBy
from councils.clock import hub_now
from councils.models import Council, Door, Event, ToDo, User
from councils.models.doors import DoorPurpose
from councils.tenancy import across, as_council
from enquiries.incoming_states import Came
from enquiries.models import ContactAttempt, Enquiry, Reply
from outbox.models import Message
from outbox.suppressions import suppress_address_of
from tests import factories
from tests.ambassadors.introducing import ask, waiting
from tests.ambassadors.relaying import Conversation, agreed, bodies, everything_in, mail_of
from tests.conftest import Cast
from tests.enquiries.test_incoming import arrives, raw

BOTH = pytest.mark.parametrize("writer", list(Side))

ENQUIRER, AMBASSADOR = Side.ENQUIRER, Side.AMBASSADOR


def test_each_reads_what_the_other_wrote_and_can_answer(kent: Council) -> None:
    talk = agreed(kent)
    assert talk.writes(ENQUIRER, "Is there a bedtime?") == Came.RELAYED
    first = mail_of(talk.last())
    assert first["To"] == talk.ambassador.email and "Is there a bedtime?" in talk.last().text
    assert talk.address(AMBASSADOR) in first["Reply-To"] and "Erin, through" in first["From"]
    assert talk.sends(AMBASSADOR, raw("Always.", f"Anna <{talk.ambassador.email}>")) == Came.RELAYED
    second = mail_of(talk.last(AMBASSADOR))
    assert second["To"] == talk.case.email and talk.address(ENQUIRER) in second["Reply-To"]
    assert "Anna, through" in second["From"] and "Always." in talk.last(AMBASSADOR).text


def test_across_a_border_too(kent: Council, hampshire: Council) -> None:
    talk = agreed(kent, hampshire)
    assert talk.writes(ENQUIRER) == Came.RELAYED and talk.writes(AMBASSADOR) == Came.RELAYED
    assert {message.to_address for message in talk.messages()} == {talk.case.email, talk.ambassador.email}
    with as_council(hampshire):
        assert not Message.objects.filter(council=hampshire, kind="relay").exists(), "they lie with the case"
        assert Event.objects.filter(council=hampshire, verb="introduction.mail_passed_on").count() == 2


@BOTH
def test_neither_address_nor_a_header_of_theirs_goes_along(kent: Council, writer: Side) -> None:
    talk = agreed(kent)
    talk.writes(writer, "Hello", X_Originating_IP="203.0.113.7", X_Mailer="Phone of Erin", Subject="From me@home")
    seen, own = everything_in(talk.last(writer)), mail_of(talk.last(writer))
    assert not [word for word in (talk.case.email, talk.ambassador.email) if word in seen.casefold()]
    assert not [word for word in ("203.0.113.7", "Phone of Erin", "me@home") if word in seen]
    assert own["Message-ID"] == talk.last(writer).message_id and own["Auto-Submitted"] == "no"


@BOTH
def test_addresses_and_numbers_in_the_text_are_removed(kent: Council, writer: Side) -> None:
    talk = agreed(kent)
    both = f"{talk.case.email.upper()} or {talk.ambassador.email}"
    talk.writes(writer, f"I am {both}, ring 07700 900 123 or +44 (0)1622 123456.")
    for body in bodies(mail_of(talk.last(writer))):
        assert body.count("[removed]") == 4 and "07700" not in body and "1622" not in body


def test_a_whole_name_becomes_the_first_name(kent: Council) -> None:
    talk = agreed(kent)
    talk.writes(ENQUIRER, "See you.\n\nerin  EXAMPLE\n")
    assert "example" not in talk.last().text.casefold().replace("example.org", "") and "Erin" in talk.last().text


def test_what_they_quote_and_their_signature_stay_behind(kent: Council) -> None:
    talk = agreed(kent)
    talk.writes(ENQUIRER, "Yes.\n\nOn Mon, 16 Nov 2026, Anna wrote:\n> Old words\n")
    talk.writes(ENQUIRER, "No.\n-- \nErin, 12 High Street\n")
    assert not [each for each in talk.messages() if "Old words" in each.text or "High Street" in each.text]


def test_the_first_mail_to_each_explains_and_the_next_does_not(kent: Council) -> None:
    talk = agreed(kent)
    for writer in (ENQUIRER, ENQUIRER, AMBASSADOR, AMBASSADOR):
        talk.writes(writer)
    explained = [message.to_staff for message in talk.messages() if "do not see each other" in message.text]
    assert sorted(explained) == [False, True] and len(talk.messages()) == 4


def test_attachments_are_not_passed_on_and_both_are_told(kent: Council) -> None:
    talk, mail = agreed(kent), EmailMessage()
    mail["From"], mail["Message-ID"] = talk.case.email, "<2@example.net>"
    mail.set_content("A picture of our house.")
    mail.add_attachment(b"JPEG of a house", maintype="image", subtype="jpeg", filename="12-high-street.jpg")
    assert talk.sends(ENQUIRER, mail.as_bytes()) == Came.RELAYED
    assert "1 attachment could not be passed on" in talk.last().text
    assert b"high-street" not in bytes(talk.last().mime) and len(list(mail_of(talk.last()).iter_attachments())) == 0
    assert "not what you attached" in talk.told()[0]


def test_a_mail_without_text_is_not_passed_on(kent: Council) -> None:
    talk = agreed(kent)
    assert talk.writes(ENQUIRER, " ") == Came.RELAYED
    assert talk.messages() == [] and "We found no text" in talk.told()[0]


# Who may write


@BOTH
def test_another_sender_is_kept_from_going_on_and_the_one_we_know_is_told(kent: Council, writer: Side) -> None:
    talk = agreed(kent)
    assert talk.writes(writer, sender="stranger@example.net") == Came.RELAYED
    assert talk.messages() == []
    (told,) = talk.messages("relay_told")
    own = talk.case.email if writer is ENQUIRER else talk.ambassador.email
    assert told.to_address == own and "another email address" in told.text
    assert "stranger" not in told.text and "Hello" not in told.text


def test_a_mail_that_names_no_sender_is_nobodys(kent: Council) -> None:
    talk = agreed(kent)
    assert talk.sends(ENQUIRER, raw("Hello", sender="")) == Came.RELAYED
    assert talk.messages() == [] and "another email address" in talk.told()[0]


def test_the_other_side_cannot_write_in_ones_name(kent: Council) -> None:
    """Whoever learned both masked addresses would still have to be the one that each belongs to."""
    talk = agreed(kent)
    assert talk.writes(ENQUIRER, sender=talk.ambassador.email) == Came.RELAYED
    assert talk.messages() == []


@pytest.mark.parametrize("state", [State.STOPPED, State.SPOKE, State.ACCEPTED])
def test_only_who_has_agreed_writes_and_whoever_writes_later_is_told_kindly(kent: Council, state: State) -> None:
    talk = agreed(kent, state=state)
    assert talk.writes(ENQUIRER) == Came.RELAYED
    assert talk.messages() == [] and "This conversation has ended" in talk.told()[0]


def test_a_closed_relay_still_tells_whoever_writes(kent: Council) -> None:
    talk = agreed(kent)
    with pair_at(where_of_introduction(talk.introduction), lock=True) as pair:
        close_relay(pair)
        close_relay(pair)
        assert not Door.objects.filter(purpose=DoorPurpose.RELAY, expires_at__gt=hub_now()).exists()
    assert talk.writes(AMBASSADOR) == Came.RELAYED
    assert talk.messages() == [] and "has ended" in talk.told()[0]


def test_an_enquirer_who_wants_no_mail_gets_none(kent: Council) -> None:
    talk = agreed(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=talk.case.pk).update(send_nothing=True)
    assert talk.writes(AMBASSADOR) == Came.RELAYED
    assert talk.messages() == [] and "cannot write to Erin" in talk.told()[0]


def test_an_address_that_fails_is_told_to_whoever_writes(kent: Council) -> None:
    talk = agreed(kent)
    talk.writes(ENQUIRER)
    with as_council(kent):
        suppress_address_of(talk.last())
    talk.writes(ENQUIRER)
    assert "cannot write to Anna" in talk.told()[0]
    with as_council(kent):
        assert Event.objects.filter(council=kent, verb="introduction.mail_passed_on").count() == 2
        assert not ToDo.objects.filter(subject_id=talk.introduction.pk).exists()


def test_staff_who_look_after_messages_read_none_of_it(
    kent: Council, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    talk = agreed(kent)
    talk.writes(ENQUIRER, "Peculiarword")
    talk.writes(ENQUIRER, "Peculiarword", sender="stranger@example.net")
    client = as_user(cast.mina)
    listed = client.get("/staff/outbox/message/").content.decode()
    assert talk.case.email in listed, "the confirmation is there"
    assert talk.ambassador.email not in listed and "has written to you" not in listed
    for message in talk.messages("relay", "relay_told"):
        assert client.get(f"/staff/outbox/message/{message.pk}/change/").status_code == 404
    assert "Peculiarword" not in client.get(f"/staff/enquiries/enquiry/{talk.case.pk}/change/").content.decode()


def test_from_yes_to_the_last_word(kent: Council) -> None:
    """By the actions: who agrees to write gets an address, and it ends with the conversation."""
    case, anna = waiting(kent), factories.ambassador(kent)
    introduction = ask(case, anna)
    where = where_of_introduction(introduction)
    answering.accept(where)
    assert seen_by_ambassador(where).address == ""
    answering.agree(where, way=TalkBy.EMAIL)
    told = seen_by_ambassador(where).address, seen_by_enquirer(where).address
    assert arrives(told[0], raw("Hello Erin", anna.email)) == Came.RELAYED
    assert arrives(told[1], raw("Hello Anna", case.email)) == Came.RELAYED
    talk = Conversation(case, anna, introduction)
    assert {message.to_address for message in talk.messages()} == {case.email, anna.email}
    meeting.stop(where, by_whom=StoppedBy.ENQUIRER, by=None)
    assert seen_by_enquirer(where).address == ""
    assert arrives(told[0], raw("Still there?", anna.email)) == Came.RELAYED
    assert len(talk.messages()) == 2 and "has ended" in talk.told()[0]


def test_who_agrees_to_ring_gets_no_address(kent: Council) -> None:
    where = where_of_introduction(ask(waiting(kent), factories.ambassador(kent)))
    answering.accept(where)
    answering.agree(where, way=TalkBy.PHONE, phone="+447700900123")
    assert seen_by_ambassador(where).address == ""
    assert not Door.objects.filter(purpose=DoorPurpose.RELAY).exists()


def test_opened_twice_it_is_the_same_relay(kent: Council) -> None:
    talk = agreed(kent)
    with pair_at(where_of_introduction(talk.introduction), lock=True) as pair:
        open_relay(pair)
    assert Door.objects.filter(purpose=DoorPurpose.RELAY).count() == 2
    assert talk.writes(ENQUIRER) == Came.RELAYED


# What it is not


def test_it_is_no_reply_no_attempt_and_keeps_no_promise(kent: Council) -> None:
    talk = agreed(kent)
    with as_council(kent):
        before = set(ToDo.objects.filter(subject_id=talk.case.pk).values_list("kind", flat=True))
    for writer in Side:
        talk.writes(writer)
    with as_council(kent):
        case = Enquiry.objects.get(pk=talk.case.pk)
        assert (case.promise_kept_at, case.heard_at, case.reached_at) == (None, None, None)
        assert not Reply.objects.exists() and not ContactAttempt.objects.exists()
        assert set(ToDo.objects.filter(subject_id=talk.case.pk).values_list("kind", flat=True)) == before


def test_nothing_of_the_text_stands_in_an_event_or_a_log(kent: Council, caplog: pytest.LogCaptureFixture) -> None:
    talk = agreed(kent)
    talk.writes(ENQUIRER, "Peculiarword")
    talk.writes(ENQUIRER, "Peculiarword", sender="stranger@example.net")
    with across([kent], reason="test"):
        told = [str(event.facts) for event in Event.objects.filter(verb__startswith="introduction")]
    assert told and not [each for each in told if "Peculiar" in each or "@" in each]
    assert "Peculiar" not in caplog.text and "stranger" not in caplog.text and talk.case.email not in caplog.text


def test_a_stranger_learns_nothing_of_a_conversation(kent: Council, hampshire: Council) -> None:
    """Mail to Kent's conversation writes nothing into Hampshire."""
    talk, other = agreed(kent), agreed(hampshire)
    talk.writes(ENQUIRER)
    assert other.messages("relay", "relay_told") == []
    with as_council(hampshire):
        assert Introduction.objects.filter(pk=talk.introduction.pk).count() == 0
