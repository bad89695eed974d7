"""The last step is undone while nothing has left; an attempt that was a mistake is taken back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.clock import HubNow
from councils.models import Council, Event, EventDetail, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import follow_ups, log_attempt, take_step, undo_step, withdraw_attempt
from enquiries.actions.hearing import heard_from
from enquiries.actions.traces import TRACED
from enquiries.models import ContactAttempt, Enquiry, FollowUpRecord
from enquiries.states import CloseReason, Outcome, State, Step, Way
from outbox.models import Message
from outbox.states import State as Sending
from tests import factories
from tests.conftest import Cast

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=LONDON)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MoveClock = Callable[[datetime], None]
AsUser = Callable[[User], Client]
WAKE = date(2027, 3, 1)
STEPS: dict[Step, dict[str, Any]] = {
    Step.REACH: {},
    Step.BOOK_VISIT: {"visit_at": TUESDAY + 7 * DAY},
    Step.VISIT: {},
    Step.APPLY: {},
    Step.ASSESS: {},
    Step.WITHDRAW: {"reason": CloseReason.NO_ROOM},
    Step.POSTPONE: {"reason": CloseReason.NO_ROOM, "wake_on": WAKE},
    Step.DECLINE: {"reason": CloseReason.NO_ROOM},
}


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(TUESDAY)
    made = factories.enquiry(kent)
    send_all(made)
    move_clock(TUESDAY + MINUTE)
    return made


@pytest.fixture
def kate(cast: Cast) -> Access:
    return access_of(cast.kate)


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def state_of(case: Enquiry) -> dict[str, object]:
    return {name: getattr(fresh(case), name) for name in TRACED}


def messages(case: Enquiry, *states: Sending) -> list[str]:
    with as_council(case.council_id):
        found = Message.objects.filter(subject_id=case.pk, to_staff=False)
        return sorted(found.filter(state__in=states or list(Sending)).values_list("kind", flat=True))


def send_all(case: Enquiry) -> None:
    """Everything that waits has left the building."""
    with as_council(case.council_id):
        waiting = Message.objects.filter(subject_id=case.pk, state=Sending.QUEUED)
        waiting.update(state=Sending.SENT, settled_at=HubNow(), smtp_reply="250 OK")


@pytest.mark.parametrize("step", STEPS)
def test_everything_is_as_it_was_before_the_step(
    case: Enquiry, kate: Access, step: Step, move_clock: MoveClock
) -> None:
    before = state_of(case)
    take_step(case, step, **STEPS[step], by=kate)
    assert state_of(case) != before
    move_clock(TUESDAY + 2 * MINUTE)
    undo_step(case, by=kate)
    assert state_of(case) == before
    assert messages(case, Sending.QUEUED) == []
    with as_council(case.council_id):
        event = Event.objects.get(subject_id=case.pk, verb="enquiry.state_undone")
    assert event.facts["step"] == step.value


def test_a_step_after_an_undone_one_sends_its_message_anew(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    take_step(case, Step.APPLY, by=kate)
    assert messages(case, Sending.QUEUED) == ["application"]
    move_clock(TUESDAY + 2 * MINUTE)
    undo_step(case, by=kate)
    assert messages(case, Sending.QUEUED) == []
    move_clock(TUESDAY + 3 * MINUTE)
    take_step(case, Step.APPLY, by=kate)
    assert messages(case, Sending.QUEUED) == ["application"]


def test_once_something_has_left_it_is_refused_with_what_to_do(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    take_step(case, Step.APPLY, by=kate)
    send_all(case)
    move_clock(TUESDAY + 5 * MINUTE)
    with pytest.raises(Refused, match=r"They were sent .* because of it on Tuesday 24 November at 11:01am") as refusal:
        undo_step(case, by=kate)
    assert "Tell them yourself" in str(refusal.value)
    assert fresh(case).state == State.APPLIED


def test_what_a_sender_has_in_its_hands_counts_as_left(case: Enquiry, kate: Access) -> None:
    take_step(case, Step.APPLY, by=kate)
    with as_council(case.council_id):
        waiting = Message.objects.filter(subject_id=case.pk, kind="application")
        waiting.update(state=Sending.LEASED, lease_until=TUESDAY + DAY, started_at=TUESDAY)
    with pytest.raises(Refused, match="cannot be undone"):
        undo_step(case, by=kate)
    with as_council(case.council_id):
        assert not Message.objects.get(subject_id=case.pk, kind="application").cancel_asked


def test_what_the_step_had_called_back_goes_after_all(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    visit_at = TUESDAY + 7 * DAY
    take_step(case, Step.BOOK_VISIT, visit_at=visit_at, by=kate)
    assert messages(case, Sending.QUEUED) == ["visit_booked"]
    move_clock(TUESDAY + 2 * MINUTE)
    take_step(case, Step.DECLINE, reason=CloseReason.NO_ROOM, by=kate)
    assert messages(case, Sending.QUEUED) == []
    move_clock(TUESDAY + 3 * MINUTE)
    undo_step(case, by=kate)
    assert messages(case, Sending.QUEUED) == ["visit_booked"]


def test_one_step_after_another_can_be_undone(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    before = state_of(case)
    take_step(case, Step.VISIT, by=kate)
    move_clock(TUESDAY + 2 * MINUTE)
    take_step(case, Step.ASSESS, by=kate)
    move_clock(TUESDAY + 3 * MINUTE)
    undo_step(case, by=kate)
    assert fresh(case).state == State.VISITED
    undo_step(case, by=kate)
    assert state_of(case) == before
    with pytest.raises(Refused, match="There is no step to undo"):
        undo_step(case, by=kate)


def test_a_step_that_something_else_has_overtaken_is_not_undone(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    take_step(case, Step.DECLINE, reason=CloseReason.NO_ROOM, by=kate)
    move_clock(TUESDAY + 2 * MINUTE)
    with as_council(case.council_id):
        heard_from(Enquiry.objects.get(pk=case.pk), todo=None, reopen=True)
    with pytest.raises(Refused, match="something else has changed this case since"):
        undo_step(case, by=kate)


def test_what_was_written_down_since_stands(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    take_step(case, Step.VISIT, by=kate)
    move_clock(TUESDAY + 2 * MINUTE)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    due = fresh(case).next_due_at
    undo_step(case, by=kate)
    after = fresh(case)
    assert (after.state, after.next_due_at, after.owner_id) == (State.NEW, due, kate.user.pk)


def test_an_officer_undoes_only_their_own_and_a_manager_any(
    case: Enquiry, kent: Council, cast: Cast, kate: Access
) -> None:
    take_step(case, Step.VISIT, by=kate)
    other = access_of(factories.user("Kit", kent, Role.OFFICER))
    with pytest.raises(RoleRefused, match="Only whoever wrote it down or a manager"):
        undo_step(case, by=other)
    with pytest.raises(RoleRefused):
        undo_step(case, by=access_of(cast.hal))
    assert undo_step(case, by=access_of(cast.mina)).state == State.NEW


def test_the_page_offers_undo_to_whoever_may_and_strikes_the_step_through(
    case: Enquiry, kent: Council, cast: Cast, kate: Access, as_user: AsUser
) -> None:
    page = reverse("admin:enquiries_enquiry_change", args=[case.pk])
    take_step(case, Step.VISIT, by=kate)
    assert "Undo “Visited”" in as_user(cast.kate).get(page).content.decode()
    other = factories.user("Kit", kent, Role.OFFICER)
    assert "Undo “Visited”" not in as_user(other).get(page).content.decode()
    as_user(cast.kate).post(reverse("admin:enquiries_enquiry_undo", args=[case.pk]))
    shown = as_user(cast.kate).get(page).content.decode()
    assert "<s><strong>Visited</strong></s> (taken back)" in shown
    assert "Undid the last step" in shown
    assert "Undo “" not in shown


def test_an_attempt_that_was_a_mistake_keeps_no_promise(case: Enquiry, kate: Access) -> None:
    before = state_of(case)
    attempt = log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, comment="Wrong case", by=kate)
    assert fresh(case).promise_kept_at is not None
    withdraw_attempt(case, attempt.pk, by=kate)
    assert state_of(case) == before
    with as_council(case.council_id):
        assert not ContactAttempt.objects.exists()
        event = Event.objects.get(verb="enquiry.attempt_withdrawn")
        assert EventDetail.objects.get(event=event).old == "Wrong case"
    assert "Wrong case" not in str(event.facts)


def test_the_promise_counts_as_kept_by_the_attempt_that_is_left(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    wrong = log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=kate)
    move_clock(TUESDAY + 30 * MINUTE)
    right = log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    after = withdraw_attempt(case, wrong.pk, by=kate)
    assert after.promise_kept_at == right.at
    assert after.reached_at is None


def test_what_waits_because_of_it_does_not_go(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    attempt = log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    move_clock(TUESDAY + 40 * MINUTE)
    with as_council(case.council_id):
        follow_ups.replan(Enquiry.objects.get(pk=case.pk))
    assert messages(case, Sending.QUEUED) == ["tried"]
    withdraw_attempt(case, attempt.pk, by=kate)
    assert messages(case, Sending.QUEUED) == []
    with as_council(case.council_id):
        assert not FollowUpRecord.objects.filter(step__startswith="tried").exists()


def test_an_attempt_is_taken_back_by_whoever_made_it_or_a_manager(
    case: Enquiry, kent: Council, cast: Cast, kate: Access
) -> None:
    attempt = log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=kate)
    other = access_of(factories.user("Kit", kent, Role.OFFICER))
    for refused in (other, access_of(cast.hal)):
        with pytest.raises(RoleRefused):
            withdraw_attempt(case, attempt.pk, by=refused)
    withdraw_attempt(case, attempt.pk, by=access_of(cast.mina))
    with pytest.raises(Refused, match="not there any more"):
        withdraw_attempt(case, attempt.pk, by=kate)


def test_an_attempt_taken_back_stays_on_the_timeline_struck_through(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.kate)
    client.post(reverse("admin:enquiries_enquiry_attempt", args=[case.pk]), {"way": "call", "outcome": "reached"})
    with as_council(case.council_id):
        attempt = ContactAttempt.objects.get()
    shown = client.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    assert f'name="attempt" value="{attempt.pk}"' in shown
    back = reverse("admin:enquiries_enquiry_attempt_back", args=[case.pk])
    shown = client.post(back, {"attempt": str(attempt.pk)}, follow=True).content.decode()
    assert "<s><strong>Phone call: Reached: we spoke or they answered</strong></s> (taken back)" in shown
    assert "Took back a contact attempt" in shown
