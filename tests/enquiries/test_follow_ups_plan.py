"""The plan is pure: facts in, steps out. No database."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from councils.working_time import LONDON
from enquiries.follow_up_states import FollowUp
from enquiries.followups.facts import Attempt, Facts, Override
from enquiries.followups.plan import Planned, channels_of, leaves_at, next_look, plan
from enquiries.followups.sequences import BY_NAME, SEQUENCES
from enquiries.states import Outcome, State, Way
from outbox.states import ChannelKind, Window

EMAIL, SMS = ChannelKind.EMAIL, ChannelKind.SMS
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)  # a Tuesday
DONE = {"confirmation"}


def facts(**given: Any) -> Facts:
    return replace(Facts(state=State.NEW, created_at=NOW, state_changed_at=NOW), **given)


def attempt(outcome: Outcome = Outcome.NO_ANSWER, *, at: datetime = NOW, way: Way = Way.CALL) -> Attempt:
    return Attempt(at, at, way, outcome)


def planned(known: Facts, done: set[str] = DONE, **overrides: Override) -> dict[str, Planned]:
    councils = {FollowUp(name): override for name, override in overrides.items()}
    return {each.step: each for each in plan(known, done, councils, NOW)}


def why(known: Facts, step: str) -> str:
    blocked = planned(known)[step].blocked
    return blocked.code if blocked else ""


def test_every_follow_up_is_in_the_table_once() -> None:
    assert sorted(BY_NAME.keys() & set(FollowUp.values)) == sorted(FollowUp.values)
    assert len(BY_NAME) == len(SEQUENCES)


def test_only_what_handling_an_enquiry_needs_is_a_service_message() -> None:
    assert [sequence.name for sequence in SEQUENCES if sequence.promotional] == [
        *("nurture", "nurture_3", "nurture_10", "nurture_30")
    ]


def test_only_what_answers_what_just_happened_and_visits_leave_by_night() -> None:
    at_any_time = {sequence.name for sequence in SEQUENCES if sequence.window == Window.ANY_TIME and sequence.message}
    assert at_any_time == {"confirmation", "handed_over", "visit_booked", "visit_reminder"}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, (EMAIL,)),
        ({"mobile": True}, (EMAIL,)),
        ({"mobile": True, "way": Way.TEXT}, (SMS,)),
        ({"way": Way.TEXT}, (EMAIL,)),
        ({"mobile": True, "email": False}, (SMS,)),
        ({"mobile": True, "email_fails": True}, (SMS,)),
        ({"email": False}, ()),
        ({"email_fails": True}, ()),
    ],
)
def test_a_text_is_used_where_it_was_asked_for_or_no_email_works(
    known: dict[str, Any], expected: tuple[ChannelKind, ...]
) -> None:
    assert channels_of(BY_NAME["tried"], facts(**known)) == expected


def test_a_visit_is_reminded_by_both() -> None:
    assert channels_of(BY_NAME["visit_reminder"], facts(mobile=True)) == (EMAIL, SMS)


def test_news_are_never_texted() -> None:
    assert channels_of(BY_NAME["nurture"], facts(mobile=True, email=False)) == ()


def test_nothing_goes_to_a_number_that_was_somebody_elses_until_they_are_heard() -> None:
    wrong = (attempt(Outcome.WRONG_DETAILS),)
    texted = facts(mobile=True, way=Way.TEXT, attempts=wrong)
    assert channels_of(BY_NAME["tried"], texted) == (EMAIL,)
    heard = replace(texted, heard_at=NOW + timedelta(hours=1))
    assert channels_of(BY_NAME["tried"], heard) == (SMS,)
    by_mail = facts(attempts=(attempt(Outcome.WRONG_DETAILS, way=Way.EMAIL),))
    assert channels_of(BY_NAME["tried"], by_mail) == ()


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"send_nothing": True}, "send_nothing"),
        ({"stopped_at": NOW}, "stopped"),
        ({"state": State.WITHDRAWN}, "state"),
        ({"state": State.VISIT_BOOKED}, "state"),
        ({"heard_at": NOW + timedelta(minutes=1)}, "heard"),
        ({"quarantined": True}, "quarantined"),
        ({"to_confirm": True}, "to_confirm"),
        ({"email_fails": True}, "bounced"),
        ({"email": False}, "no_address"),
    ],
)
def test_why_a_step_does_not_go(known: dict[str, Any], code: str) -> None:
    assert why(facts(attempts=(attempt(),), **known), "tried:1") == code


def test_what_a_person_can_lift_is_not_written_off() -> None:
    held = list(planned(facts(attempts=(attempt(),), quarantined=True)).values())
    assert next_look(held) is None
    assert not held[0].waits


def test_who_got_a_message_from_a_person_is_not_told_that_we_tried() -> None:
    assert "tried:1" not in planned(facts(attempts=(attempt(Outcome.SENT, way=Way.EMAIL),)))


def test_but_it_counts_as_a_try_before_we_ask() -> None:
    tries = tuple(attempt(Outcome.SENT, at=NOW - timedelta(days=days), way=Way.EMAIL) for days in (3, 2, 1))
    assert any(step.startswith("still_interested") for step in planned(facts(attempts=tries)))


def test_a_word_from_them_begins_the_count_anew() -> None:
    tries = tuple(attempt(at=NOW - timedelta(days=days)) for days in (9, 8, 2, 1))
    known = facts(attempts=tries, heard_at=NOW - timedelta(days=5))
    assert not any(step.startswith("still_interested") for step in planned(known))


def test_a_council_moves_a_step_and_switches_it_off() -> None:
    known = facts(state=State.IN_CONTACT, reached_at=NOW)
    assert planned(known)["information"].at == datetime(2026, 11, 25, 10, tzinfo=LONDON)
    moved = planned(known, information=Override(days=3))["information"]
    assert (moved.at, moved.blocked) == (datetime(2026, 11, 27, 10, tzinfo=LONDON), None)
    off = planned(known, information=Override(off=True))["information"].blocked
    assert off is not None
    assert off.code == "switched_off"


def test_what_must_go_cannot_be_switched_off() -> None:
    assert planned(facts(), set(), confirmation=Override(off=True))["confirmation"].blocked is None


def test_a_reminder_stands_on_the_working_day_before_over_a_bank_holiday() -> None:
    """Tuesday after Easter: the working day before is Maundy Thursday."""
    tuesday = datetime(2027, 3, 30, 11, tzinfo=LONDON)
    known = facts(state=State.VISIT_BOOKED, visit_at=tuesday)
    assert planned(known)["visit_reminder:2027-03-30T11:00"].at == datetime(2027, 3, 25, 10, tzinfo=LONDON)


def test_the_hour_is_londons_on_both_sides_of_the_change_of_clocks() -> None:
    monday = datetime(2027, 3, 29, 11, tzinfo=LONDON)
    for visit_at in (datetime(2027, 3, 26, 11, tzinfo=LONDON), monday + timedelta(days=2)):
        reminder = planned(facts(state=State.VISIT_BOOKED, visit_at=visit_at))
        (step,) = [each for name, each in reminder.items() if name.startswith("visit_reminder")]
        assert step.at.hour == 10


@pytest.mark.parametrize(
    ("wake_on", "day"), [(date(2026, 12, 8), 8), (date(2026, 12, 12), 14), (date(2026, 12, 25), 29)]
)
def test_a_wake_up_comes_on_the_day_or_the_first_working_day_after(wake_on: date, day: int) -> None:
    step = planned(facts(state=State.NOT_YET, wake_on=wake_on))[f"wake_up:{wake_on}"]
    assert step.at == datetime(2026, 12, day, 9, tzinfo=LONDON)


def test_news_only_for_who_asked_for_them() -> None:
    known = facts(state=State.NOT_YET, wake_on=date(2027, 6, 1))
    step = "nurture:2027-06-01"
    assert why(known, step) == "no_news"
    assert why(replace(known, wants_news=True), step) == ""


def test_who_is_not_to_be_written_to_by_night_is_written_to_in_the_morning() -> None:
    christmas_eve = datetime(2026, 12, 24, 20, 15, tzinfo=LONDON)
    assert leaves_at(BY_NAME["tried"], christmas_eve) == datetime(2026, 12, 29, 8, tzinfo=LONDON)
    assert leaves_at(BY_NAME["confirmation"], christmas_eve) == christmas_eve
    assert leaves_at(BY_NAME["tried"], NOW) == NOW


def test_what_ended_is_not_planned_again() -> None:
    known = facts(attempts=(attempt(),))
    assert "tried:1" in planned(known)
    assert "tried:1" not in planned(known, {"confirmation", "tried:1"})


NURTURE = [("nurture_3", 3), ("nurture_10", 10), ("nurture_30", 30)]


def test_news_while_waiting_go_after_three_ten_and_thirty_days() -> None:
    steps = planned(facts(wants_news=True))
    assert [(name, (steps[name].at - NOW).days) for name, _ in NURTURE] == NURTURE
    assert all(steps[name].blocked is None for name, _ in NURTURE)


def test_who_asked_for_no_news_gets_none_and_no_look_more() -> None:
    assert not {name for name, _ in NURTURE} & set(planned(facts()))


def test_a_persons_word_ends_news_while_waiting() -> None:
    later = NOW + timedelta(hours=1)
    assert why(facts(wants_news=True, reached_at=later, attempts=(attempt(Outcome.REACHED, at=later),)), "nurture_3")
    assert why(facts(wants_news=True, heard_at=later), "nurture_10") == "heard"
    assert why(facts(wants_news=True, state=State.VISIT_BOOKED), "nurture_30") == "state"


def test_news_while_waiting_do_not_begin_again_after_a_handover() -> None:
    assert "nurture_3" not in planned(facts(wants_news=True, taken_over_at=NOW))
