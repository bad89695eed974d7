"""Joined, separated, joined the other way round, while people ring, stop and send again: what must hold holds.

Hypothesis makes up the order; `manage.py verify` finds nothing after any of it, every reference finds one case, and
whoever asked us to stop is not written to from the case in which their enquiry goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.tenancy import as_council
from enquiries.actions import claim, log_attempt, run_due, submit, take_step
from enquiries.actions.merging import merge, undo_merge
from enquiries.actions.status import ask_to_stop
from enquiries.models import Enquiry, Merge
from enquiries.states import Channel, CloseReason, Outcome, Step, Way
from lafse.verification import verify
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]
THREE = st.integers(0, 2)
STEP = st.one_of(
    st.tuples(st.just("join"), THREE, THREE),
    st.tuples(st.just("separate"), THREE, THREE),
    st.tuples(st.sampled_from(["ring", "claim", "stop", "withdraw", "send", "wait"]), THREE, THREE),
)
_IN_THE_END = ("nothing due", "no lease")  # nobody delivers here


class Three:
    """Three enquiries of perhaps the same people."""

    def __init__(self, council: Council, by: Access, move: Move) -> None:
        self.council, self.by, self.move = council, by, move
        self.now = hub_now()
        self.cases = [factories.enquiry(council, email=f"{n}@example.org", token=f"token {n}") for n in range(3)]
        self.stopped: set[UUID] = set()

    def read(self, number: int) -> Enquiry:
        with as_council(self.council):
            return Enquiry.objects.get(pk=self.cases[number].pk)

    def take(self, what: str, one: int, other: int) -> None:
        try:
            getattr(self, what)(one, other)
        except Refused as refusal:
            assert str(refusal)

    def join(self, one: int, other: int) -> None:
        merge(kept=self.read(one), merged=self.read(other), by=self.by)

    def separate(self, one: int, _: int) -> None:
        with as_council(self.council):
            row = Merge.objects.filter(kept=self.cases[one], undone_at=None).order_by("at").last()
            if row:
                undo_merge(row, by=self.by)

    def ring(self, one: int, other: int) -> None:
        outcome = Outcome.REACHED if other else Outcome.NO_ANSWER
        log_attempt(self.read(one), way=Way.CALL, outcome=outcome, by=self.by)

    def claim(self, one: int, _: int) -> None:
        claim(self.read(one), by=self.by)

    def stop(self, one: int, _: int) -> None:
        ask_to_stop(self.read(one))

    def withdraw(self, one: int, _: int) -> None:
        take_step(self.read(one), Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=self.by)

    def send(self, one: int, other: int) -> None:
        answers = factories.answers(self.council, email=f"{one}@example.org", message=f"again {other}")
        submit(answers, token=f"token {one}", channel=Channel.WEB)

    def wait(self, one: int, _: int) -> None:
        self.now += timedelta(hours=1 + 20 * one)
        self.move(self.now)
        run_due()

    def holds(self) -> None:
        wrong = [each for each in verify() if not each.holds and not each.title.startswith(_IN_THE_END)]
        assert wrong == []
        with as_council(self.council):
            for case in self.cases:
                found = Enquiry.objects.matching(case.reference).get()
                assert found.merged_into_id is None
                stands = Enquiry.objects.get(pk=case.pk)
                if stands.stopped_at and stands.merged_into_id:
                    assert found.stopped_at, "the strictest consent sticks"


@pytest.mark.django_db
def test_whatever_is_joined_and_separated_nobody_is_lost(kent: Council, cast: Cast, move_clock: Move) -> None:
    begun = hub_now()

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, min_size=4, max_size=14))
    def live(steps: list[tuple[str, int, int]]) -> None:
        move_clock(begun)
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # as Django marks the one around a test
        with around:
            three = Three(kent, access_of(cast.kate), move_clock)
            for what, one, other in steps:
                three.take(what, one, other)
                three.holds()
            transaction.set_rollback(True)

    live()
