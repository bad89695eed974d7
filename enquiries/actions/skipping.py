"""A colleague decides that one step of a sequence is not sent."""

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.changing import changing
from enquiries.actions.follow_ups import write_down
from enquiries.follow_up_states import FollowUpEnd
from enquiries.followups.reading import desk_of
from enquiries.models import Enquiry


def skip(enquiry: Enquiry, step: str, *, by: Access) -> None:
    """Raises Refused where it has gone already, is not planned, or must not be skipped."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        desk = desk_of(case, hub_now())
        planned = next((each for each in desk.planned() if each.step == step), None)
        if planned is None:
            raise Refused("That message is not planned any more: it has gone, or the case has changed.")
        if not planned.may_skip:
            raise Refused("That message cannot be skipped.")
        write_down(desk, step, FollowUpEnd.SKIPPED, by=by.user)
        record("enquiry.follow_up", subject=case, by=by.user, step=step, end=FollowUpEnd.SKIPPED.value, why="")
