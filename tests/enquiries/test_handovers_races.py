"""A handover against everything else that may happen to the case at the same moment: real transactions, each on a
thread of its own. Each race has a control that shows it with the lock switched off."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db import connection

from councils.access import access_of
from councils.doors import find_door
from councils.models import Council, Door, User
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import across, as_council
from enquiries.actions import handovers, incoming, intake, status
from enquiries.actions.changing import locked_going_on
from enquiries.actions.handover_rows import end_pair
from enquiries.actions.incoming import receive
from enquiries.handover_states import HandoverReason, HandoverState
from enquiries.links import reply_address
from enquiries.models import Enquiry, Handover, Reply, Submission
from enquiries.states import Channel, State
from outbox.incoming import parse
from tests import factories
from tests.enquiries.handing import again, ask, fresh, open_cases, own, todos

ROUNDS = 5
LETTER = b"From: erin@example.org\nMessage-ID: <1@example.org>\n\nText"


@dataclass(frozen=True)
class Asked:
    """A case of Kent's, for which Hampshire is asked."""

    case: Enquiry
    asked: Handover
    kent: Council
    hampshire: Council
    kate: User
    hal: User

    def accept(self) -> None:
        handovers.answer(self.asked, accept=True, by=access_of(self.hal))

    def take_back(self) -> None:
        handovers.withdraw(own(self.asked), by=access_of(self.kate))

    def close(self) -> None:
        status.say_no(self.case, reason=None)

    def open_in(self) -> list[int]:
        return open_cases(self.case, self.kent, self.hampshire)


@pytest.fixture
def rounds(committed_db: None) -> Iterator[Asked]:
    kent, hampshire = Council.objects.get(slug="kent"), Council.objects.get(slug="hampshire")
    kate, hal = factories.user("Kate", kent, Role.OFFICER), factories.user("Hal", hampshire, Role.OFFICER)

    def asked(number: int) -> Asked:
        case = factories.enquiry(kent, token=f"token-{number}", email=f"erin{number}@example.org")
        return Asked(case, ask(case, hampshire, kate), kent, hampshire, kate, hal)

    return (asked(number) for number in range(ROUNDS))


def at_once(*things: Callable[[], object]) -> list[Refused]:
    """What each was refused."""
    gate, refused = threading.Barrier(len(things)), []

    def run(thing: Callable[[], object]) -> None:
        try:
            gate.wait()
            thing()
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[thing]) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    for model in (Enquiry, Handover):
        monkeypatch.setattr(type(model._default_manager.all()), "select_for_update", lambda self, **_: self)


def test_a_handover_against_the_end_of_the_case_is_one_or_the_other(rounds: Iterator[Asked]) -> None:
    for each in rounds:
        refused = at_once(each.accept, each.close)
        assert len(refused) == 1
        accepted = again(each.asked).state == HandoverState.ACCEPTED
        assert each.open_in() == ([each.hampshire.pk] if accepted else [])
        assert fresh(each.case).state == (State.PASSED_ON if accepted else State.WITHDRAWN)
        assert own(each.asked).state == (HandoverState.ACCEPTED if accepted else HandoverState.WITHDRAWN)


def test_the_control_without_the_lock_it_goes_on_for_somebody_who_said_no(
    rounds: Iterator[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    each, real = next(rounds), end_pair

    def closed_meanwhile(*given: Any, **named: Any) -> None:
        monkeypatch.setattr(handovers, "end_pair", real)
        assert at_once(each.close) == []
        real(*given, **named)

    without_locks(monkeypatch)
    monkeypatch.setattr(handovers, "end_pair", closed_meanwhile)
    each.accept()
    assert each.open_in() == [each.hampshire.pk]
    assert fresh(each.case).state == State.PASSED_ON, "their no is overwritten"


def test_two_officers_who_accept_at_once_get_one_case(rounds: Iterator[Asked]) -> None:
    for each in rounds:
        assert len(at_once(each.accept, each.accept)) == 1
        assert each.open_in() == [each.hampshire.pk]


def test_the_control_without_the_lock_the_journey_has_two_open_cases(
    rounds: Iterator[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    each, gate, real = next(rounds), threading.Barrier(2), end_pair

    def looked(*given: Any, **named: Any) -> None:
        gate.wait(timeout=10)
        real(*given, **named)

    without_locks(monkeypatch)
    monkeypatch.setattr(handovers, "end_pair", looked)
    assert at_once(each.accept, each.accept) == []
    assert each.open_in() == [each.hampshire.pk, each.hampshire.pk]


def test_an_answer_against_taking_it_back_is_one_or_the_other(rounds: Iterator[Asked]) -> None:
    for each in rounds:
        assert len(at_once(each.accept, each.take_back)) == 1
        accepted = again(each.asked).state == HandoverState.ACCEPTED
        assert each.open_in() == [each.hampshire.pk if accepted else each.kent.pk]
        assert todos(each.kent) == []


def test_two_colleagues_who_ask_at_once_ask_one_council(rounds: Iterator[Asked]) -> None:
    office = Council.objects.get(slug="lafse-office")
    for each in rounds:
        each.take_back()
        offers = [
            partial(handovers.offer, each.case, to=to, reason=HandoverReason.MOVED, by=access_of(each.kate))
            for to in (each.hampshire, office)
        ]
        assert len(at_once(*offers)) == 1
        with as_council(each.kent):
            assert Handover.objects.filter(enquiry=each.case, state=HandoverState.OFFERED).count() == 1


def test_a_reply_at_the_moment_of_a_handover_is_work_for_somebody(rounds: Iterator[Asked]) -> None:
    for number, each in enumerate(rounds):
        with as_council(each.kent):
            to = reply_address(each.case)
        letter = parse(LETTER.replace(b"1@", b"%d@" % number))
        assert at_once(each.accept, partial(receive, letter, to=to)) == []
        with across([each.kent, each.hampshire], reason="test"):
            reply = Reply.objects.get(enquiry__journey_id=each.case.journey_id)
        here = ToDoKind.REPLIED if reply.council_id == each.hampshire.pk else ToDoKind.STILL_INTERESTED
        assert here in todos(each.hampshire)


@pytest.mark.parametrize("looks_again", [True, False])
def test_who_came_through_the_door_before_the_handover_looks_again_and_the_control_does_not(
    rounds: Iterator[Asked], monkeypatch: pytest.MonkeyPatch, looks_again: bool
) -> None:
    each, real = next(rounds), find_door
    with as_council(each.kent):
        to = reply_address(each.case)

    def accepted_meanwhile(token: str, purpose: DoorPurpose) -> Door | None:
        door = real(token, purpose)
        each.accept()
        return door

    monkeypatch.setattr(incoming, "find_door", accepted_meanwhile)
    if not looks_again:
        monkeypatch.setattr(incoming, "led_elsewhere", lambda *_: None)
    receive(parse(LETTER), to=to)
    with as_council(each.hampshire):
        assert Reply.objects.count() == (1 if looks_again else 0)


@pytest.mark.parametrize("looks_again", [True, False])
def test_a_form_sent_again_at_that_moment_stands_with_the_new_case_and_the_control_does_not(
    rounds: Iterator[Asked], monkeypatch: pytest.MonkeyPatch, looks_again: bool
) -> None:
    each, real = next(rounds), locked_going_on

    def accepted_meanwhile(*given: Any) -> Enquiry:
        monkeypatch.setattr(intake, "locked_going_on", real)
        assert at_once(each.accept) == []
        return real(*given)

    monkeypatch.setattr(intake, "locked_going_on", accepted_meanwhile)
    if not looks_again:
        monkeypatch.setattr(intake, "led_elsewhere", lambda *_: None)
    answers = factories.answers(each.kent, email=each.case.email, message="More")
    intake.submit(answers, token="token-0", channel=Channel.WEB)  # of a form
    with as_council(each.hampshire):
        assert Submission.objects.count() == (2 if looks_again else 1)
