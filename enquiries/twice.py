"""A button pressed twice: what the same person wrote down from the same page a moment ago is not written down again.

Three tries without an answer close a door, so two of one would count for too much.
"""

from datetime import timedelta
from typing import Any

from councils.access import StaffRequest
from councils.clock import hub_now
from enquiries.actions.changing import locked
from enquiries.models import ContactAttempt, Enquiry, Note
from enquiries.staleness import page_made_at

A_MOMENT = timedelta(seconds=10)
WRITTEN_ONCE = "Written down once: the button was pressed twice."


def pressed_twice(request: StaffRequest, enquiry: Enquiry, rows: type[ContactAttempt | Note], **same: Any) -> bool:
    """Under the lock of the case, which the request's own transaction keeps: the second press waits for the first."""
    made = page_made_at(request.POST)
    if made is None:
        return False
    case = locked(enquiry.council_id, enquiry.pk)
    written = rows.objects.filter(council=case.council_id, enquiry=case, by=request.access.user)
    return written.filter(created_at__gt=max(made, hub_now() - A_MOMENT), **same).exists()
