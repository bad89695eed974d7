"""What the hub writes by itself: when, at most once, and what stops it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from councils.access import Access, access_of
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import log_attempt, run_due
from enquiries.models import Enquiry, FollowUpRecord
from enquiries.states import Outcome, Way
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
        messages = Message.objects.about(case.pk).filter(to_staff=False).order_by("created_at")
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
