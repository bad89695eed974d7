"""A change to the past corrects the figures: each way in which it is changed, against a naive recount."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db.models import Sum

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council, as_hub
from councils.working_time import LONDON, in_london
from dashboards.actions.folding import fold_hub
from dashboards.actions.rebuilding import differences
from dashboards.exports.yearly import statistical_file
from dashboards.models import Cell
from dashboards.states import Grain
from enquiries import actions
from enquiries.actions import wishing
from enquiries.actions.changing import locked
from enquiries.actions.hearing import heard_from
from enquiries.actions.merging import merge, undo_merge
from enquiries.actions.missed import find_missed
from enquiries.answers import Wished
from enquiries.came import Came
from enquiries.came_states import Source
from enquiries.models import Enquiry
from enquiries.states import Channel, CloseReason, Outcome, Step, TalkAbout, Way
from staff.actions import change_settings
from tests import factories
from tests.conftest import Cast
from tests.dashboards.naive import recount
from tests.dashboards.test_recount import standing

Move = Callable[[datetime], None]


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=LONDON)


def agrees(council: Council) -> None:
    hub = council.hub
    fold_hub(hub)
    assert standing(hub) == recount(hub)
    assert differences(hub) == []


@pytest.fixture
def erin(kent: Council, move_clock: Move) -> Enquiry:
    move_clock(at(2))
    return factories.enquiry(kent)


def test_new_opening_hours_count_for_what_comes_from_then_on(
    erin: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    mina = access_of(cast.mina)
    move_clock(at(3, 16))
    actions.log_attempt(erin, way=Way.CALL, outcome=Outcome.REACHED, by=mina)
    agrees(kent)
    before = standing(kent.hub)
    move_clock(at(4))
    kent.opens_at, kent.closes_at = time(10), time(12)
    change_settings(kent, ["opens_at", "closes_at"], by=mina)
    fold_hub(kent.hub)
    assert (standing(kent.hub), differences(kent.hub)) == (before, [])
    ewan = factories.enquiry(kent)
    move_clock(at(5, 11))
    for case in (erin, ewan):  # Erin's is told anew, and stands as it was
        actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=mina)
    fold_hub(kent.hub)
    assert differences(kent.hub) == []
    assert spent_until_the_first_try(kent) == ["28", "6"]
    move_clock(at(6))
    kent.closes_at = time(18)
    change_settings(kent, ["closes_at"], by=mina)
    fold_hub(kent.hub)
    assert (spent_until_the_first_try(kent), differences(kent.hub)) == (["28", "6"], [])


def spent_until_the_first_try(council: Council) -> list[str]:
    """In half hours; of Erin, who came at ten in the morning on the second, when it was open from nine to five."""
    with as_hub(council.hub):
        rows = Cell.objects.filter(figure="first_try", split="hours", grain=Grain.MONTH)
        return list(rows.order_by("value").values_list("value", flat=True))


def test_a_day_that_was_put_right_goes_with_the_step_that_is_undone(
    erin: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    by = access_of(cast.kate)
    move_clock(at(10))
    actions.log_attempt(erin, way=Way.CALL, outcome=Outcome.REACHED, by=by)
    move_clock(at(11))
    actions.take_step(erin, Step.VISIT, by=by)
    move_clock(at(12))
    actions.take_step(erin, Step.APPLY, by=by)
    move_clock(at(16))
    actions.correct_day(erin, on=date(2026, 11, 14), by=by)
    agrees(kent)
    move_clock(at(17))
    actions.undo_step(erin, by=by)
    agrees(kent)


def test_where_the_merged_one_came_from_counts_for_the_one_that_is_kept(
    erin: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    """They are of two households as far as anybody knows."""
    by = access_of(cast.kate)
    move_clock(at(1))
    came = Came(source=Source.PRINT, code="kfw26")
    told = factories.answers(kent, email="another@example.org", phone="+447700900555")
    receipt = actions.submit(told, token="earlier-token", channel=Channel.WEB, came=came)
    move_clock(at(3))
    other = factories.enquiry(kent, email="third@example.org", phone="+447700900556")
    move_clock(at(4))
    wishing.wish(other, Wished(about=(TalkAbout.MONEY,)), by=None)
    agrees(kent)
    move_clock(at(5))
    earlier = Enquiry(pk=receipt.enquiry_id, council=kent)
    rows = [merge(kept=erin, merged=each, by=by) for each in (earlier, other)]
    agrees(kent)
    move_clock(at(6))
    for row in rows:
        undo_merge(row, by=by)
    agrees(kent)


def test_no_application_is_ended_by_the_service_that_waits_or_was_withdrawn(
    erin: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    by, waits = access_of(cast.mina), factories.enquiry(kent)
    move_clock(at(10))
    actions.take_step(waits, Step.APPLY, by=by)
    actions.take_step(erin, Step.APPLY, by=by)
    actions.take_step(waits, Step.POSTPONE, wake_on=date(2027, 3, 1), reason=CloseReason.WORK_OR_MONEY, by=by)
    actions.take_step(erin, Step.WITHDRAW, reason=CloseReason.AW3, by=by)
    actions.take_step(erin, Step.REOPEN, by=by)
    actions.take_step(erin, Step.WITHDRAW, reason=CloseReason.WORK_OR_MONEY, by=by)
    agrees(kent)
    with as_hub(kent.hub):
        made = statistical_file(kent.hub, [kent], 2026)
    told = dict(zip(made.columns, made.rows[0], strict=True))
    ends = ("applications_ended", "applications_withdrawn_AW0", "applications_ended_by_service", "not_yet")
    assert [told[each] for each in ends] == [1, 1, 0, 1]


def of_the_promise(council: Council) -> dict[str, int]:
    agrees(council)
    with as_hub(council.hub):
        counted = Cell.objects.filter(council=council, grain=Grain.DAY, figure__startswith="promise_", n__gt=0)
        return dict(counted.values_list("figure").annotate(Sum("n")))


def opened_again(council: Council) -> list[date]:
    with as_hub(council.hub):
        counted = Cell.objects.filter(council=council, grain=Grain.DAY, figure="opened_again", n__gt=0)
        return list(counted.values_list("on", flat=True))


def test_whoever_comes_back_after_a_missed_promise_is_promised_anew(
    erin: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    move_clock(at(6))
    find_missed()
    assert of_the_promise(kent) == {"promise_missed": 1}
    actions.take_step(erin, Step.WITHDRAW, reason=CloseReason.HEALTH, by=access_of(cast.kate))
    move_clock(at(10))
    with as_council(kent):
        heard_from(locked(erin.council_id, erin.pk), todo=None, reopen=True)
    assert of_the_promise(kent) == {"promise_missed": 1, "promise_running": 1}
    move_clock(at(13))
    find_missed()
    assert of_the_promise(kent) == {"promise_missed": 2}
    assert opened_again(kent) == [at(10).date()]


def test_a_promise_that_was_kept_stays_kept_in_its_month_when_they_come_back(
    erin: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    by = access_of(cast.kate)
    actions.log_attempt(erin, way=Way(erin.way), outcome=Outcome.REACHED, by=by)
    first_due = erin.promise_due_at
    for _ in range(2):
        actions.take_step(erin, Step.WITHDRAW, reason=CloseReason.HEALTH, by=by)
        move_clock(hub_now() + timedelta(days=60))
        with as_council(kent):
            heard_from(locked(erin.council_id, erin.pk), todo=None, reopen=True)
    assert of_the_promise(kent) == {"promise_kept": 1, "promise_running": 1}
    with as_hub(kent.hub):
        (kept,) = Cell.objects.filter(council=kent, grain=Grain.DAY, figure="promise_kept")
    assert kept.on == in_london(first_due).date()
    assert len(opened_again(kent)) == 2


def test_a_step_that_opens_again_counts_until_it_is_undone(erin: Enquiry, kent: Council, cast: Cast) -> None:
    by = access_of(cast.kate)
    actions.take_step(erin, Step.WITHDRAW, reason=CloseReason.HEALTH, by=by)
    actions.take_step(erin, Step.REOPEN, by=by)
    agrees(kent)
    assert len(opened_again(kent)) == 1
    actions.undo_step(erin, by=by)
    agrees(kent)
    assert opened_again(kent) == []


def test_a_promise_that_ran_out_while_the_case_was_closed_is_not_still_to_keep(
    erin: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    by = access_of(cast.kate)
    actions.take_step(erin, Step.WITHDRAW, reason=CloseReason.HEALTH, by=by)
    move_clock(at(10))
    actions.take_step(erin, Step.REOPEN, by=by)
    find_missed()
    assert of_the_promise(kent) == {}
