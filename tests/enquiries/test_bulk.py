"""Many cases at once: each by itself, by the rules of one."""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import pytest

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.refusals import Refused
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions.bulk import MOST, Done, NotDone
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from tests import factories
from tests.conftest import Cast

NOT_THERE = NotDone("", "There is no such enquiry in your councils.")


@pytest.fixture
def cases(kent: Council, cast: Cast, move_clock: Callable[[datetime], None]) -> list[Enquiry]:
    move_clock(datetime(2026, 11, 23, 10, 0, tzinfo=LONDON))
    return [factories.enquiry(kent, email=f"erin{number}@example.org") for number in range(3)]


def close(cases: Iterable[uuid.UUID], by: User) -> Done:
    return actions.close_many(cases, step=Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(by))


def owners(cases: list[Enquiry]) -> list[str]:
    with as_council(cases[0].council_id):
        found = Enquiry.objects.select_related("owner").in_bulk([case.pk for case in cases])
    those = [found[case.pk].owner for case in cases]
    return [owner.name if owner else "" for owner in those]


def states(cases: list[Enquiry]) -> list[str]:
    with across({case.council_id for case in cases}, reason="test"):
        found = Enquiry.objects.in_bulk([case.pk for case in cases])
    return [found[case.pk].state for case in cases]


def count(council: Council, verb: str) -> int:
    with as_council(council):
        return Event.objects.filter(verb=verb).count()


def ids(cases: list[Enquiry]) -> list[uuid.UUID]:
    return [case.pk for case in cases]


def test_many_are_given_to_one_and_sent_twice_nothing_more_happens(
    kent: Council, cases: list[Enquiry], cast: Cast
) -> None:
    with as_council(kent):
        assert actions.assign_many(ids(cases), to=cast.kate, by=access_of(cast.mina)) == Done(3, 0, ())
        assert actions.assign_many(ids(cases), to=cast.kate, by=access_of(cast.mina)) == Done(0, 3, ())
    assert owners(cases) == ["Kate"] * 3
    assert count(kent, "enquiry.assigned") == 3


def test_what_is_refused_is_named_and_the_others_are_done(kent: Council, cases: list[Enquiry], cast: Cast) -> None:
    closed = cases[1]
    actions.take_step(closed, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.mina))
    with as_council(kent):
        done = actions.assign_many(ids(cases), to=cast.kate, by=access_of(cast.mina))
    assert done == Done(2, 0, (NotDone(closed.reference, "This case is closed. Reopen it first."),))
    assert owners(cases) == ["Kate", "", "Kate"]
    assert count(kent, "enquiry.refused") == 1


def test_what_a_colleague_took_meanwhile_is_not_taken_away(kent: Council, cases: list[Enquiry], cast: Cast) -> None:
    actions.claim(cases[0], by=access_of(cast.kate))
    with as_council(kent):
        seen = dict.fromkeys(ids(cases))
        done = actions.assign_many(ids(cases), to=cast.mina, seen=seen, by=access_of(cast.mina))
    assert (done.changed, [refusal.reference for refusal in done.refused]) == (2, [cases[0].reference])
    assert owners(cases) == ["Kate", "Mina", "Mina"]


def test_an_officer_gives_away_only_their_own(kent: Council, cases: list[Enquiry], cast: Cast) -> None:
    actions.claim(cases[0], by=access_of(cast.kate))
    with as_council(kent):
        done = actions.assign_many(ids(cases), to=cast.mina, by=access_of(cast.kate))
    assert (done.changed, len(done.refused)) == (1, 2)
    assert owners(cases) == ["Mina", "", ""]


def test_many_are_closed_with_one_reason(kent: Council, cases: list[Enquiry], cast: Cast) -> None:
    with as_council(kent):
        assert close(ids(cases), cast.kate) == Done(3, 0, ())
        assert close(ids(cases), cast.kate) == Done(0, 3, ())
    assert states(cases) == [State.WITHDRAWN] * 3
    with as_council(kent):
        assert set(Enquiry.objects.values_list("close_reason", flat=True)) == {CloseReason.NO_ROOM}
    assert count(kent, "enquiry.withdraw") == 3


def test_the_workflow_decides_what_is_closed(kent: Council, cases: list[Enquiry], cast: Cast) -> None:
    """From the application on Ofsted's reasons count; and nobody is closed for no reply before they were asked."""
    kate = access_of(cast.kate)
    actions.take_step(cases[0], Step.APPLY, by=kate)
    with as_council(kent):
        done = close(ids(cases[:2]), cast.kate)
        unasked = actions.close_many([cases[2].pk], step=Step.GIVE_UP, by=kate)
    told = "“No spare room” is no reason for a case that is “Applied”. Choose another one from the list."
    assert done == Done(1, 0, (NotDone(cases[0].reference, told),))
    assert "First ask whether they are still interested" in unasked.refused[0].why
    assert states(cases) == [State.APPLIED, State.WITHDRAWN, State.NEW]


@pytest.mark.parametrize("step", [Step.POSTPONE, Step.APPROVE, Step.REACH, Step.MERGE, Step.PASS_ON, Step.REOPEN])
def test_no_other_step_is_taken_by_many(kent: Council, cases: list[Enquiry], cast: Cast, step: Step) -> None:
    with as_council(kent), pytest.raises(Refused, match="Choose how they end"):
        actions.close_many(ids(cases), step=step, by=access_of(cast.mina))
    assert states(cases) == [State.NEW] * 3


def test_another_councils_and_none_are_refused_alike(
    kent: Council, hampshire: Council, cases: list[Enquiry], cast: Cast
) -> None:
    theirs = factories.enquiry(hampshire)
    kate = access_of(cast.kate)
    with as_council(kent):
        done = close([theirs.pk, uuid.uuid4(), cases[0].pk], cast.kate)
        assert actions.assign_many([theirs.pk], to=None, by=kate) == Done(0, 0, (NOT_THERE,))
    assert done == Done(1, 0, (NOT_THERE, NOT_THERE))
    assert states([theirs]) == [State.NEW]
    assert count(hampshire, "enquiry.refused") == 0


def test_in_a_wider_scope_only_their_own_councils_are_touched(
    kent: Council, hampshire: Council, cases: list[Enquiry], cast: Cast
) -> None:
    theirs = factories.enquiry(hampshire)
    with across([kent, hampshire], reason="test"):
        done = close([theirs.pk], cast.kate)
    assert done == Done(0, 0, (NOT_THERE,))
    assert states([theirs]) == [State.NEW]


def test_a_hub_officer_changes_cases_of_several_councils(
    kent: Council, hampshire: Council, cases: list[Enquiry], cast: Cast
) -> None:
    theirs = factories.enquiry(hampshire)
    with across([kent, hampshire], reason="test"):
        done = actions.assign_many([cases[0].pk, theirs.pk], to=cast.hal, by=access_of(cast.olu))
    assert done == Done(1, 0, (NotDone(cases[0].reference, "Hal does not work on this council’s cases."),))


def test_more_than_a_few_pages_are_refused_before_anything_is_done(
    kent: Council, cases: list[Enquiry], cast: Cast
) -> None:
    many = ids(cases) + [uuid.uuid4() for _ in range(MOST)]
    with as_council(kent), pytest.raises(Refused, match=f"at most {MOST}"):
        actions.assign_many(many, to=cast.kate, by=access_of(cast.mina))
    assert owners(cases) == ["", "", ""]


def test_a_missed_promise_is_written_down_before_the_case_is_closed(
    kent: Council, cases: list[Enquiry], cast: Cast, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(hub_now() + timedelta(days=3))
    with as_council(kent):
        close(ids(cases), cast.kate)
    assert count(kent, "enquiry.promise_missed") == 3
