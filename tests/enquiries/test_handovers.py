"""Asking another council to take a case: who may, what the other one sees, and how the question ends unanswered."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from councils.access import access_of
from councils.models import Council, Hub, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import OutOfScope, as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions import handovers, status
from enquiries.actions.direct import not_an_enquiry
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason
from enquiries.handover_summary import summary_told
from enquiries.incoming_states import NotAnEnquiry
from enquiries.models import Enquiry, Handover
from enquiries.states import CloseReason, State, Step
from enquiries.whereabouts import Whereabouts
from enquiries.workflow import StepRefused
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import accept, again, ask, fresh, mail, own, refuse, todos, verbs

MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent)


def test_the_other_council_is_asked_and_the_case_stays_where_it_is(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY)
    before = fresh(case)
    asked = ask(case, hampshire, cast.kate, explanation="Moved to Winchester last week.")
    after = fresh(case)
    assert (after.state, after.promise_due_at, after.next_due_at) == (
        before.state,
        before.promise_due_at,
        before.next_due_at,
    )
    assert asked.answer_due_at == TUESDAY.replace(hour=17) + timedelta(days=1)
    assert todos(hampshire) == [ToDoKind.HANDOVER_OFFERED]
    assert all("enquiry.handover_offered" in verbs(each) for each in (case, asked))
    assert [row.state for row in (asked, own(asked))] == [HandoverState.OFFERED] * 2


def test_what_the_other_council_sees_says_nothing_of_who_it_is(
    hampshire: Council, cast: Cast, kent: Council, lafse: Hub
) -> None:
    case = factories.enquiry(kent, route=Whereabouts(hub=lafse, typed="ME14 1XX").snapshot())
    asked = ask(case, hampshire, cast.kate)
    (message,) = mail(hampshire, "handover_offered")
    told = json.dumps(asked.summary) + message.text + message.subject + asked.explanation
    for secret in ("Erin", "Example", "erin@", "900123", "1XX"):
        assert secret not in told
    facts = dict(summary_told(asked).facts)
    assert facts["Lives in"] == "Maidstone, Kent (ME14)"
    assert facts["Type"] == "New to fostering"
    assert kent.name in message.text


@pytest.mark.parametrize("words", ["Ask Erin Example.", "erin@example.org", "Ring 07700 900123", "ME14 1XX"])
def test_an_explanation_that_says_who_it_is_is_refused(
    case: Enquiry, hampshire: Council, cast: Cast, words: str
) -> None:
    with pytest.raises(Refused, match="out of the explanation"):
        ask(case, hampshire, cast.kate, explanation=words)


def test_another_reason_needs_words(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    with pytest.raises(Refused, match="in words"):
        ask(case, hampshire, cast.kate, reason=HandoverReason.OTHER)
    ask(case, hampshire, cast.kate, reason=HandoverReason.OTHER, explanation="They work there.")


def test_only_one_council_is_asked_at_a_time(case: Enquiry, hampshire: Council, cast: Cast, office: Council) -> None:
    ask(case, hampshire, cast.kate)
    with pytest.raises(Refused, match="Hampshire County Council is asked already"):
        ask(case, office, cast.kate)


def test_neither_itself_nor_another_hub_can_be_asked(case: Enquiry, kent: Council, cast: Cast, lafse: Hub) -> None:
    with pytest.raises(Refused, match="has the enquiry already"):
        ask(case, kent, cast.kate)
    elsewhere = Council.objects.exclude(hub=lafse).fostering().first()
    assert elsewhere is not None
    with pytest.raises(Refused, match="another hub"):
        ask(case, elsewhere, cast.kate)


def test_what_nobody_has_looked_into_is_not_passed_on(kent: Council, hampshire: Council, cast: Cast) -> None:
    spam = factories.enquiry(kent, suspicions=("fast",))
    with pytest.raises(Refused, match="Release it first"):
        ask(spam, hampshire, cast.kate)
    direct = factories.enquiry(kent, email="direct@example.org")
    with as_council(kent):
        Enquiry.objects.filter(pk=direct.pk).update(to_confirm=True)
    with pytest.raises(Refused, match="whether it is an enquiry"):
        ask(direct, hampshire, cast.kate)


def test_a_closed_case_is_not_passed_on(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    status.say_no(case, reason=None)
    with pytest.raises(StepRefused, match="closed"):
        ask(case, hampshire, cast.kate)


def test_another_councils_officer_can_neither_ask_nor_take_back(
    case: Enquiry, hampshire: Council, cast: Cast, office: Council
) -> None:
    with pytest.raises(RoleRefused):
        ask(case, hampshire, cast.hal)
    asked = ask(case, hampshire, cast.kate)
    with pytest.raises(RoleRefused):
        handovers.withdraw(own(asked), by=access_of(cast.hal))
    with pytest.raises(Refused, match="Only the council that asked"):
        handovers.withdraw(asked, by=access_of(cast.hal))


def test_the_hub_officer_asks_for_any_council_and_answers_for_none(
    case: Enquiry, hampshire: Council, cast: Cast
) -> None:
    asked = ask(case, hampshire, cast.olu)
    with pytest.raises(RoleRefused, match="answers itself"):
        accept(asked, cast.olu)
    assert again(asked).state == HandoverState.OFFERED


def test_the_hub_office_answers_what_it_is_asked_itself(case: Enquiry, office: Council, cast: Cast) -> None:
    new = accept(ask(case, office, cast.kate), cast.olu)
    assert new.council_id == office.pk


@pytest.mark.parametrize("who", ["kate", "rhea", "mina"])
def test_nobody_but_the_council_asked_answers(case: Enquiry, hampshire: Council, cast: Cast, who: str) -> None:
    asked = ask(case, hampshire, cast.kate)
    with pytest.raises(RoleRefused):
        accept(asked, getattr(cast, who))
    with pytest.raises(RoleRefused):
        refuse(asked, getattr(cast, who))
    assert again(asked).state == HandoverState.OFFERED


def test_a_coordinator_of_the_council_asked_only_looks(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    cora = factories.user("Cora", hampshire, Role.COORDINATOR)
    with pytest.raises(RoleRefused):
        accept(ask(case, hampshire, cast.kate), cora)


def test_a_refusal_says_why_and_the_case_is_still_the_senders(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    actions.claim(case, by=access_of(cast.kate))
    asked = ask(case, hampshire, cast.kate)
    refuse(asked, cast.hal, RefusalReason.WANTS_THE_OTHER, "She said so.")
    sent = own(asked)
    assert (sent.state, sent.refusal, sent.answer, sent.answered_by_id) == (
        HandoverState.REFUSED,
        RefusalReason.WANTS_THE_OTHER,
        "She said so.",
        cast.hal.pk,
    )
    assert fresh(case).is_open
    assert todos(kent) == [ToDoKind.HANDOVER_REFUSED]
    assert todos(hampshire) == []
    assert [message.to_address for message in mail(kent, "handover_refused")] == [cast.kate.email]
    assert all("enquiry.handover_refused" in verbs(each) for each in (case, asked))


def test_a_refusal_without_a_reason_is_refused(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    asked = ask(case, hampshire, cast.kate)
    with pytest.raises(Refused, match="Choose why"):
        handovers.answer(asked, accept=False, by=access_of(cast.hal))
    with pytest.raises(Refused, match="in words"):
        refuse(asked, cast.hal, RefusalReason.OTHER)


def test_the_question_can_be_taken_back_until_it_is_answered(
    case: Enquiry, hampshire: Council, cast: Cast, office: Council
) -> None:
    asked = ask(case, hampshire, cast.kate)
    handovers.withdraw(own(asked), by=access_of(cast.mina))
    assert again(asked).state == HandoverState.WITHDRAWN
    assert todos(hampshire) == []
    with pytest.raises(Refused, match="not waiting"):
        accept(asked, cast.hal)
    second = ask(case, office, cast.kate)
    refuse(second, cast.olu)
    with pytest.raises(Refused, match="has an answer already"):
        handovers.withdraw(own(second), by=access_of(cast.kate))


def closed_by_an_officer(case: Enquiry, cast: Cast) -> None:
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))


def closed_by_the_enquirer(case: Enquiry, cast: Cast) -> None:
    status.say_no(case, reason=None)


def found_to_be_no_enquiry(case: Enquiry, cast: Cast) -> None:
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(to_confirm=True)
    not_an_enquiry(case, why=NotAnEnquiry.OTHER, by=access_of(cast.kate))


@pytest.mark.parametrize("close", [closed_by_an_officer, closed_by_the_enquirer, found_to_be_no_enquiry])
def test_whatever_ends_the_case_takes_the_question_back(
    case: Enquiry, hampshire: Council, cast: Cast, close: Callable[[Enquiry, Cast], None]
) -> None:
    asked = ask(case, hampshire, cast.kate)
    close(case, cast)
    assert not fresh(case).is_open
    assert again(asked).state == own(asked).state == HandoverState.WITHDRAWN
    assert todos(hampshire) == []
    assert "enquiry.handover_withdrawn" in verbs(case)
    with pytest.raises(Refused, match="not waiting"):
        accept(asked, cast.hal)


def test_what_happens_meanwhile_is_the_senders(case: Enquiry, kent: Council, hampshire: Council, cast: Cast) -> None:
    asked = ask(case, hampshire, cast.kate)
    status.say_still_interested(case)
    assert ToDoKind.STILL_INTERESTED in todos(kent)
    assert todos(hampshire) == [ToDoKind.HANDOVER_OFFERED]
    assert again(asked).state == HandoverState.OFFERED


def test_an_offer_is_a_reviewed_crossing_and_leaves_the_scope_as_it_was(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    with as_council(kent):
        ask_in_scope(case, hampshire, cast.kate)
        assert Handover.objects.count() == 1  # the other row is out of reach again
        with pytest.raises(OutOfScope), as_council(hampshire):
            pass


def ask_in_scope(case: Enquiry, to: Council, by: User) -> None:
    handovers.offer(case, to=to, reason=HandoverReason.MOVED, by=access_of(by))


def test_after_a_refusal_another_council_can_be_asked_and_the_to_do_is_done(
    case: Enquiry, kent: Council, hampshire: Council, office: Council, cast: Cast
) -> None:
    refuse(ask(case, hampshire, cast.kate), cast.hal)
    ask(case, office, cast.kate)
    assert todos(kent) == []
    assert fresh(case).state == State.NEW
