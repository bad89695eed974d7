"""When we visit: said when the visit is booked, and changed until it has taken place."""

from datetime import datetime, timedelta

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import end_of_next_working_day
from enquiries.actions.changing import changing, save
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from enquiries.states import State

FURTHEST = timedelta(days=365)  # a slip in the year would put the case to sleep until then


def change_visit(enquiry: Enquiry, *, at: datetime | None, by: Access) -> Enquiry:
    """Raises Refused where no visit is booked, or the new time has passed already. They are written to anew."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        if case.state != State.VISIT_BOOKED:
            raise Refused("No visit is booked. Choose “Visit booked” first.")
        if at != case.visit_at:
            visit_at = book(case, at)
            save(case, "visit_at", "next_due_at")
            record("enquiry.visit_changed", subject=case, by=by.user, visit=visit_at.isoformat())
    return case


def book(case: Enquiry, at: datetime | None) -> datetime:
    """The caller saves. Somebody must act again once the visit has been."""
    if at is None:
        raise Refused("Enter the day and time of the visit.")
    if at <= hub_now():
        raise Refused("The visit must be in the future. If it has taken place already, choose “Visited”.")
    if at > hub_now() + FURTHEST:
        raise Refused("That is more than a year ahead. Check the year.")
    case.visit_at = at
    case.next_due_at = end_of_next_working_day(at, hours_of(Council.objects.get(pk=case.council_id)))
    return at
