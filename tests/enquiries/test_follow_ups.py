"""What the hub writes by itself: when, at most once, and what stops it."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from councils.access import Access, access_of
from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import (
    ask_still_interested,
    change_visit,
    follow_ups,
    log_attempt,
    release,
    run_due,
    skip,
    submit,
    take_step,
)
from enquiries.actions.changing import locked
from enquiries.actions.hearing import heard_from
from enquiries.models import ContactAttempt, Enquiry, FollowUpRecord
from enquiries.states import Channel, CloseReason, Outcome, State, Step, Way
from enquiries.workflow import StepRefused
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)


@pytest.fixture
def kate(cast: Cast) -> Access:
    return access_of(cast.kate)


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(TUESDAY)
    return factories.enquiry(kent)


def again(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def mails(case: Enquiry) -> list[tuple[str, str]]:
    """Kind and state of what goes to the enquirer, oldest first."""
    with as_council(case.council_id):
        messages = Message.objects.about(case.pk).filter(to_staff=False).order_by("created_at", "kind")
        return [(message.kind, message.state) for message in messages]


def ends(case: Enquiry) -> dict[str, tuple[str, str]]:
    with as_council(case.council_id):
        return {row.step: (row.end, row.why) for row in FollowUpRecord.objects.filter(enquiry=case)}


def test_a_confirmation_is_a_step_that_ended(case: Enquiry) -> None:
    assert mails(case) == [("confirmation", "queued")]
    assert ends(case) == {"confirmation": ("sent", "")}
    assert again(case).next_follow_up_at is None


def test_we_tried_to_reach_you_goes_half_an_hour_after_the_attempt(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    assert again(case).next_follow_up_at == TUESDAY + timedelta(minutes=30)
    move_clock(TUESDAY + timedelta(minutes=29))
    assert run_due() == 0
    move_clock(TUESDAY + timedelta(minutes=30))
    assert run_due() == 1
    assert mails(case)[1:] == [("tried", "queued")]
    assert run_due() == 0, "and once only"


def tried(case: Enquiry, by: Access, outcome: Outcome = Outcome.NO_ANSWER) -> None:
    log_attempt(case, way=Way.CALL, outcome=outcome, by=by)


def todos(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return sorted(ToDo.objects.filter(subject_id=case.pk, done_at=None).values_list("kind", flat=True))


def write_to(case: Enquiry, **fields: object) -> Enquiry:
    """As if the enquirer, or another room, had changed the case."""
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**fields)
        return Enquiry.objects.get(pk=case.pk)


def test_it_is_not_sent_once_they_were_reached(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    tried(case, kate)
    move_clock(TUESDAY + timedelta(minutes=10))
    tried(case, kate, Outcome.REACHED)
    move_clock(TUESDAY + timedelta(minutes=31))
    assert run_due() == 1
    assert ends(case)["tried:1"] == ("not_possible", "reached")
    assert "tried" not in dict(mails(case))


def test_what_waits_in_the_outbox_is_called_back_once_they_were_reached(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    tried(case, kate)
    move_clock(TUESDAY + timedelta(minutes=30))
    run_due()
    move_clock(TUESDAY + timedelta(minutes=40))
    tried(case, kate, Outcome.REACHED)
    assert dict(mails(case)) == {"confirmation": "queued", "tried": "cancelled"}


def test_three_calls_in_one_afternoon_are_told_once(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    for minutes in (0, 20, 45):
        move_clock(TUESDAY + timedelta(minutes=minutes))
        tried(case, kate)
        run_due()
    move_clock(TUESDAY + timedelta(hours=3))
    run_due()
    assert [kind for kind, _ in mails(case)] == ["confirmation", "tried"]


def test_three_tries_are_told_and_no_more(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    for days in range(5):
        move_clock(TUESDAY + timedelta(days=days))
        tried(case, kate)
        move_clock(TUESDAY + timedelta(days=days, minutes=30))
        run_due()
    assert sorted(step for step in ends(case) if step.startswith("tried")) == ["tried:1", "tried:2", "tried:3"]


def test_information_goes_on_the_working_day_after_they_were_reached(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    friday = datetime(2026, 11, 27, 15, tzinfo=LONDON)
    move_clock(friday)
    tried(case, kate, Outcome.REACHED)
    assert again(case).next_follow_up_at == datetime(2026, 11, 30, 10, tzinfo=LONDON)
    tried(case, kate, Outcome.REACHED)
    move_clock(datetime(2026, 11, 30, 10, tzinfo=LONDON))
    assert run_due() == 1
    assert [kind for kind, _ in mails(case)] == ["confirmation", "information"]


def test_nothing_is_lost_while_nobody_looks_it_goes_late(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    tried(case, kate)
    move_clock(TUESDAY + timedelta(hours=9))
    assert run_due() == 1
    assert ends(case)["tried:1"] == ("sent", "")


def test_what_no_longer_makes_sense_is_not_sent_late(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    tried(case, kate)
    move_clock(TUESDAY + timedelta(days=5))
    run_due()
    assert ends(case)["tried:1"] == ("not_possible", "too_late")


def booked(case: Enquiry, by: Access, at: datetime) -> None:
    take_step(case, Step.BOOK_VISIT, visit_at=at, by=by)


VISIT = datetime(2026, 12, 1, 14, tzinfo=LONDON)
REMINDER = datetime(2026, 11, 30, 10, tzinfo=LONDON)


def test_a_visit_is_told_at_once_and_reminded_on_the_working_day_before(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    booked(case, kate, VISIT)
    assert [kind for kind, _ in mails(case)] == ["confirmation", "visit_booked"]
    assert again(case).next_follow_up_at == REMINDER
    move_clock(REMINDER)
    assert run_due() == 1
    with as_council(case.council_id):
        reminder = Message.objects.get(kind="visit_reminder")
    assert reminder.subject == "We are visiting you on Tuesday 1 December at 2pm"
    assert reminder.expires_at == VISIT, "nobody is reminded of a visit that has been"


def test_a_changed_visit_is_told_anew_and_its_reminder_moves(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    booked(case, kate, VISIT)
    move_clock(TUESDAY + timedelta(hours=1))
    change_visit(case, at=VISIT + timedelta(days=2), by=kate)
    assert mails(case)[1:] == [("visit_booked", "cancelled"), ("visit_booked", "queued")]
    assert again(case).next_follow_up_at == REMINDER + timedelta(days=2)


def test_who_was_told_of_the_visit_after_its_reminder_is_not_reminded(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    booked(case, kate, TUESDAY + timedelta(days=1))
    assert [kind for kind, _ in mails(case)] == ["confirmation", "visit_booked"]
    assert ends(case)["visit_reminder:2026-11-25T10:00"] == ("not_possible", "too_late")


@pytest.mark.parametrize("at", [None, TUESDAY, TUESDAY - timedelta(days=1)])
def test_a_visit_needs_a_time_that_is_still_to_come(case: Enquiry, kate: Access, at: datetime | None) -> None:
    with pytest.raises(Refused):
        take_step(case, Step.BOOK_VISIT, visit_at=at, by=kate)
    assert again(case).state == State.NEW


def test_wake_ups_come_on_their_day_with_a_to_do(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    saturday = date(2027, 1, 16)
    take_step(case, Step.POSTPONE, reason=CloseReason.NO_ROOM, wake_on=saturday, by=kate)
    assert [kind for kind, _ in mails(case)] == ["confirmation", "not_yet"]
    monday = datetime(2027, 1, 18, 9, tzinfo=LONDON)
    move_clock(monday - timedelta(minutes=1))
    run_due()
    assert (todos(case), again(case).next_follow_up_at) == ([], monday)
    move_clock(monday)
    assert run_due() == 1
    assert mails(case)[-1][0] == "wake_up"
    assert todos(case) == [ToDoKind.WAKE_UP]


def test_a_wake_up_is_a_to_do_also_where_nothing_can_be_sent(
    kent: Council, kate: Access, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY)
    case = factories.enquiry(kent, email="")
    take_step(case, Step.POSTPONE, reason=CloseReason.NO_ROOM, wake_on=date(2026, 12, 8), by=kate)
    move_clock(datetime(2026, 12, 8, 9, tzinfo=LONDON))
    run_due()
    assert ends(case)["wake_up:2026-12-08"] == ("not_possible", "no_address")
    assert ToDoKind.WAKE_UP in todos(case)


def thrice(case: Enquiry, by: Access, move_clock: MoveClock) -> None:
    for days in (0, 1, 2):
        move_clock(TUESDAY + timedelta(days=days))
        tried(case, by)


def test_after_three_tries_and_five_working_days_they_are_asked(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    thrice(case, kate, move_clock)
    move_clock(datetime(2026, 12, 3, 9, 59, tzinfo=LONDON))
    run_due()
    assert again(case).asked_at is None
    asked_at = datetime(2026, 12, 3, 10, tzinfo=LONDON)
    move_clock(asked_at)
    assert run_due() == 1
    assert mails(case)[-1] == ("still_interested", "queued")
    assert again(case).asked_at == asked_at
    move_clock(datetime(2026, 12, 17, 10, tzinfo=LONDON))
    assert run_due() == 1
    assert ToDoKind.NO_ANSWER in todos(case)
    assert again(case).state == State.NEW, "the machine closes nothing"


def test_who_answers_is_not_asked(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    thrice(case, kate, move_clock)
    move_clock(TUESDAY + timedelta(days=3))
    with as_council(case.council_id):
        heard_from(locked(case.council_id, case.pk), todo=None, reopen=True)
    move_clock(datetime(2026, 12, 4, 10, tzinfo=LONDON))
    run_due()
    assert again(case).asked_at is None


def test_nobody_is_closed_for_no_reply_before_they_were_asked(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    with pytest.raises(StepRefused, match="First ask whether they are still interested"):
        take_step(case, Step.GIVE_UP, by=kate)
    ask_still_interested(case, by=kate)
    with pytest.raises(StepRefused, match="Give them until Tuesday 1 December"):
        take_step(case, Step.GIVE_UP, by=kate)
    with pytest.raises(Refused, match="already"):
        ask_still_interested(case, by=kate)
    move_clock(datetime(2026, 12, 1, 9, tzinfo=LONDON))
    take_step(case, Step.GIVE_UP, by=kate)
    assert (again(case).state, mails(case)[-1]) == (State.NO_REPLY, ("closed", "queued"))


def test_who_cannot_be_written_to_may_be_closed_without_asking(kent: Council, kate: Access) -> None:
    case = factories.enquiry(kent, email="")
    take_step(case, Step.GIVE_UP, by=kate)
    assert again(case).state == State.NO_REPLY


def test_a_colleague_skips_a_step(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    tried(case, kate)
    skip(case, "tried:1", by=kate)
    assert again(case).next_follow_up_at is None
    with as_council(case.council_id):
        row = FollowUpRecord.objects.get(step="tried:1")
        assert (row.end, row.by) == ("skipped", kate.user)
        assert Event.objects.filter(verb="enquiry.follow_up", by=kate.user).exists()
    with pytest.raises(Refused):
        skip(case, "tried:1", by=kate)


def test_another_councils_officer_skips_nothing(case: Enquiry, kate: Access, cast: Cast) -> None:
    tried(case, kate)
    with pytest.raises(RoleRefused):
        skip(case, "tried:1", by=access_of(cast.hal))


STOPS: dict[str, tuple[dict[str, object], str]] = {
    "they asked us to stop": ({"stopped_at": TUESDAY + timedelta(minutes=5)}, "stopped"),
    "they answered": ({"heard_at": TUESDAY + timedelta(minutes=5)}, "heard"),
    "their mail came back": ({"email_fails": True}, "bounced"),
}


@pytest.mark.parametrize("name", STOPS)
def test_a_sequence_stops_when(name: str, case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    changed, why = STOPS[name]
    tried(case, kate)
    write_to(case, **changed)
    move_clock(TUESDAY + timedelta(minutes=31))
    run_due()
    assert ends(case)["tried:1"] == ("not_possible", why)


def test_a_withdrawal_stops_everything_that_waits(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    tried(case, kate)
    move_clock(TUESDAY + timedelta(minutes=30))
    run_due()
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=kate)
    assert mails(case) == [("confirmation", "queued"), ("closed", "queued"), ("tried", "cancelled")]


def test_nothing_is_written_to_whom_nothing_is_to_be_sent(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    move_clock(TUESDAY)
    receipt = submit(factories.answers(kent), token="t" * 43, channel=Channel.PHONE, send_nothing=True)
    with as_council(kent):
        case = Enquiry.objects.get(pk=receipt.enquiry_id)
    tried(case, kate)
    move_clock(TUESDAY + timedelta(hours=1))
    run_due()
    assert mails(case) == []
    assert ends(case) == {
        "confirmation": ("not_possible", "send_nothing"),
        "tried:1": ("not_possible", "send_nothing"),
    }


def test_what_is_perhaps_spam_waits_until_it_is_released(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    move_clock(TUESDAY)
    case = factories.enquiry(kent, suspicions=("honeypot",))
    assert (mails(case), again(case).next_follow_up_at) == ([], None)
    move_clock(TUESDAY + timedelta(days=3))
    release(case, by=kate)
    assert mails(case) == [("confirmation", "queued")]
    with as_council(kent):
        text = Message.objects.get(kind="confirmation").text
    assert "We are sorry. We said that you would hear from Kent Fostering by 5pm on Wednesday 25 November" in text


def test_two_workers_side_by_side_send_once(committed_db: None) -> None:
    council = Council.objects.get(slug="kent")
    kate = access_of(factories.user("Kate", council, Role.OFFICER))
    cases = [factories.enquiry(council, email=f"p{number}@example.org") for number in range(5)]
    for case in cases:
        tried(case, kate)
        with as_council(council):
            ContactAttempt.objects.filter(enquiry=case).update(at=case.created_at - timedelta(hours=1))
        write_to(case, next_follow_up_at=case.created_at)
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait()
        run_due()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [ends(case)["tried:1"] for case in cases] == [("sent", "")] * 5
    assert [[kind for kind, _ in mails(case)].count("tried") for case in cases] == [1] * 5


def test_killed_before_the_commit_it_goes_once_afterwards(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    tried(case, kate)
    move_clock(TUESDAY + timedelta(minutes=30))
    with pytest.raises(KeyboardInterrupt), as_council(case.council_id):
        follow_ups.replan(locked(case.council_id, case.pk))
        raise KeyboardInterrupt
    assert "tried" not in dict(mails(case))
    assert (run_due(), run_due()) == (1, 0)
    assert [kind for kind, _ in mails(case)].count("tried") == 1


def test_one_councils_steps_touch_nobody_elses(
    case: Enquiry, hampshire: Council, kate: Access, cast: Cast, move_clock: MoveClock
) -> None:
    other = factories.enquiry(hampshire, email="h@example.org")
    tried(other, access_of(cast.hal))
    move_clock(TUESDAY + timedelta(minutes=30))
    run_due()
    assert [kind for kind, _ in mails(case)] == ["confirmation"]
    with as_council(case.council_id):
        assert not FollowUpRecord.objects.filter(step="tried:1").exists()
