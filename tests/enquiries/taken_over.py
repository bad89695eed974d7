"""A case that another council takes over on a Tuesday."""

from collections.abc import Callable
from datetime import datetime

import pytest

from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from enquiries.states import (
    Kind,
    Slot,
)
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
TOKEN = "a-form-in-progress"  # of a form


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(TUESDAY)
    return factories.enquiry(
        kent, token=TOKEN, kind=Kind.TRANSFER, times=(Slot.WEEKDAY_EVENING,), news_by_email=True, voicemail_ok=True
    )


def everything_to_erin(council: Council) -> list[Message]:
    with as_council(council):
        return list(Message.objects.filter(to_address="erin@example.org"))
