"""Erin, who may talk to Anna, and reads her own page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from enquiries.states import CareKind, Slot, TalkAbout
from tests import factories
from tests.enquiries.status_visitor import Reader

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
PAGE = "talk/conversation/"
MoveClock = Callable[[datetime], None]


@pytest.fixture
def anna(kent: Council, move_clock: MoveClock) -> Ambassador:
    move_clock(MONDAY)
    return factories.ambassador(
        kent,
        about="We foster two brothers.",
        household="Two of us, and a dog",
        carer_since=2015,
        kinds=[CareKind.SIBLINGS.value],
        languages=["English", "Polish"],
        times=[Slot.WEEKDAY_EVENING.value],
        phone="+447700900777",
    )


@pytest.fixture
def erin(kent: Council, anna: Ambassador) -> Enquiry:
    case = factories.enquiry(kent)
    factories.wish(case, about=(TalkAbout.TEENAGERS,))
    return case


@pytest.fixture
def reader(erin: Enquiry) -> Reader:
    reader = Reader()
    reader.opens(erin)
    return reader


def introduced(case: Enquiry, ambassador: Ambassador, state: State, **given: Any) -> Introduction:
    return factories.introduction(case, ambassador, state, **given)


def as_it_is(row: Introduction) -> Introduction:
    with as_council(row.council_id):
        return Introduction.objects.get(pk=row.pk)
