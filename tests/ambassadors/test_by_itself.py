"""What happens to introductions while nobody looks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ambassadors.actions import answering, by_itself, feedback, meeting, turns
from ambassadors.actions.introducing import Chosen, ask_in_turn
from ambassadors.introduction_states import OPEN, State, StoppedBy
from ambassadors.models import Introduction, NextInTurn, Scheme
from ambassadors.states import TalkBy
from ambassadors.tasks import look_after_introductions
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.actions import status, wishing
from tests import factories
from tests.ambassadors.introducing import again, agreed, ask, cora, mails, offer_of, state_of, talk, waiting
from tests.conftest import Cast
from tests.enquiries.handing import passed_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def on_monday(move_clock: Move) -> None:
    move_clock(MONDAY)


def later(move_clock: Move, **given: int) -> None:
    move_clock(hub_now() + timedelta(**given))


def test_no_answer_in_three_working_days_goes_back_to_wait(kent: Council, move_clock: Move) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    move_clock(datetime(2026, 11, 26, 23, 58, tzinfo=UTC))
    look_after_introductions()
    assert state_of(made) == State.OFFERED
    move_clock(datetime(2026, 11, 27, 0, 0, tzinfo=UTC))
    look_after_introductions()
    assert state_of(made) == State.EXPIRED
    assert mails(kent, to=case.email) == [], "the enquirer does not learn of it"
    ask(case, factories.ambassador(kent, first_name="Bea"))


def test_days_to_answer_are_the_ambassadors_councils(kent: Council, hampshire: Council) -> None:
    Scheme.objects.create(council=kent, across_borders=True, answer_days=9)
    Scheme.objects.create(council=hampshire, across_borders=True, answer_days=1)
    made = ask(waiting(kent), factories.ambassador(hampshire), checked=False)
    assert again(made).answer_by == offer_of(made).answer_by == datetime(2026, 11, 24, 23, 59, tzinfo=UTC)


def test_bank_holidays_are_nobodys_days_to_answer(kent: Council, move_clock: Move) -> None:
    move_clock(datetime(2026, 12, 23, 10, tzinfo=UTC))
    made = ask(waiting(kent), factories.ambassador(kent))
    assert again(made).answer_by == datetime(2026, 12, 30, 23, 59, tzinfo=UTC)


def test_what_the_other_council_does_not_confirm_in_time_ends(
    kent: Council, hampshire: Council, move_clock: Move
) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)
    anna = factories.ambassador(hampshire)
    made = ask(waiting(kent), anna, checked=False)
    later(move_clock, days=8)
    look_after_introductions()
    assert state_of(made) == State.NOT_CONFIRMED
    assert mails(hampshire, to=anna.email) == []


def test_an_enquirer_who_does_not_answer_is_reminded_once_and_then_it_lapses(kent: Council, move_clock: Move) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    talk(made).accept()
    later(move_clock, days=2)
    for _ in range(2):
        look_after_introductions()
    assert mails(kent, to=case.email) == ["ready", "still_ready"]
    later(move_clock, days=2)
    look_after_introductions()
    assert state_of(made) == State.LAPSED
    assert mails(kent, to=anna.email) == ["not_now", "offered"]


def short_list(case: object, *ambassadors: object) -> Introduction:
    chosen = [Chosen(each.pk, each.council_id) for each in ambassadors]  # type: ignore[attr-defined]  # rows
    return ask_in_turn(case, chosen, checked=True, by=cora(ambassadors[0].council))  # type: ignore[arg-type,attr-defined]  # as above


def open_of(case: object, council: Council) -> list[str]:
    with as_council(council):
        rows = Introduction.objects.filter(enquiry=case, state__in=sorted(OPEN))  # type: ignore[misc]  # a case
        return [row.ambassador_name for row in rows]


def test_a_decline_goes_to_the_next_in_turn(kent: Council) -> None:
    case = waiting(kent)
    anna, bea, cat = (factories.ambassador(kent, first_name=name) for name in ("Anna", "Bea", "Cat"))
    made = short_list(case, anna, bea, cat)
    look_after_introductions()
    assert open_of(case, kent) == ["Anna"], "one at a time"
    answering.decline(talk(made).where)
    for _ in range(2):
        look_after_introductions()
    assert open_of(case, kent) == ["Bea"]
    assert mails(kent, to=bea.email) == ["offered"]
    assert mails(kent, to=cat.email) == []


def test_whoever_cannot_be_asked_any_more_is_passed_over(kent: Council, move_clock: Move) -> None:
    case = waiting(kent)
    anna, bea, cat = (factories.ambassador(kent, first_name=name) for name in ("Anna", "Bea", "Cat"))
    short_list(case, anna, bea, cat)
    with as_council(kent):
        type(bea).objects.filter(pk=bea.pk).update(paused_by_staff=True)
    later(move_clock, days=5)
    look_after_introductions()
    assert open_of(case, kent) == ["Cat"]
    with as_council(kent):
        assert not NextInTurn.objects.exists()


def test_nobody_goes_on_by_itself_when_the_enquirer_is_silent(kent: Council, move_clock: Move) -> None:
    case = waiting(kent)
    made = short_list(case, factories.ambassador(kent), factories.ambassador(kent, first_name="Bea"))
    talk(made).accept()
    later(move_clock, days=5)
    for _ in range(2):
        look_after_introductions()
    assert state_of(made) == State.LAPSED
    assert open_of(case, kent) == []


def test_whom_a_coordinator_put_down_just_now_stays_while_somebody_is_asked(kent: Council) -> None:
    case = waiting(kent)
    short_list(case, factories.ambassador(kent), factories.ambassador(kent, first_name="Bea"))
    assert not turns._go_on(kent.pk, case.pk)
    with as_council(kent):
        assert NextInTurn.objects.count() == 1


def test_a_check_of_a_month_ago_asks_nobody(kent: Council, move_clock: Move) -> None:
    case = waiting(kent)
    short_list(case, factories.ambassador(kent), factories.ambassador(kent, first_name="Bea"))
    later(move_clock, days=29)
    look_after_introductions()
    assert open_of(case, kent) == []


def test_both_are_reminded_the_day_before(kent: Council, move_clock: Move) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = agreed(case, anna, TalkBy.PHONE, "+447700900123")
    meeting.set_time(talk(made).where, at=MONDAY + timedelta(days=3))
    later(move_clock, days=2, minutes=-1)
    look_after_introductions()
    assert "tomorrow" not in mails(kent)
    later(move_clock, minutes=1)
    for _ in range(2):
        look_after_introductions()
    assert mails(kent, to=anna.email).count("tomorrow") == mails(kent, to=case.email).count("tomorrow") == 1


def test_a_time_set_late_is_reminded_two_hours_before(kent: Council, move_clock: Move) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent))
    meeting.set_time(talk(made).where, at=MONDAY + timedelta(hours=20))
    later(move_clock, hours=18)
    look_after_introductions()
    assert mails(kent).count("tomorrow") == 2


def test_another_time_replaces_the_reminder(kent: Council, move_clock: Move) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent))
    for days in (2, 9):
        meeting.set_time(talk(made).where, at=MONDAY + timedelta(days=days))
    later(move_clock, days=1, hours=1)
    look_after_introductions()
    assert "tomorrow" not in mails(kent)


def test_both_are_asked_whether_they_spoke_the_day_after(kent: Council, move_clock: Move) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent))
    meeting.set_time(talk(made).where, at=MONDAY + timedelta(days=3))
    later(move_clock, days=4, minutes=-1)
    look_after_introductions()
    assert "spoke" not in mails(kent)
    later(move_clock, minutes=1)
    for _ in range(2):
        look_after_introductions()
    assert mails(kent).count("spoke") == 2


def test_without_a_time_they_are_asked_a_week_later(kent: Council, move_clock: Move) -> None:
    agreed(waiting(kent), factories.ambassador(kent))
    later(move_clock, days=7)
    look_after_introductions()
    assert mails(kent).count("spoke") == 2


def test_one_no_and_silence_of_a_week_is_a_no(kent: Council, move_clock: Move) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent))
    feedback.say_spoke(talk(made).where, side=StoppedBy.ENQUIRER, spoke=False)
    assert mails(kent).count("spoke") == 1, "the other one is asked at once"
    later(move_clock, days=6)
    look_after_introductions()
    assert state_of(made) == State.AGREED
    later(move_clock, days=1)
    look_after_introductions()
    assert state_of(made) == State.NOT_SPOKEN
    assert again(made).noes == 1


def test_silence_of_both_gives_the_seat_back_and_says_no_no(kent: Council, move_clock: Move) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent))
    for days in (7, 13):
        later(move_clock, days=days)
        look_after_introductions()
        assert state_of(made) == State.AGREED
    later(move_clock, days=1)
    look_after_introductions()
    assert state_of(made) == State.NOT_SPOKEN
    assert again(made).noes == 0


def test_a_wish_taken_back_ends_what_is_open_and_tells_the_ambassador(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    wishing.take_wish_back(case, by=None)
    for _ in range(2):
        look_after_introductions()
    assert state_of(made) == State.STOPPED
    assert again(made).stopped_by == StoppedBy.ENQUIRER
    assert mails(kent, to=anna.email) == ["not_needed", "offered"]


def test_a_case_that_closes_ends_what_is_open(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = agreed(case, anna)
    status.say_no(case, reason=None)
    look_after_introductions()
    assert state_of(made) == State.STOPPED
    assert mails(kent, to=anna.email) == ["agreed", "offered", "stopped"]
    assert mails(kent, to=case.email) == ["ready"]


def test_whoever_was_in_touch_hears_that_it_ends_with_a_handover(kent: Council, hampshire: Council, cast: Cast) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = agreed(case, anna)
    passed_on(case, hampshire, cast.kate, cast.hal)
    look_after_introductions()
    assert state_of(made) == State.STOPPED
    assert mails(kent, to=anna.email) == ["agreed", "offered", "stopped"]
    assert mails(kent, hampshire, to=case.email) == ["passed_on", "ready"]


def test_nobody_has_to_answer_for_whoever_asked_us_to_stop(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    status.ask_to_stop(case)
    look_after_introductions()
    assert state_of(made) == State.STOPPED
    assert mails(kent, to=anna.email) == ["not_needed", "offered"]
    assert mails(kent, to=case.email) == []
    status.undo_stop(case)
    ask(case, factories.ambassador(kent, first_name="Bea"))


def test_what_was_agreed_goes_on_although_we_write_no_more(kent: Council) -> None:
    case = waiting(kent)
    made = agreed(case, factories.ambassador(kent))
    status.ask_to_stop(case)
    look_after_introductions()
    assert state_of(made) == State.AGREED


def test_nothing_is_due_where_nothing_is_due(kent: Council) -> None:
    agreed(waiting(kent), factories.ambassador(kent))
    jobs = (by_itself.end_what_is_over, by_itself.expire, by_itself.lapse, by_itself.settle, by_itself.ask)
    assert [job() for job in (*jobs, by_itself.remind, turns.ask_next)] == [0] * 7
