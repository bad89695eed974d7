"""A process that dies in the middle of an introduction leaves both rows as they were, or both as they are to be with
what is to be said of it in the outbox. Each test starts a process of its own and has it killed there."""

from collections.abc import Callable

import pytest
from django.db import transaction

from ambassadors.actions import by_itself
from ambassadors.introduction_states import State
from ambassadors.models import Introduction, Offer
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from outbox.models import Message
from outbox.states import State as MessageState
from tests import factories
from tests.ambassadors.introducing import ask, mails, state_of, talk, waiting
from tests.dying import die, killed


@pytest.fixture
def council(committed_db: None) -> Council:
    found = Council.objects.get(slug="kent")
    factories.coordinator(found)
    return found


def between_the_rows() -> None:
    Offer.save = die  # type: ignore[method-assign]  # in a process that ends there


def at_once_after(do: Callable[[], object]) -> Callable[[], object]:
    """Dies when the transaction is committed, before anybody is woken to send."""

    def done() -> None:
        with transaction.atomic():
            transaction.on_commit(die)
            do()

    return done


def test_an_introduction_that_dies_between_its_rows_was_never_begun(council: Council) -> None:
    case, anna = waiting(council), factories.ambassador(council)
    assert killed(lambda: ask(case, anna), between_the_rows)
    with as_council(council):
        assert not Introduction.objects.exists()
    assert mails(council) == []
    ask(case, anna)


def test_an_acceptance_that_dies_between_the_rows_is_none_and_can_be_made_again(council: Council) -> None:
    case = waiting(council)
    made = ask(case, factories.ambassador(council))
    assert killed(talk(made).accept, between_the_rows)
    assert state_of(made) == State.OFFERED
    assert mails(council, to=case.email) == []
    talk(made).accept()
    assert mails(council, to=case.email) == ["ready"]


def test_an_expiry_that_dies_between_the_rows_is_carried_out_by_the_next_round(council: Council) -> None:
    made = ask(waiting(council), factories.ambassador(council))
    with as_council(council):
        Introduction.objects.filter(pk=made.pk).update(answer_by=hub_now())
    assert killed(by_itself.expire, between_the_rows)
    assert state_of(made) == State.OFFERED
    by_itself.expire()
    assert state_of(made) == State.EXPIRED


def test_whoever_accepts_and_dies_at_that_moment_has_accepted_and_the_enquirer_hears(council: Council) -> None:
    case = waiting(council)
    made = ask(case, factories.ambassador(council))
    assert killed(at_once_after(talk(made).accept))
    assert state_of(made) == State.ACCEPTED
    with as_council(council):
        waits = Message.objects.filter(kind="introduction_ready", to_address=case.email)
        assert [each.state for each in waits] == [MessageState.QUEUED]
