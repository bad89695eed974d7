"""Filling in the form at the pace of a person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from councils.models import Council
from councils.tenancy import across
from councils.working_time import LONDON
from enquiries.models import Enquiry

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=LONDON)


@pytest.fixture
def at_leisure(move_clock: Callable[[datetime], None]) -> Callable[[], None]:
    """Let a minute pass between the first answer and what follows, as a person does."""
    move_clock(FRIDAY)

    def pass_a_minute() -> None:
        move_clock(FRIDAY + timedelta(minutes=1))

    return pass_a_minute


def only_case() -> Enquiry:
    with across(Council.objects.all(), reason="look at what a test made"):
        return Enquiry.objects.get()


def page_of(answer: Any) -> str:
    return str(answer.url).removeprefix("/enquire/").strip("/")
