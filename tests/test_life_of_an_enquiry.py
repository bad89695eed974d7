"""Whatever the order in which people ask, colleagues work, senders die and clocks go on, what must hold holds.

Hypothesis makes up the order. After every step `manage.py verify` would find nothing, and no message has left more
often than once and the number of senders that died on it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.tenancy import across, as_council, scope_across
from enquiries import actions
from enquiries.actions import handovers
from enquiries.actions.handover_watch import find_stuck
from enquiries.actions.status import ask_to_stop, say_no, say_still_interested
from enquiries.answers import Answers
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason, Side
from enquiries.models import Enquiry, Handover
from enquiries.states import Channel, CloseReason, Outcome, Step, Way
from lafse.verification import verify
from outbox.models import Message
from outbox.outcomes import Outcome as Sent
from outbox.outcomes import ambiguous, refused, sent, unreachable
from outbox.sending import Run
from outbox.states import Lane, State
from outbox.timings import LEASE
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]
ANSWERS: dict[str, Sent] = {
    "accepts": sent("250 OK"),
    "is busy": refused(450, "4.2.1 Mailbox busy"),
    "knows nobody": refused(550, "5.1.1 No such user"),
    "refuses us": refused(550, "5.7.1 Not allowed"),
    "is away": unreachable("ConnectionRefusedError"),
    "falls silent": ambiguous("TimeoutError"),
}
_IN_THE_END = ("nothing due", "no lease")  # the machine need not deliver at once


class Killed(BaseException):
    """What `kill -9` leaves behind: whatever was committed, and nothing more."""


class Carrier:
    """A channel that answers as told, and dies before or after the receiver has stored the mail."""

    def __init__(self, answer: str, dies: str) -> None:
        self.answer, self.dies = answer, dies
        self.stored: list[UUID] = []

    def send(self, message: Message) -> Sent:
        if self.dies == "before":
            raise Killed
        outcome = ANSWERS[self.answer]
        if self.answer in ("accepts", "falls silent"):
            self.stored.append(message.pk)
        if self.dies == "after":
            raise Killed
        return outcome

    def close(self) -> None:
        pass


class Life(RuleBasedStateMachine):
    enquiries = Bundle("enquiries")
    kent: Council
    hampshire: Council
    workers: dict[int, Access]
    move: Move

    def __init__(self) -> None:
        super().__init__()
        self.stack = transaction.atomic()
        self.stack._from_testcase = True  # type: ignore[attr-defined]  # as Django marks the one around a test
        self.stack.__enter__()
        self.now = hub_now()
        self.acknowledged: dict[UUID, str] = {}
        self.places: dict[UUID, tuple[Council, UUID]] = {}  # where each enquiry goes on
        self.copies: Counter[UUID] = Counter()
        self.excuses: Counter[UUID] = Counter()  # deaths and silences, each of which may cost one more copy

    def teardown(self) -> None:
        """In the end a sender that lives, and then everything holds."""
        try:
            self.a_dead_sender_is_noticed()
            self.deliver("accepts", dies="")
            assert [found for found in verify() if not found.holds] == []
        finally:
            transaction.set_rollback(True)
            self.stack.__exit__(None, None, None)

    @rule(target=enquiries, way=st.sampled_from([Way.CALL, Way.EMAIL, Way.TEXT]), mailable=st.booleans())
    def submit(self, way: Way, mailable: bool) -> tuple[Answers, str, UUID]:
        email = f"erin{len(self.acknowledged)}@example.org" if mailable or way == Way.EMAIL else ""
        answers, token = factories.answers(self.kent, way=way, email=email), f"token-{len(self.acknowledged)}"
        receipt = actions.submit(answers, token=token, channel=Channel.WEB)
        self.acknowledged[receipt.enquiry_id] = receipt.reference
        self.places[receipt.enquiry_id] = self.kent, receipt.enquiry_id
        return answers, token, receipt.enquiry_id

    @rule(sending=enquiries, changed=st.booleans())
    def submit_again(self, sending: tuple[Answers, str, UUID], changed: bool) -> None:
        answers, token, enquiry = sending
        again = replace(answers, message="And one thing more") if changed else answers
        receipt = actions.submit(again, token=token, channel=Channel.WEB)
        _, goes_on = self.places[enquiry]
        assert (receipt.enquiry_id, receipt.reference) == (goes_on, self.acknowledged[goes_on])

    @rule(sending=enquiries)
    def claim(self, sending: tuple[Answers, str, UUID]) -> None:
        with allowed_to_refuse():
            actions.claim(self.case(sending), by=self.by(sending))

    @rule(sending=enquiries, outcome=st.sampled_from([Outcome.REACHED, Outcome.NO_ANSWER]))
    def ring(self, sending: tuple[Answers, str, UUID], outcome: Outcome) -> None:
        with allowed_to_refuse():
            actions.log_attempt(self.case(sending), way=Way.CALL, outcome=outcome, by=self.by(sending))

    @rule(sending=enquiries)
    def withdraw(self, sending: tuple[Answers, str, UUID]) -> None:
        with allowed_to_refuse():
            actions.take_step(self.case(sending), Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=self.by(sending))

    @rule(sending=enquiries, says=st.sampled_from([ask_to_stop, say_still_interested]))
    def answer(self, sending: tuple[Answers, str, UUID], says: Callable[[Enquiry], None]) -> None:
        with allowed_to_refuse():
            says(self.case(sending))

    @rule(sending=enquiries)
    def ask_the_other_council(self, sending: tuple[Answers, str, UUID]) -> None:
        with allowed_to_refuse():
            handovers.offer(
                self.case(sending), to=self.other(sending), reason=HandoverReason.MOVED, by=self.by(sending)
            )

    @rule(sending=enquiries, accept=st.sampled_from([True, True, False]))
    def the_other_council_answers(self, sending: tuple[Answers, str, UUID], accept: bool) -> None:
        other, case = self.other(sending), self.case(sending)
        with as_council(other):
            asked = Handover.objects.filter(journey_id=case.journey_id, state=HandoverState.OFFERED).first()
        if asked is None:
            return
        with allowed_to_refuse():
            new = handovers.answer(asked, accept=accept, refusal=RefusalReason.NOT_OURS, by=self.workers[other.pk])
            if new:
                self.places[sending[2]] = other, new
                self.acknowledged[new] = self.case(sending).reference

    @rule(sending=enquiries)
    def take_the_question_back(self, sending: tuple[Answers, str, UUID]) -> None:
        case = self.case(sending)
        with as_council(case.council_id):
            sent = Handover.objects.filter(enquiry=case, side=Side.SENT).order_by("-offered_at").first()
        if sent:
            with allowed_to_refuse():
                handovers.withdraw(sent, by=self.by(sending))

    @rule(sending=enquiries)
    def say_no(self, sending: tuple[Answers, str, UUID]) -> None:
        with allowed_to_refuse():
            say_no(self.case(sending), reason=None)

    @rule(answer=st.sampled_from(sorted(ANSWERS)), dies=st.sampled_from(["", "", "before", "after"]))
    def deliver(self, answer: str, dies: str) -> None:
        carrier = Carrier(answer, dies)
        councils = scope_across(Council.objects.values_list("pk", flat=True), "deliver")
        run = Run(councils, (Lane.SERVICE,), timedelta(), told_to_stop=lambda: False)
        run.put_right()
        try:
            run.deliver(carrier)
        except Killed:
            self.excuses.update(carrier.stored[-1:])
        if answer == "falls silent":
            self.excuses.update(carrier.stored)
        self.copies.update(carrier.stored)

    @rule(minutes=st.sampled_from([1, 5, 45, 600]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.move(self.now)
        actions.run_due()
        find_stuck()

    @rule()
    def a_dead_sender_is_noticed(self) -> None:
        self.now += LEASE + timedelta(seconds=1)
        self.move(self.now)

    @invariant()
    def every_acknowledged_reference_is_a_row(self) -> None:
        with across([self.kent, self.hampshire], reason="test"):
            stored = dict(Enquiry.objects.values_list("pk", "reference"))
        assert self.acknowledged.items() <= stored.items()

    @invariant()
    def nobody_gets_more_copies_than_senders_died(self) -> None:
        assert all(copies <= 1 + self.excuses[message] for message, copies in self.copies.items())

    @invariant()
    def what_is_called_sent_was_stored_by_the_receiver(self) -> None:
        with across([self.kent, self.hampshire], reason="test"):
            assert {row.pk for row in Message.objects.filter(state=State.SENT)} <= set(self.copies)

    @invariant()
    def verify_finds_nothing(self) -> None:
        assert [found for found in verify() if not found.holds and not found.title.startswith(_IN_THE_END)] == []

    def case(self, sending: tuple[Answers, str, UUID]) -> Enquiry:
        council, goes_on = self.places[sending[2]]
        with as_council(council):
            return Enquiry.objects.get(pk=goes_on)

    def other(self, sending: tuple[Answers, str, UUID]) -> Council:
        council, _ = self.places[sending[2]]
        return self.kent if council == self.hampshire else self.hampshire

    def by(self, sending: tuple[Answers, str, UUID]) -> Access:
        council, _ = self.places[sending[2]]
        return self.workers[council.pk]


@contextmanager
def allowed_to_refuse() -> Iterator[None]:
    """A closed case refuses, and says so."""
    try:
        yield
    except Refused as refusal:
        assert str(refusal)


@pytest.mark.django_db
def test_every_life_of_an_enquiry_keeps_what_must_hold(
    kent: Council, hampshire: Council, cast: Cast, move_clock: Move
) -> None:
    Life.kent, Life.hampshire, Life.move = kent, hampshire, staticmethod(move_clock)
    Life.workers = {kent.pk: access_of(cast.kate), hampshire.pk: access_of(cast.hal)}
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
