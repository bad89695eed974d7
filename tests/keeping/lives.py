"""Enquiries that ended long ago, for tests of how long they are kept."""

from datetime import UTC, datetime
from typing import Any

from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.states import State
from tests import factories


def ended(council: Council, state: State = State.WITHDRAWN, *, on: str = "2024-11-01", **given: Any) -> Enquiry:
    case = factories.enquiry(council)
    closed_at = datetime.fromisoformat(f"{on}T12:00:00").replace(tzinfo=UTC)
    values = {"state": state, "closed_at": closed_at, "state_changed_at": closed_at, "next_due_at": None} | given
    with as_council(council):
        Enquiry.objects.filter(pk=case.pk).update(**values)
        return Enquiry.objects.get(pk=case.pk)
