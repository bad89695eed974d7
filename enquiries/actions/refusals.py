"""A refusal is written down like anything else that happened to a case."""

from councils.access import Access
from councils.events import record
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.models import Enquiry


def record_refusal(enquiry: Enquiry, tried: str, *, by: Access) -> None:
    """`tried` names the action. Called after the refused action's savepoint was rolled back. What somebody tried who
    may only look is on no timeline, and nor are their looks."""
    acts = by.may(Permission.WORK_CASES, enquiry.council_id)
    with as_council(enquiry.council_id):
        record("enquiry.refused", subject=enquiry, by=by.user, tried=tried, acts=acts)
