"""Erasing where more than one case, council or process has a part in it."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.models.rights import ErasureCause
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions.changing import changing
from enquiries.actions.rights import request_erasure
from enquiries.handover_states import HandoverReason, HandoverState, Side
from enquiries.models import Enquiry, Handover, Note
from enquiries.rights.erasing import erase_pending
from enquiries.states import State
from outbox.actions.requeueing import CannotBeSentAgain, requeue
from outbox.models import Message, Suppression
from outbox.receipts import Report, ReportKind, Taken, take
from tests import factories


def offered(case: Enquiry, to: Council, by: User) -> None:
    """As the question stands in both councils before it is answered."""
    pair, due = uuid4(), hub_now() + timedelta(days=1)
    for council, other, side, enquiry in ((case.council, to, Side.SENT, case), (to, case.council, Side.RECEIVED, None)):
        with as_council(council):
            Handover.objects.create(
                council=council,
                other=other,
                side=side,
                enquiry=enquiry,
                pair_id=pair,
                journey_id=case.journey_id,
                reference=case.reference,
                reason=HandoverReason.LIVES_THERE,
                explanation="Erin moved to you",
                summary={"district": "ME14"},
                offered_by=by,
                answer_due_at=due,
            )


def test_what_another_council_was_asked_goes_there_too(kent: Council, hampshire: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    offered(case, hampshire, mina)
    request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    assert erase_pending() == 1
    for council in (kent, hampshire):
        with as_council(council):
            told = Handover.objects.get(council=council)
            assert (told.explanation, told.summary, told.state) == ("", {}, HandoverState.WITHDRAWN)


def test_a_journey_in_two_councils_is_erased_by_each_for_itself(kent: Council, hampshire: Council, mina: User) -> None:
    here, there = factories.enquiry(kent), factories.enquiry(hampshire)
    with as_council(hampshire):
        Enquiry.objects.filter(pk=there.pk).update(journey_id=here.journey_id, household_id=here.household_id)
    requests = request_erasure(here, cause=ErasureCause.ASKED, by=access_of(mina))
    assert {request.council_id for request in requests} == {kent.pk}
    assert erase_pending() == 1
    with as_council(hampshire):
        left = Enquiry.objects.get(pk=there.pk)
        assert (left.name, left.state) == ("Erin Example", State.NEW)
        assert not Event.objects.filter(verb="enquiry.erased").exists()


def test_all_cases_of_a_journey_in_one_council_go_together(kent: Council, mina: User) -> None:
    first, second = factories.enquiry(kent), factories.enquiry(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=second.pk).update(journey_id=first.journey_id)
    assert len(request_erasure(first, cause=ErasureCause.ASKED, by=access_of(mina))) == 2
    assert erase_pending() == 2


def erased_message(kent: Council, mina: User) -> Message:
    case = factories.enquiry(kent)
    request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    erase_pending()
    with as_council(kent):
        return Message.objects.filter(subject_id=case.pk, to_staff=False)[0]


def test_a_bounce_that_comes_later_spares_nobody(kent: Council, mina: User) -> None:
    message = erased_message(kent, mina)
    report = Report("dsn", "late", message.pk, ReportKind.HARD_BOUNCE, code="5.1.1")
    assert take(report) == Taken.NOW
    assert not Suppression.objects.exists()


def test_what_was_erased_is_not_sent_again(kent: Council, mina: User) -> None:
    message = erased_message(kent, mina)
    with pytest.raises(CannotBeSentAgain, match="erased"):
        requeue(message, by=access_of(mina))


def test_a_note_written_at_the_same_moment_goes_with_the_rest(kent: Council, mina: User, kate: User) -> None:
    """Whoever is first has the case; what was written before it was erased goes, and nothing is written after."""
    case = factories.enquiry(kent)
    request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    with ThreadPoolExecutor(1) as other:
        with changing(case, Permission.WORK_CASES, access_of(kate)):
            erasing = other.submit(erase_in_a_thread)
            wait([erasing], timeout=1)
            assert not erasing.done()
            Note.objects.create(council=kent, enquiry=case, text="Erin rang", by=kate)
        assert erasing.result(timeout=30) == 1
    with as_council(kent):
        assert not Note.objects.exists()
        assert Enquiry.objects.get(pk=case.pk).name == "Erased"


def erase_in_a_thread() -> int:
    try:
        return erase_pending()
    finally:
        connections.close_all()
