"""Follow-ups of a case: what goes next is planned anew whenever the case changes."""

from enquiries.models import Enquiry


def replan(case: Enquiry) -> None:
    """Call at the end of every action that changes a case, which is locked and in scope."""


def stop(case: Enquiry, why: str) -> None:
    """What waits to be sent is cancelled. `why` is a code. The case is locked and in scope."""
