"""Follow-ups of a case: what goes next is planned anew whenever the case changes."""

from enquiries.models import Enquiry


def replan(case: Enquiry) -> None:
    """Call at the end of every action that changes a case, which is locked and in scope."""
