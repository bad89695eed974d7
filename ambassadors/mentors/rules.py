"""When somebody may have a mentor, and until when."""

from datetime import date

from councils.working_time import in_london
from enquiries.models import Enquiry
from enquiries.retention.months import months_after
from enquiries.states import APPLICATION_STATES, State

MENTORED = APPLICATION_STATES | {State.APPROVED}


def approved_on(case: Enquiry) -> date | None:
    if case.state != State.APPROVED:
        return None
    return case.state_since or in_london(case.state_changed_at).date()


def end_after(case: Enquiry, months: int | None) -> date | None:
    """The last day; None while it is open: before approval, or where the council has set no time."""
    approved = approved_on(case)
    return months_after(approved, months) if approved and months is not None else None
