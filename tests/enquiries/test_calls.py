"""Whoever gets no email from us is called, and it is somebody's work to do it."""

import secrets
from typing import Any

import pytest

from councils.access import access_of
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries.actions import log_attempt, submit
from enquiries.states import Channel, Outcome, Way
from tests import factories
from tests.conftest import Cast


def calls(council: Council) -> list[ToDo]:
    with as_council(council):
        return list(ToDo.objects.filter(kind=ToDoKind.CALL, done_at=None))


@pytest.mark.parametrize("given", [{"email": ""}, {"suspicions": ("filled_trap",)}])
def test_an_enquiry_that_is_sent_no_confirmation_is_to_be_called(kent: Council, given: dict[str, Any]) -> None:
    case = factories.enquiry(kent, **given)
    [call] = calls(kent)
    assert (call.subject_id, call.due_at) == (case.pk, case.next_due_at)


def test_who_asked_for_no_messages_is_to_be_called(kent: Council) -> None:
    submit(factories.answers(kent), token=secrets.token_urlsafe(32), channel=Channel.PHONE, send_nothing=True)
    assert len(calls(kent)) == 1


def test_who_is_sent_a_confirmation_is_not(kent: Council) -> None:
    factories.enquiry(kent)
    assert calls(kent) == []


@pytest.mark.parametrize(
    ("outcome", "open_calls"), [(Outcome.REACHED, 0), (Outcome.NO_ANSWER, 0), (Outcome.WRONG_DETAILS, 1)]
)
def test_a_genuine_try_by_phone_is_the_call(kent: Council, cast: Cast, outcome: Outcome, open_calls: int) -> None:
    case = factories.enquiry(kent, email="")
    log_attempt(case, way=Way.CALL, outcome=outcome, by=access_of(cast.kate))
    assert len(calls(kent)) == open_calls


def test_an_email_is_no_call(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, email="")
    log_attempt(case, way=Way.EMAIL, outcome=Outcome.SENT, by=access_of(cast.kate))
    assert len(calls(kent)) == 1
