"""A case on a Tuesday, and what became of its follow-ups."""

from collections.abc import Callable
from datetime import datetime

import pytest

from councils.access import Access, access_of
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import (
    log_attempt,
)
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
        messages = Message.objects.about(case.pk).filter(to_staff=False).order_by("created_at", "kind")
        return [(message.kind, message.state) for message in messages]


def ends(case: Enquiry) -> dict[str, tuple[str, str]]:
    with as_council(case.council_id):
        return {row.step: (row.end, row.why) for row in FollowUpRecord.objects.filter(enquiry=case)}


def tried(case: Enquiry, by: Access, outcome: Outcome = Outcome.NO_ANSWER) -> None:
    log_attempt(case, way=Way.CALL, outcome=outcome, by=by)
