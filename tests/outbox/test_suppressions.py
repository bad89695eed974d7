"""Whose address is spared, what it is spared, and what becomes of the message."""

from uuid import UUID

import pytest

from councils.models import Council, Hub, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from outbox.models import Message, Suppression
from outbox.sending import deliver_due
from outbox.states import ChannelKind, Cover, Lane, State
from outbox.suppressions import COMPLAINT, HARD_BOUNCE, OPTED_OUT, covered, is_suppressed, release_address_of, suppress
from tests.outbox.conftest import Receiver, put, seen

ERIN = "erin@example.org"
CASE = UUID(int=7)


def spare(hub: Hub, cover: Cover = Cover.EVERYTHING, address: str = ERIN) -> bool:
    return suppress(address, hub_id=hub.pk, cover=cover, reason=HARD_BOUNCE)


def test_an_address_is_suppressed_once_and_keeps_its_first_reason(lafse: Hub) -> None:
    assert spare(lafse)
    assert not suppress(ERIN, hub_id=lafse.pk, cover=Cover.EVERYTHING, reason=OPTED_OUT)
    assert Suppression.objects.get().reason == HARD_BOUNCE


def test_no_address_stands_in_the_table(lafse: Hub) -> None:
    spare(lafse)
    assert "erin" not in str(Suppression.objects.values().get()).lower()


def test_capitals_and_blanks_make_no_other_address(lafse: Hub) -> None:
    spare(lafse)
    assert is_suppressed(" Erin@Example.ORG ", hub_id=lafse.pk, lane=Lane.SERVICE)
    assert not is_suppressed("erin2@example.org", hub_id=lafse.pk, lane=Lane.SERVICE)


@pytest.mark.parametrize(
    ("cover", "lane", "spared"),
    [
        (Cover.EVERYTHING, Lane.SERVICE, True),
        (Cover.EVERYTHING, Lane.CAMPAIGN, True),
        (Cover.PROMOTIONAL, Lane.SERVICE, False),
        (Cover.PROMOTIONAL, Lane.CAMPAIGN, True),
    ],
)
def test_who_says_no_to_promotion_still_gets_what_their_enquiry_needs(
    lafse: Hub, kent: Council, cover: Cover, lane: Lane, spared: bool
) -> None:
    spare(lafse, cover)
    assert is_suppressed(ERIN, hub_id=lafse.pk, lane=lane) is spared
    message = put(kent, lane=lane)
    assert message is not None
    assert (message.state == State.SUPPRESSED) is spared
    assert covered([message]) == (frozenset([message.pk]) if spared else frozenset())


def test_another_hub_writes_to_the_address(lafse: Hub, kent: Council) -> None:
    other = Hub.objects.exclude(pk=lafse.pk)[0]
    spare(other)
    assert seen(kent, put(kent)).state == State.QUEUED


def test_all_councils_of_the_hub_spare_it(lafse: Hub, hampshire: Council, kent: Council) -> None:
    spare(lafse)
    assert [seen(council, put(council)).state for council in (kent, hampshire)] == [State.SUPPRESSED] * 2


def test_what_is_not_written_becomes_a_call(lafse: Hub, kent: Council) -> None:
    spare(lafse)
    message = seen(kent, put(kent, subject_kind="enquiry", subject_id=CASE))
    assert message.last_error == "address_suppressed"
    with as_council(kent):
        assert ToDo.objects.get().kind == ToDoKind.RING_INSTEAD


def test_an_address_that_does_not_exist_is_suppressed_with_the_message(committed_db: None, receiver: Receiver) -> None:
    kent = Council.objects.get(slug="kent")
    receiver.rcpt = "550 5.1.1 no such user"
    message = put(kent)
    deliver_due()
    assert seen(kent, message).state == State.SUPPRESSED
    assert is_suppressed(ERIN, hub_id=kent.hub_id, lane=Lane.SERVICE)


def test_a_refusal_of_what_we_are_suppresses_nobody(committed_db: None, receiver: Receiver) -> None:
    kent = Council.objects.get(slug="kent")
    receiver.rcpt = "550 5.7.1 we do not take mail from you"
    put(kent)
    deliver_due()
    assert not Suppression.objects.exists()


def test_an_address_that_works_again_is_written_to_and_promotion_stays_off(lafse: Hub, kent: Council) -> None:
    spare(lafse)
    spare(lafse, Cover.PROMOTIONAL)
    message = put(kent)
    assert message is not None
    assert release_address_of(message) == 1
    assert seen(kent, put(kent, "second")).state == State.QUEUED
    assert seen(kent, put(kent, "third", lane=Lane.CAMPAIGN)).state == State.SUPPRESSED


def test_a_text_message_has_a_number_and_no_mail(kent: Council) -> None:
    message = seen(kent, put(kent, channel=ChannelKind.SMS, to="+447700900123", subject="", text="Hello"))
    assert (message.state, message.text, bytes(message.mime), message.to_domain) == (State.QUEUED, "Hello", b"", "")


def test_a_number_that_does_not_work_says_nothing_about_the_email(lafse: Hub, kent: Council) -> None:
    spare(lafse, address="+447700900123")
    put(kent, channel=ChannelKind.SMS, to="+447700900123", subject="", subject_kind="enquiry", subject_id=CASE)
    put(kent, "malformed", channel=ChannelKind.SMS, to="07700 900123", subject="")
    with as_council(kent):
        assert set(Message.objects.values_list("state", flat=True)) == {State.SUPPRESSED}
        assert set(ToDo.objects.values_list("kind", flat=True)) == {ToDoKind.MAIL_FAILED}


def test_a_complaint_outweighs_a_no_and_a_no_does_not_outweigh_it(lafse: Hub) -> None:
    """What somebody said themselves they take back by themselves; that they marked our mail as spam, they do not."""
    for reason in (OPTED_OUT, COMPLAINT, OPTED_OUT):
        suppress(ERIN, hub_id=lafse.pk, cover=Cover.PROMOTIONAL, reason=reason)
    assert Suppression.objects.values_list("reason", "cover").get() == (COMPLAINT, Cover.PROMOTIONAL)
