"""Introductions against each other at the same moment: real transactions, each on a thread of its own. Where a lock
decides, a control without it shows what would happen."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError

from ambassadors.actions import answering, by_itself, introducing, meeting, seats, turns
from ambassadors.actions.introducing import Chosen, ask_in_turn
from ambassadors.actions.moving import move
from ambassadors.introduction_states import OPEN, State, StoppedBy
from ambassadors.models import Ambassador, Introduction, NextInTurn, Offer
from ambassadors.pairs import where_of_introduction
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.actions import wishing
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.introducing import ask, cora, mails, state_of, talk, waiting
from tests.enquiries.test_handovers_races import at_once

ROUNDS = 3


@pytest.fixture
def council(committed_db: None) -> Council:
    found = Council.objects.get(slug="kent")
    factories.coordinator(found)
    return found


def open_offers(council: Council) -> int:
    with as_council(council):
        return Offer.objects.filter(state__in=sorted(OPEN)).count()


def overdue(council: Council, made: Introduction) -> None:
    with as_council(council):
        Introduction.objects.filter(pk=made.pk).update(answer_by=hub_now())


def test_two_enquirers_and_one_seat(council: Council) -> None:
    for number in range(ROUNDS):
        anna = factories.ambassador(council, first_name=f"Anna{number}")
        before = open_offers(council)
        cases = [waiting(council) for _ in range(2)]
        assert len(at_once(*(partial(ask, case, anna) for case in cases))) == 1
        assert open_offers(council) == before + 1


def test_the_seat_is_a_constraint_where_every_lock_is_missing(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the locks the second one is not refused in words, and still gets no seat."""
    anna = factories.ambassador(council)
    cases = [waiting(council) for _ in range(2)]
    for model in (Ambassador, Enquiry):
        monkeypatch.setattr(type(model._default_manager.all()), "select_for_update", lambda self, **_: self)
    ask(cases[0], anna)
    monkeypatch.setattr(seats, "left_out", lambda *_: None)
    monkeypatch.setattr(introducing, "free_seat", lambda _: 1)
    with pytest.raises(IntegrityError, match="ambassadors_one_a_seat"):
        ask(cases[1], anna)
    assert open_offers(council) == 1


def test_two_coordinators_introduce_one_enquirer_once(council: Council) -> None:
    for number in range(ROUNDS):
        case = waiting(council)
        both = [factories.ambassador(council, first_name=f"{name}{number}") for name in ("Anna", "Bea")]
        assert len(at_once(*(partial(ask, case, each) for each in both))) == 1
        with as_council(council):
            assert Introduction.objects.filter(enquiry=case, state__in=sorted(OPEN)).count() == 1


def test_two_acceptances_of_one_second_are_one(council: Council) -> None:
    """Both buttons of a double press, and an ambassador with one seat: it is accepted once, and told once."""
    for number in range(ROUNDS):
        case = waiting(council)
        made = ask(case, factories.ambassador(council, first_name=f"Anna{number}"))
        assert at_once(talk(made).accept, talk(made).accept) == []
        assert state_of(made) == State.ACCEPTED
        assert mails(council, to=case.email) == ["ready"]


def test_two_acceptances_never_exceed_what_they_wish_to_have(council: Council) -> None:
    """An ambassador with two seats and two offers accepts both, and a coordinator who offers a third is refused."""
    for number in range(ROUNDS):
        anna = factories.ambassador(council, first_name=f"Anna{number}", most=2)
        offers = [ask(waiting(council), anna) for _ in range(2)]
        third = partial(ask, waiting(council), anna)
        assert len(at_once(*(talk(each).accept for each in offers), third)) == 1
        assert [state_of(each) for each in offers] == [State.ACCEPTED] * 2


def expire() -> None:
    by_itself.expire()


def test_an_answer_against_its_expiry_is_one_or_the_other(council: Council) -> None:
    for number in range(ROUNDS):
        case = waiting(council)
        made = ask(case, factories.ambassador(council, first_name=f"Anna{number}"))
        overdue(council, made)
        refused = at_once(talk(made).accept, expire)
        accepted = state_of(made) == State.ACCEPTED
        assert len(refused) == (0 if accepted else 1), "whoever was too late is told"
        assert mails(council, to=case.email) == (["ready"] if accepted else [])


def test_an_answer_against_a_stop_is_stopped_and_nobody_is_misled(council: Council) -> None:
    for number in range(ROUNDS):
        case = waiting(council)
        made = ask(case, factories.ambassador(council, first_name=f"Anna{number}"))
        stop = partial(meeting.stop, where_of_introduction(made), by_whom=StoppedBy.STAFF, by=None)
        refused = at_once(talk(made).accept, stop)
        assert state_of(made) == State.STOPPED
        told = mails(council, to=case.email)
        assert told == ([] if refused else ["ready", "stopped"]), "whoever read that somebody is ready reads the end"


def test_a_decline_against_an_acceptance_is_one_or_the_other(council: Council) -> None:
    for number in range(ROUNDS):
        made = ask(waiting(council), factories.ambassador(council, first_name=f"Anna{number}"))
        assert len(at_once(talk(made).accept, partial(answering.decline, talk(made).where))) == 1
        assert state_of(made) in (State.ACCEPTED, State.DECLINED)


def test_a_wish_taken_back_at_that_moment_ends_what_was_begun(council: Council) -> None:
    for number in range(ROUNDS):
        case, anna = waiting(council), factories.ambassador(council, first_name=f"Anna{number}")
        at_once(partial(ask, case, anna), partial(wishing.take_wish_back, case, by=None))
        by_itself.end_what_is_over()
    assert open_offers(council) == 0


def test_workers_side_by_side_ask_one_next_in_turn(council: Council) -> None:
    for number in range(ROUNDS):
        case = waiting(council)
        names = (f"Anna{number}", f"Bea{number}", f"Cat{number}")
        chosen = [Chosen(factories.ambassador(council, first_name=name).pk, council.pk) for name in names]
        made = ask_in_turn(case, chosen, checked=True, by=cora(council))
        answering.decline(talk(made).where)
        at_once(*[turns.ask_next] * 3)
        with as_council(council):
            rows = Introduction.objects.filter(enquiry=case, state=State.OFFERED)
            assert [row.ambassador_name for row in rows] == [names[1]]
            assert NextInTurn.objects.filter(enquiry=case).count() == 1, "the third is still put down"


def test_workers_side_by_side_do_each_thing_once(council: Council) -> None:
    made = ask(waiting(council), factories.ambassador(council))
    talk(made).accept()
    with as_council(council):
        Introduction.objects.filter(pk=made.pk).update(remind_at=hub_now())
    jobs: list[Callable[[], object]] = [by_itself.remind] * 3
    assert at_once(*jobs) == []
    assert mails(council).count("still_ready") == 1


def test_the_control_without_locks_somebody_is_told_of_an_ambassador_who_expired(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = waiting(council)
    made = ask(case, factories.ambassador(council))
    overdue(council, made)
    for model in (Introduction, Offer):
        monkeypatch.setattr(type(model._default_manager.all()), "select_for_update", lambda self, **_: self)

    def expired_meanwhile(*given: object, **named: object) -> State:
        monkeypatch.setattr(answering, "move", move)
        assert at_once(expire) == []
        return move(*given, **named)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(answering, "move", expired_meanwhile)
    talk(made).accept()
    assert state_of(made) == State.ACCEPTED, "the expiry is overwritten"
