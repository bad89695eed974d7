"""What the hub writes by itself: when, at most once, and what stops it."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from councils.access import Access, access_of
from councils.models import Council, Event
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import (
    follow_ups,
    log_attempt,
    release,
    run_due,
    skip,
    submit,
    take_step,
)
from enquiries.actions.changing import locked
from enquiries.models import ContactAttempt, Enquiry, FollowUpRecord
from enquiries.states import Channel, CloseReason, Outcome, Step, Way
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.enquiries.followed_up import TUESDAY, MoveClock, again, case, ends, kate, mails, tried

__all__ = ["case", "kate"]


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
    for one in cases:
        tried(one, kate)
        with as_council(council):
            ContactAttempt.objects.filter(enquiry=one).update(at=one.created_at - timedelta(hours=1))
        write_to(one, next_follow_up_at=one.created_at)
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
    assert [ends(one)["tried:1"] for one in cases] == [("sent", "")] * 5
    assert [[kind for kind, _ in mails(one)].count("tried") for one in cases] == [1] * 5


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
