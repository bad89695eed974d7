"""Steps of a case on the day on which they happened, and the dates that follow from them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.models import Council, Event, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import correct_day, take_step
from enquiries.actions.stages import Stages, write_stages
from enquiries.actions.undoing import undo_step
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from enquiries.workflow import NEVER_BARE, StepRefused
from tests import factories
from tests.conftest import Cast

CAME = datetime(2026, 11, 2, 10, tzinfo=LONDON)
LATER = datetime(2026, 11, 24, 11, tzinfo=LONDON)
TODAY = LATER.date()
MoveClock = Callable[[datetime], None]
AsUser = Callable[[User], Client]


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(CAME)
    made = factories.enquiry(kent)
    move_clock(LATER)
    return made


@pytest.fixture
def kate(cast: Cast) -> Access:
    return access_of(cast.kate)


@pytest.fixture
def mina(cast: Cast) -> Access:
    return access_of(cast.mina)


def address(name: str, case: Enquiry) -> str:
    return reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])


def last(case: Enquiry, verb: str) -> Event:
    with as_council(case.council_id):
        event = Event.objects.filter(subject_id=case.pk, verb=verb).order_by("-at").first()
    assert event is not None
    return event


def test_a_step_that_nobody_dates_happened_today(case: Enquiry, kate: Access) -> None:
    after = take_step(case, Step.VISIT, by=kate)
    assert (after.state_since, after.state_changed_at) == (TODAY, LATER)
    assert last(case, "enquiry.visit").facts["on"] == "2026-11-24"


def test_a_step_carries_the_day_on_which_it_happened(case: Enquiry, kate: Access) -> None:
    after = take_step(case, Step.VISIT, on=date(2026, 11, 10), by=kate)
    assert after.state_since == date(2026, 11, 10)
    assert after.state_changed_at == LATER, "what waits for a time waits from when it was written down"
    assert last(case, "enquiry.visit").facts["on"] == "2026-11-10"


def test_what_happened_on_a_day_that_has_been_kept_the_promise_by_its_end(case: Enquiry, kate: Access) -> None:
    after = take_step(case, Step.VISIT, on=date(2026, 11, 10), by=kate)
    assert after.promise_kept_at == datetime(2026, 11, 11, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 25), "cannot be in the future"), (date(2026, 11, 1), "nothing can have happened")],
)
def test_a_day_that_cannot_be_is_refused(case: Enquiry, kate: Access, day: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        take_step(case, Step.VISIT, on=day, by=kate)
    with pytest.raises(Refused, match=words):
        correct_day(case, on=day, by=kate)


def test_a_day_that_is_years_ahead_is_a_slip(case: Enquiry, kate: Access) -> None:
    with pytest.raises(Refused, match="more than a year ahead"):
        take_step(case, Step.BOOK_VISIT, visit_at=LATER + timedelta(days=366), by=kate)
    with pytest.raises(Refused, match="more than five years ahead"):
        take_step(case, Step.POSTPONE, reason=CloseReason.HEALTH, wake_on=date(2036, 1, 1), by=kate)


@pytest.mark.parametrize("step", [Step.VISIT, Step.APPLY])
def test_a_case_that_went_on_before_its_visit_does_not_wait_for_it(case: Enquiry, kate: Access, step: Step) -> None:
    booked = take_step(case, Step.BOOK_VISIT, visit_at=LATER + timedelta(days=200), by=kate)
    after = take_step(case, step, by=kate)
    assert after.visit_at is None
    assert after.next_due_at
    assert after.next_due_at < LATER + timedelta(days=14)
    back = undo_step(case, by=kate)
    assert (back.visit_at, back.next_due_at) == (booked.visit_at, booked.next_due_at)


def test_a_visit_to_come_is_none_any_more_in_a_case_that_was_closed_and_opened_again(
    case: Enquiry, kate: Access
) -> None:
    take_step(case, Step.BOOK_VISIT, visit_at=LATER + timedelta(days=20), by=kate)
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=kate)
    assert take_step(case, Step.REOPEN, by=kate).visit_at is None


def test_the_day_on_which_the_enquiry_came_is_early_enough(case: Enquiry, kate: Access) -> None:
    assert take_step(case, Step.VISIT, on=CAME.date(), by=kate).state_since == CAME.date()


def test_a_step_cannot_be_earlier_than_the_state_before_until_that_is_corrected(case: Enquiry, kate: Access) -> None:
    take_step(case, Step.VISIT, on=date(2026, 11, 20), by=kate)
    with pytest.raises(Refused, match=r"since Friday 20 November 2026\. If that day is wrong"):
        take_step(case, Step.APPLY, on=date(2026, 11, 18), by=kate)
    correct_day(case, on=date(2026, 11, 12), by=kate)
    assert take_step(case, Step.APPLY, on=date(2026, 11, 18), by=kate).applied_on == date(2026, 11, 18)


def test_the_day_of_an_application_and_of_stage_1_follow_the_steps_and_their_correction(
    case: Enquiry, kate: Access
) -> None:
    take_step(case, Step.APPLY, on=date(2026, 11, 10), by=kate)
    assert correct_day(case, on=date(2026, 11, 9), by=kate).applied_on == date(2026, 11, 9)
    assert take_step(case, Step.ASSESS, on=date(2026, 11, 12), by=kate).stage_1_from == date(2026, 11, 12)
    after = correct_day(case, on=date(2026, 11, 13), by=kate)
    assert (after.stage_1_from, after.applied_on) == (date(2026, 11, 13), date(2026, 11, 9))


def test_a_council_that_skips_the_application_has_no_day_for_it(case: Enquiry, kate: Access) -> None:
    assert take_step(case, Step.ASSESS, by=kate).applied_on is None


@pytest.mark.parametrize("step", NEVER_BARE)
def test_joining_and_passing_on_are_no_steps_by_themselves(case: Enquiry, mina: Access, step: Step) -> None:
    with pytest.raises(StepRefused):
        take_step(case, step, by=mina)


def test_every_step_that_a_manager_may_take_is_on_the_page(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    shown = as_user(cast.mina).get(address("change", case)).content.decode()
    for step in ("visit", "apply", "assess", "go_to_panel", "await_decision", "approve", "reach"):
        assert f'<option value="{step}">' in shown
    for step in ("book_visit", "withdraw", "postpone", "decline", "give_up"):
        assert f'name="step" value="{step}"' in shown
    assert 'value="merge"' not in shown
    assert 'value="pass_on"' not in shown


def test_the_page_sends_the_day(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.kate)
    client.post(address("step", case), {"step": "visit", "on": "2026-11-10"})
    assert "<strong>Visited</strong> since 10 November 2026" in client.get(address("change", case)).content.decode()
    refused = client.post(address("step", case), {"step": "withdraw", "reason": "", "comment": "Typed already"})
    assert refused.status_code == 409
    assert "Typed already" in refused.content.decode()
    client.post(address("day", case), {"on": "2026-11-11"})
    assert "since 11 November 2026" in client.get(address("change", case)).content.decode()


def test_from_the_application_on_the_page_offers_ofsteds_reasons(
    case: Enquiry, cast: Cast, kate: Access, as_user: AsUser
) -> None:
    take_step(case, Step.APPLY, by=kate)
    shown = as_user(cast.kate).get(address("change", case)).content.decode()
    assert "AW1: fostering not as expected" in shown
    after = take_step(case, Step.WITHDRAW, reason=CloseReason.AW1, on=TODAY, by=kate)
    assert (after.state, after.applied_on) == (State.WITHDRAWN, TODAY)


def test_stages_may_overlap(case: Enquiry, kate: Access) -> None:
    days = Stages(
        applied_on=date(2026, 11, 3),
        stage_1_from=date(2026, 11, 4),
        stage_1_to=date(2026, 11, 20),
        stage_2_from=date(2026, 11, 10),
    )
    after = write_stages(case, days, by=kate)
    assert (after.stage_1_to, after.stage_2_from, after.stage_2_to) == (date(2026, 11, 20), date(2026, 11, 10), None)
    assert last(case, "enquiry.stages_written").facts["days"]["stage_1_from"] == "2026-11-04"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"stage_1_to": date(2026, 11, 5)}, "Say when Stage 1 began, too"),
        ({"stage_2_from": date(2026, 11, 5), "stage_2_to": date(2026, 11, 4)}, "Stage 2 cannot end before it began"),
        ({"stage_1_from": date(2026, 11, 5), "applied_on": date(2026, 11, 6)}, "before the application was received"),
        ({"stage_1_from": date(2026, 11, 25)}, "none can be in the future"),
        ({"applied_on": date(2026, 11, 1)}, "no stage can be earlier"),
    ],
)
def test_stages_out_of_order_are_refused(case: Enquiry, kate: Access, days: dict[str, date], words: str) -> None:
    with pytest.raises(Refused, match=words):
        write_stages(case, Stages(**days), by=kate)


def test_dates_sent_twice_are_written_down_once(case: Enquiry, kate: Access) -> None:
    first = write_stages(case, Stages(stage_1_from=TODAY), by=kate)
    assert write_stages(case, Stages(stage_1_from=TODAY), by=kate).version == first.version


def test_the_assessment_is_shown_once_there_is_one(case: Enquiry, cast: Cast, kate: Access, as_user: AsUser) -> None:
    client = as_user(cast.kate)
    assert "The assessment" not in client.get(address("change", case)).content.decode()
    take_step(case, Step.ASSESS, by=kate)
    assert "The assessment" in client.get(address("change", case)).content.decode()
    sent = {"stage_1_from": "2026-11-24", "stage_2_from": "2026-11-24", "stage_2_to": "2026-11-23"}
    refused = client.post(address("stages", case), sent)
    assert refused.status_code == 409
    assert 'value="2026-11-23"' in refused.content.decode(), "what was typed stays"
    assert client.post(address("stages", case), {"stage_1_from": "2026-11-24"}).status_code == 302


@pytest.mark.parametrize("name", ["undo", "day", "stages", "records", "number", "attempt_back", "correct", "ours"])
def test_another_councils_officer_and_whoever_only_reads_change_nothing(
    case: Enquiry, kent: Council, cast: Cast, as_user: AsUser, name: str
) -> None:
    sent = {"on": "2026-11-24", "case_number": "1", "attempt": str(case.pk), "name": "A", "way": "call"}
    sent |= {"phone": "07700 900123", "kind": "new", "records_consent_on": "", "stage_1_from": "2026-11-24"}
    assert as_user(cast.hal).post(address(name, case), sent).status_code == 404
    reader = as_user(factories.user("Sage", kent, Role.SAFEGUARDING))
    refused = reader.post(address(name, case), sent)
    assert refused.status_code == 409
    assert "Your role does not allow this." in refused.content.decode()
    with as_council(kent):
        assert Enquiry.objects.get(pk=case.pk).version == case.version


def test_the_other_councils_officer_is_refused_by_the_actions(case: Enquiry, cast: Cast) -> None:
    hal = access_of(cast.hal)
    with pytest.raises(RoleRefused):
        take_step(case, Step.VISIT, by=hal)
    with pytest.raises(RoleRefused):
        correct_day(case, on=TODAY, by=hal)
    with pytest.raises(RoleRefused):
        write_stages(case, Stages(), by=hal)
