"""A due time that comes near is told in working hours: to the officer, the managers, the hub, each once."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from councils.access import access_of
from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON, WorkingHours, add_working_hours
from enquiries import actions
from enquiries.actions.escalating import escalate as near
from enquiries.actions.missed import find_missed
from enquiries.escalation import horizons, latest_due, to_tell
from enquiries.follow_up_states import Told
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Outcome, Slot, State, Step, Way
from enquiries.tasks import escalate
from lafse.celery import app
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]
HOURS = WorkingHours()
FOUR, TWO, ONE = (timedelta(hours=count) for count in (4, 2, 1))


def london(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


MONDAY = 23  # November 2026


@pytest.mark.parametrize(
    ("now", "left", "latest"),
    [
        (london(24, 13), FOUR, london(25, 9)),  # all of the evening in between has four hours before it
        (london(24, 12, 59), FOUR, london(24, 16, 59)),
        (london(24, 9), ONE, london(24, 10)),
        (london(24, 16), FOUR, london(25, 12)),
        (london(27, 13), FOUR, london(30, 9)),  # Friday: Saturday is told now
        (london(24, 13, month=12), FOUR, london(29, 9, month=12)),  # Christmas Eve, two holidays and a substitute day
    ],
)
def test_a_due_time_is_near_by_working_hours(now: datetime, left: timedelta, latest: datetime) -> None:
    assert latest_due(now, left, HOURS) == latest


@pytest.mark.parametrize("now", [london(24, 8, 59), london(24, 17), london(28, 12), london(25, 12, month=12)])
def test_nobody_is_told_while_the_council_is_closed(now: datetime) -> None:
    assert horizons(now, HOURS) == {}


def test_every_rung_is_reached_in_order_and_once() -> None:
    due_at = london(24, 17)
    reached: list[Told] = []
    for minutes in range(0, 24 * 60, 7):
        now = london(24, 0) + timedelta(minutes=minutes)
        told = reached[-1] if reached else Told.NOBODY
        reached += to_tell(due_at, State.NEW, told=told, until=horizons(now, HOURS))
    assert reached == [Told.OFFICER, Told.MANAGER, Told.HUB]


def test_what_was_slept_through_is_caught_up_in_order() -> None:
    until = horizons(london(24, 16, 30), HOURS)
    assert to_tell(london(24, 17), State.NEW, told=Told.NOBODY, until=until) == [Told.OFFICER, Told.MANAGER, Told.HUB]
    assert to_tell(london(24, 17), State.NEW, told=Told.OFFICER, until=until) == [Told.MANAGER, Told.HUB]


def test_an_application_is_told_to_its_owner_only() -> None:
    until = horizons(london(24, 16, 30), HOURS)
    assert to_tell(london(24, 17), State.APPLIED, told=Told.NOBODY, until=until) == [Told.OFFICER]


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Move) -> Enquiry:
    """Sent on Monday, promised for 5pm on Tuesday 24 November."""
    move_clock(london(MONDAY, 10))
    return factories.enquiry(kent)


def told(council: Council) -> list[object]:
    with as_council(council):
        events = Event.objects.filter(verb="enquiry.escalated").order_by("at", "pk")
        return sorted((event.facts["told"] for event in events), key=["officer", "manager", "hub"].index)


def mailed(council: Council, kind: str = "due_soon") -> list[str]:
    with as_council(council):
        return sorted(Message.objects.filter(kind=kind, to_staff=True).values_list("to_address", flat=True))


def todos(council: Council, kind: ToDoKind = ToDoKind.DUE_SOON) -> list[ToDo]:
    with as_council(council):
        return list(ToDo.objects.filter(kind=kind, done_at=None).select_related("owner"))


def claimed(case: Enquiry, cast: Cast) -> None:
    actions.claim(case, by=access_of(cast.kate))


def test_the_owner_is_told_when_four_working_hours_are_left(
    kent: Council, office: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    claimed(case, cast)
    move_clock(london(24, 12, 59))
    escalate()
    assert told(kent) == []
    move_clock(london(24, 13))
    escalate()
    assert told(kent) == ["officer"]
    assert mailed(kent) == [cast.kate.email]
    assert [(todo.owner, todo.due_at) for todo in todos(kent)] == [(cast.kate, case.next_due_at)]
    assert mailed(office) == []
    assert todos(office) == []


def test_nobodys_case_is_told_to_the_duty_mailbox(kent: Council, case: Enquiry, move_clock: Move) -> None:
    Council.objects.filter(pk=kent.pk).update(duty_mailbox="duty@kent.example")
    move_clock(london(24, 13))
    escalate()
    assert mailed(kent) == ["duty@kent.example"]
    assert [todo.owner for todo in todos(kent)] == [None]


def test_without_a_duty_mailbox_everybody_who_works_there_is_told(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    Council.objects.filter(pk=kent.pk).update(duty_mailbox="")
    factories.user("Sam", kent, Role.SAFEGUARDING)
    move_clock(london(24, 13))
    escalate()
    assert mailed(kent) == [cast.kate.email, cast.mina.email]


def test_managers_are_told_at_two_and_the_hub_at_one(
    kent: Council, office: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    Council.objects.filter(pk=office.pk).update(duty_mailbox="duty@hub.example")
    claimed(case, cast)
    for hour in (13, 15, 16):
        move_clock(london(24, hour))
        escalate()
    assert told(kent) == ["officer", "manager", "hub"]
    assert mailed(kent) == [cast.kate.email, cast.mina.email]
    assert [todo.owner for todo in todos(kent)] == [None]
    assert mailed(office) == ["duty@hub.example"]
    assert [(todo.about_council_id, todo.subject_id) for todo in todos(office)] == [(kent.pk, case.pk)]


def test_running_it_again_tells_nobody_twice(
    kent: Council, office: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    for hour in (13, 13, 14, 15, 15, 16, 16):
        move_clock(london(24, hour, 30))
        for _ in range(2):
            escalate()
    assert told(kent) == ["officer", "manager", "hub"]
    assert len(todos(kent)) == len(todos(office)) == 1
    assert len(mailed(office)) == 1


def test_after_an_outage_only_the_last_rung_is_mailed(
    kent: Council, office: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    claimed(case, cast)
    move_clock(london(24, 16, 30))
    escalate()
    assert told(kent) == ["officer", "manager", "hub"]
    assert mailed(kent) == []
    assert len(mailed(office)) == 1
    assert len(todos(kent)) == len(todos(office)) == 1


def test_other_councils_are_not_told(kent: Council, hampshire: Council, case: Enquiry, move_clock: Move) -> None:
    move_clock(london(24, 16, 30))
    escalate()
    assert mailed(hampshire) == []
    assert todos(hampshire) == []


def test_mail_to_staff_names_nobody(kent: Council, case: Enquiry, move_clock: Move) -> None:
    move_clock(london(24, 13))
    escalate()
    with as_council(kent):
        message = Message.objects.filter(kind="due_soon").first()
    assert message is not None
    assert case.reference in message.text
    assert f"/staff/enquiries/enquiry/{case.pk}/change/" in message.text
    assert "by 5pm today" in message.text
    for personal in (case.name, case.email, case.phone, case.postcode):
        assert personal not in message.text + message.subject


def test_a_saturdays_promise_is_told_on_friday(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(london(26, 10))
    case = factories.enquiry(kent, times=(Slot.SATURDAY,))
    assert case.promise_due_at == london(28, 16)
    for hour, expected in ((12, []), (13, ["officer"]), (15, ["officer", "manager"])):
        move_clock(london(27, hour))
        escalate()
        assert told(kent) == expected


def test_an_evenings_promise_is_told_before_the_council_closes(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(london(MONDAY, 10))
    factories.enquiry(kent, times=(Slot.WEEKDAY_EVENING,))
    move_clock(london(24, 16))
    escalate()
    assert told(kent) == ["officer", "manager", "hub"]


def test_a_council_with_hours_of_its_own_is_told_by_them(kent: Council, cast: Cast, move_clock: Move) -> None:
    Council.objects.filter(pk=kent.pk).update(opens_at=time(8), closes_at=time(16))
    move_clock(london(MONDAY, 10))
    factories.enquiry(kent)
    move_clock(london(24, 11, 59))
    escalate()
    assert told(kent) == []
    move_clock(london(24, 12))
    escalate()
    assert told(kent) == ["officer"]


def test_a_new_due_time_is_told_anew_and_settles_the_old_reminder(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    claimed(case, cast)
    move_clock(london(24, 13))
    escalate()
    case = actions_log(case, cast, Outcome.NO_ANSWER)
    escalate()
    assert todos(kent) == []
    move_clock(london(25, 13))
    escalate()
    assert told(kent) == ["officer", "officer"]
    assert [todo.due_at for todo in todos(kent)] == [case.next_due_at]


def actions_log(case: Enquiry, cast: Cast, outcome: Outcome) -> Enquiry:
    actions.log_attempt(case, way=Way.CALL, outcome=outcome, by=access_of(cast.kate))
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def test_a_closed_case_is_told_to_nobody(kent: Council, case: Enquiry, cast: Cast, move_clock: Move) -> None:
    move_clock(london(24, 13))
    escalate()
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.kate))
    move_clock(london(24, 16))
    escalate()
    assert told(kent) == ["officer"]
    assert todos(kent) == []


def test_suspected_spam_is_told_like_any_other(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(london(MONDAY, 10))
    factories.enquiry(kent, suspicions=("fast",))
    move_clock(london(24, 13))
    escalate()
    assert told(kent) == ["officer"]


def test_an_application_reminds_its_owner_only(
    kent: Council, office: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    claimed(case, cast)
    applied = actions.take_step(case, Step.APPLY, by=access_of(cast.kate))
    assert applied.next_due_at
    move_clock(applied.next_due_at - timedelta(minutes=30))
    for _ in range(2):
        escalate()
    assert told(kent) == ["officer"]
    assert mailed(kent) == [cast.kate.email]
    assert todos(office) == []


def test_a_missed_promise_is_written_down_once_and_told_to_managers_and_hub(
    kent: Council, office: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    Council.objects.filter(pk=office.pk).update(duty_mailbox="duty@hub.example")
    move_clock(london(24, 17, 1))
    for _ in range(2):
        escalate()
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.promise_missed", subject_id=case.pk).count() == 1
    for council, address in ((kent, cast.mina.email), (office, "duty@hub.example")):
        assert len(todos(council, ToDoKind.PROMISE_MISSED)) == 1
        assert mailed(council, "promise_missed") == [address]
        with as_council(council):
            assert Message.objects.get(kind="promise_missed").not_before == london(25, 9)


def test_a_kept_promise_settles_what_was_opened_when_it_was_missed(
    kent: Council, office: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    move_clock(london(24, 17, 1))
    escalate()
    move_clock(london(25, 9, 30))
    actions_log(case, cast, Outcome.REACHED)
    escalate()
    assert todos(kent, ToDoKind.PROMISE_MISSED) == todos(office, ToDoKind.PROMISE_MISSED) == []


def test_a_promise_kept_late_was_missed_also_where_nobody_looked_in_between(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    move_clock(london(25, 9, 30))
    for _ in range(2):
        actions_log(case, cast, Outcome.REACHED)
    escalate()
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.promise_missed", subject_id=case.pk).count() == 1


@pytest.mark.parametrize("outcome", [Outcome.REACHED, Outcome.NO_ANSWER])
def test_a_kept_promise_is_never_missed(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move, outcome: Outcome
) -> None:
    move_clock(london(24, 10))
    actions_log(case, cast, outcome)
    move_clock(london(26, 10))
    escalate()
    with as_council(kent):
        assert not Event.objects.filter(verb="enquiry.promise_missed").exists()


def test_a_promise_that_ran_out_while_the_case_was_closed_was_not_missed(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    by = access_of(cast.kate)
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=by)
    move_clock(london(26, 10))
    actions.take_step(case, Step.REOPEN, by=by)
    escalate()
    with as_council(kent):
        assert not Event.objects.filter(verb="enquiry.promise_missed").exists()


def test_a_due_time_in_four_working_hours_is_told_at_once(kent: Council, case: Enquiry, move_clock: Move) -> None:
    move_clock(london(MONDAY, 16))
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(next_due_at=add_working_hours(london(MONDAY, 16), FOUR, HOURS))
    escalate()
    assert told(kent) == ["officer"]


def test_cases_that_are_not_near_cost_no_query_each(
    kent: Council, cast: Cast, move_clock: Move, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    move_clock(london(MONDAY, 10))
    for number in range(3):
        factories.enquiry(kent, email=f"erin{number}@example.org")
    with django_assert_num_queries(6):  # councils; savepoint, scope, cases, scope restored, savepoint released
        assert near() == 0


def test_side_by_side_nobody_is_told_twice(committed_db: None) -> None:
    """Two workers that found the same cases: the second to lock a case sees what the first wrote."""
    kent = Council.objects.get(slug="kent")
    _set_clock(london(MONDAY, 10))
    for number in range(5):
        factories.enquiry(kent, email=f"erin{number}@example.org")
    Council.objects.filter(pk=kent.pk).update(duty_mailbox="duty@kent.example")
    _at_once(near, london(24, 16, 30))
    _at_once(find_missed, london(24, 17, 30))
    assert len(told(kent)) == 5 * 3
    assert len(mailed(kent, "promise_missed")) == 5
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.promise_missed").count() == 5


def _at_once(run: Callable[[], int], now: datetime) -> None:
    _set_clock(now)
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(timeout=10)
        try:
            run()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def _set_clock(to: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [to])


@pytest.mark.parametrize("task", ["escalate", "raise_bounced", "send_digests"])
def test_it_runs_every_minute_and_late_wake_ups_are_dropped(task: str) -> None:
    entry = app.conf.beat_schedule[task]
    assert (entry["task"], entry["schedule"]) == (f"enquiries.tasks.{task}", 60.0)
    assert entry["options"] == {"expires": 60}
