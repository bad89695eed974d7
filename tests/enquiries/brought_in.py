"""Bringing a list in for Kent, on a Tuesday; what stands then."""

import re
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from councils.models import Council
from councils.tenancy import across, as_council
from councils.tenancy.lists import Tenancy, models_on
from enquiries.models import Enquiry
from tests.conftest import Cast


@pytest.fixture(autouse=True)
def tuesday(move_clock: Callable[[datetime], None]) -> datetime:
    now = datetime.fromisoformat("2026-11-24T10:00:00+00:00")
    move_clock(now)
    return now


Run = Callable[..., str]
UNREAD = {LogEntry}  # the app's log-in has no right to it


@pytest.fixture
def bring(cast: Cast, kent: Council) -> Run:
    """The command as Mina of Kent would have it run; what it said."""

    def run(path: Path | None = None, **options: object) -> str:
        said = StringIO()
        given = {"council": "kent", "by": "mina@example.org"} | options
        call_command("import_cases", *([path] if path else []), stdout=said, **given)
        return said.getvalue()

    return run


def cases(council: Council) -> list[Enquiry]:
    with as_council(council):
        return list(Enquiry.objects.select_related("owner").order_by("name"))


def counted(councils: list[Council]) -> dict[str, int]:
    """Rows of every table that the app may read."""
    readable = [model for model in (*models_on(Tenancy.COUNCIL), *models_on(Tenancy.SYSTEM)) if model not in UNREAD]
    with across(councils, reason="test"):
        return {model._meta.label: model._default_manager.count() for model in readable}


def number_in(said: str) -> str:
    found = re.search(r"--undo (\S+)", said)
    assert found
    return found[1]


@pytest.fixture
def lafse_councils(kent: Council) -> list[Council]:
    return list(Council.objects.filter(hub=kent.hub))
