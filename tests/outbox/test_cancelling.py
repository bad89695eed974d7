"""Messages are taken back before they leave, and sent again after they failed."""

import uuid
from datetime import timedelta

import pytest

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from outbox.actions import CannotBeSentAgain, TooLateToCancel, cancel, cancel_message, requeue, take_back
from outbox.claiming import claim, start
from outbox.models import Message
from outbox.outcomes import Outcome, Verdict
from outbox.sending import deliver_due
from outbox.settling import settle
from outbox.states import LEFT, REQUEUEABLE_STATES, State
from outbox.suppressions import is_suppressed, suppress_address_of
from tests import factories
from tests.conftest import Cast
from tests.in_order import as_written
from tests.outbox.conftest import put, seen


@pytest.fixture
def mina(cast: Cast) -> Access:
    """Manages Kent."""
    return access_of(cast.mina)


def ended(council: Council, state: State, **changes: object) -> Message:
    message = put(council, str(state))
    assert message
    with as_council(council):
        Message.objects.filter(pk=message.pk).update(
            state=state, settled_at=hub_now(), smtp_reply="250 OK", attempts=7, deaths=2, **changes
        )
    return seen(council, message)


def verbs(council: Council, message: Message) -> list[str]:
    with as_council(council):
        return list(as_written(Event.objects.filter(subject_id=message.pk)).values_list("verb", flat=True))


def test_a_waiting_message_is_cancelled_and_does_not_leave(kent: Council, mina: Access) -> None:
    message = put(kent)
    assert message
    cancel_message(message, by=mina)
    assert seen(kent, message).state == State.CANCELLED
    assert verbs(kent, message) == ["message.cancelled"]
    assert deliver_due() == 0


def test_a_message_that_is_being_sent_is_marked_once(kent: Council, mina: Access) -> None:
    message = put(kent)
    assert message
    with as_council(kent):
        claim(1)
    cancel_message(message, by=mina)
    cancel_message(message, by=mina)
    assert (seen(kent, message).state, seen(kent, message).cancel_asked) == (State.LEASED, True)
    assert verbs(kent, message) == ["message.cancel_asked"]


@pytest.mark.parametrize("state", [State.SENT, State.DEAD, State.CANCELLED])
def test_what_ended_cannot_be_cancelled(kent: Council, mina: Access, state: State) -> None:
    message = ended(kent, state)
    with pytest.raises(TooLateToCancel, match="Only a message that waits"):
        cancel_message(message, by=mina)


def test_only_what_a_case_no_longer_needs_is_cancelled(kent: Council) -> None:
    case = uuid.uuid4()
    unwanted, later = put(kent, "1", kind="tried", subject_id=case), put(kent, "2", kind="tried", subject_id=case)
    other_case = put(kent, "3", kind="tried", subject_id=uuid.uuid4())
    to_staff = put(kent, "4", kind="tried", subject_id=case, to_staff=True)
    only = [str(message.pk) for message in (unwanted, other_case, to_staff) if message]
    with as_council(kent):
        assert cancel(kent.pk, subject_id=case, only=[]) == 0, "none of them is not all of them"
        assert cancel(kent.pk, subject_id=case, only=only) == 1
        assert cancel(kent.pk, subject_id=case, only=only) == 0, "safe to do twice"
    assert seen(kent, unwanted).state == State.CANCELLED
    assert {seen(kent, message).state for message in (later, other_case, to_staff)} == {State.QUEUED}


def test_another_councils_message_about_the_same_case_stays(kent: Council, hampshire: Council) -> None:
    case = uuid.uuid4()
    theirs = put(hampshire, subject_id=case)
    with as_council(kent):
        assert cancel(kent.pk, subject_id=case) == 0
        assert cancel(hampshire.pk, subject_id=case) == 0
    assert seen(hampshire, theirs).state == State.QUEUED


@pytest.mark.parametrize("state", sorted(REQUEUEABLE_STATES))
def test_what_ended_unsent_is_sent_again_with_the_same_bytes(kent: Council, mina: Access, state: State) -> None:
    message = ended(kent, state, expires_at=hub_now() - timedelta(hours=1), cancel_asked=True)
    requeue(message, by=mina)
    again = seen(kent, message)
    assert (again.state, again.attempts, again.deaths, again.cancel_asked) == (State.QUEUED, 0, 0, False)
    assert again.expires_at > hub_now() and again.settled_at is None
    assert (again.message_id, bytes(again.mime)) == (message.message_id, bytes(message.mime))
    assert verbs(kent, message) == ["message.requeued"]
    assert deliver_due() == 1
    assert seen(kent, message).state == State.SENT


def test_an_old_message_that_is_sent_again_has_a_second_life(kent: Council, mina: Access) -> None:
    message = ended(kent, State.DEAD, created_at=hub_now() - timedelta(days=9))
    requeue(message, by=mina)
    with as_council(kent):
        (leased,) = claim(1)
        assert start(leased) and settle(leased, Outcome(Verdict.RETRY, "450 busy", "busy"))
    assert seen(kent, message).state == State.QUEUED


@pytest.mark.parametrize("state", [State.QUEUED, State.SENT])
def test_what_waits_or_was_sent_is_not_sent_again(kent: Council, mina: Access, state: State) -> None:
    message = put(kent) if state == State.QUEUED else ended(kent, state)
    assert message
    with pytest.raises(CannotBeSentAgain):
        requeue(message, by=mina)


def test_what_was_never_written_out_is_not_sent_again(kent: Council, mina: Access) -> None:
    message = put(kent, to="nonsense")
    assert message
    with pytest.raises(CannotBeSentAgain, match="never written out"):
        requeue(message, by=mina)


def test_a_spared_address_is_written_to_again_only_if_that_is_asked(kent: Council, mina: Access) -> None:
    message = ended(kent, State.SUPPRESSED)
    suppress_address_of(message)
    with pytest.raises(CannotBeSentAgain, match="tick"):
        requeue(message, by=mina)
    assert is_suppressed(message.to_address, hub_id=kent.hub_id, lane=message.lane)
    requeue(message, lift=True, by=mina)
    assert not is_suppressed(message.to_address, hub_id=kent.hub_id, lane=message.lane)
    assert deliver_due() == 1


def test_what_was_set_aside_for_its_address_can_leave_once_the_address_works(kent: Council, mina: Access) -> None:
    spared = put(kent, "first")
    assert spared
    suppress_address_of(spared)
    message = put(kent, "second")
    assert message and message.state == State.SUPPRESSED
    requeue(message, lift=True, by=mina)
    assert deliver_due() == 2


def officer_and_stranger(kent: Council, hampshire: Council) -> list[User]:
    return [factories.user("Ola", kent, Role.OFFICER), factories.user("Max", hampshire, Role.MANAGER)]


@pytest.mark.parametrize("who", [0, 1], ids=["an officer", "another council's manager"])
def test_only_whoever_sees_the_councils_messages_may_act(kent: Council, hampshire: Council, who: int) -> None:
    by = access_of(officer_and_stranger(kent, hampshire)[who])
    waiting, dead = put(kent, "waiting"), ended(kent, State.DEAD)
    assert waiting
    with pytest.raises(RoleRefused):
        cancel_message(waiting, by=by)
    with pytest.raises(RoleRefused):
        requeue(dead, by=by)
    assert (seen(kent, waiting).state, seen(kent, dead).state) == (State.QUEUED, State.DEAD)


def test_what_is_taken_back_may_be_written_again_under_the_same_key(kent: Council) -> None:
    message = put(kent, "followup")
    assert message
    with as_council(kent):
        assert take_back(kent.pk, only=[str(message.pk)]) == []
    assert seen(kent, message).state == State.CANCELLED
    again = put(kent, "followup")
    assert again
    assert deliver_due() == 1
    assert seen(kent, again).state == State.SENT


@pytest.mark.parametrize("state", sorted(LEFT - {State.LEASED}))
def test_what_has_left_is_not_taken_back_and_keeps_its_key(kent: Council, state: State) -> None:
    message = ended(kent, state)
    with as_council(kent):
        assert [each.pk for each in take_back(kent.pk, only=[str(message.pk)])] == [message.pk]
    assert seen(kent, message).dedupe_key == message.dedupe_key


def test_what_a_sender_holds_is_not_taken_back(kent: Council) -> None:
    message = put(kent)
    assert message
    with as_council(kent):
        claim(1)
        assert [each.pk for each in take_back(kent.pk, only=[str(message.pk)])] == [message.pk]
    assert not seen(kent, message).cancel_asked


def test_another_councils_message_is_out_of_reach(kent: Council, hampshire: Council) -> None:
    message = put(hampshire)
    assert message
    with as_council(kent):
        assert take_back(kent.pk, only=[str(message.pk)]) == []
    assert seen(hampshire, message).state == State.QUEUED
