"""Who is sent no confirmation because somebody cancelled it is rung instead."""

import pytest

from councils.access import access_of
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Outcome, Step, Way
from outbox.actions import cancel_message
from outbox.claiming import claim, release, start
from outbox.models import Message
from outbox.outcomes import Outcome as Sent
from outbox.outcomes import Verdict
from outbox.settling import settle
from outbox.states import State
from tests import factories
from tests.conftest import Cast


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent)


def confirmation(case: Enquiry) -> Message:
    with as_council(case.council_id):
        return Message.objects.get(subject_id=case.pk, kind="confirmation")


def calls(case: Enquiry) -> int:
    with as_council(case.council_id):
        return ToDo.objects.filter(kind=ToDoKind.CALL, subject_id=case.pk, done_at=None).count()


def test_a_cancelled_confirmation_is_somebodys_call(case: Enquiry, cast: Cast) -> None:
    actions.claim(case, by=access_of(cast.kate))
    assert calls(case) == 0
    cancel_message(confirmation(case), by=access_of(cast.mina))
    assert calls(case) == 1
    with as_council(case.council_id):
        assert ToDo.objects.get(kind=ToDoKind.CALL).owner == cast.kate


@pytest.mark.parametrize(("verdict", "expected"), [(Verdict.RETRY, 1), (Verdict.SENT, 0)])
def test_one_that_was_being_sent_counts_when_it_ends(
    case: Enquiry, cast: Cast, verdict: Verdict, expected: int
) -> None:
    with as_council(case.council_id):
        [message] = claim(1)
        start(message)
    cancel_message(confirmation(case), by=access_of(cast.mina))
    assert calls(case) == 0
    with as_council(case.council_id):
        settle(message, Sent(verdict, "said", "said"))
    assert calls(case) == expected


def test_one_that_a_sender_gives_back_unsent_counts(case: Enquiry, cast: Cast) -> None:
    with as_council(case.council_id):
        leased = claim(1)
    cancel_message(confirmation(case), by=access_of(cast.mina))
    with as_council(case.council_id):
        release(leased)
    assert confirmation(case).state == State.CANCELLED
    assert calls(case) == 1


def test_no_call_where_somebody_has_got_in_touch_or_the_case_has_ended(case: Enquiry, cast: Cast) -> None:
    kate = access_of(cast.kate)
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    cancel_message(confirmation(case), by=access_of(cast.mina))
    ended = factories.enquiry(case.council)
    actions.take_step(ended, Step.WITHDRAW, reason=CloseReason.OTHER, by=kate)
    cancel_message(confirmation(ended), by=access_of(cast.mina))
    assert (calls(case), calls(ended)) == (0, 0)


def test_no_call_where_another_confirmation_is_on_its_way(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, token="t" * 43)
    first = confirmation(case)
    factories.enquiry(kent, token="t" * 43, email="right@example.org")
    cancel_message(first, by=access_of(cast.mina))
    assert calls(case) == 0


def test_another_message_leaves_no_call(case: Enquiry, cast: Cast) -> None:
    with as_council(case.council_id):
        Message.objects.filter(subject_id=case.pk).update(kind="tried")
        message = Message.objects.get(subject_id=case.pk)
    assert cancel_message(message, by=access_of(cast.mina)).state == State.CANCELLED
    assert calls(case) == 0
