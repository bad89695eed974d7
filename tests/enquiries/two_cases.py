"""Two cases of one household, and what makes them one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from councils.access import access_of
from councils.models import Council, User
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions.merging import merge, undo_merge
from enquiries.models import Enquiry, Merge
from tests import factories
from tests.conftest import Cast

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=LONDON)  # news that they asked for are not due on Monday morning
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)
Move = Callable[[datetime], None]


@pytest.fixture
def older(kent: Council, cast: Cast, move_clock: Move) -> Enquiry:
    move_clock(FRIDAY)
    return factories.enquiry(kent, email="erin@example.org", news_by_email=True, text_ok=True)


@pytest.fixture
def newer(older: Enquiry, kent: Council, move_clock: Move) -> Enquiry:
    move_clock(MONDAY)
    return factories.enquiry(kent, email="erin.work@example.org", token="newer", voicemail_ok=True)


def now(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def join(kept: Enquiry, merged: Enquiry, by: User) -> Merge:
    with as_council(kept.council_id):
        return merge(kept=kept, merged=merged, by=access_of(by))


def undo(row: Merge, by: User) -> Enquiry:
    with as_council(row.council_id):
        return undo_merge(Merge.objects.get(pk=row.pk), by=access_of(by))
