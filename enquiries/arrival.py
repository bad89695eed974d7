"""When an enquiry came to the hub: earlier than its case began, where another council passed it on."""

from datetime import datetime

from enquiries.models import Enquiry, Submission


def came_at(case: Enquiry) -> datetime:
    first = Submission.objects.filter(council=case.council_id, enquiry=case).order_by("number").first()
    return came_with(case, first)


def came_with(case: Enquiry, first: Submission | None) -> datetime:
    """What a list of the council's brought in was sent to the hub later than it came."""
    return min(case.created_at, first.created_at) if first else case.created_at
