"""What the page of a case says of introductions, to whoever makes them."""

from ambassadors.introduction_states import OPEN
from ambassadors.matched.seekers import waiting_in
from ambassadors.models import Introduction
from councils.access import Access
from councils.roles import Permission
from enquiries import more_parts
from enquiries.merged import with_merged
from enquiries.models import Enquiry
from enquiries.more_parts import Part


def register() -> None:
    more_parts.on_case_page(on_case)


def on_case(case: Enquiry, access: Access) -> Part | None:
    """Of whom they were introduced to the first name and how it stands, with the enquirer's own word on how it went."""
    if not access.may(Permission.MATCH, case.council_id):
        return None
    theirs = Introduction.objects.filter(council=case.council_id, enquiry__in=with_merged(case))
    rows = list(theirs.order_by("-created_at"))
    waits = case.wants_ambassador and bool(waiting_in([case.council_id], only=case.pk))
    if not rows and not waits:
        return None
    open_now = next((row for row in rows if row.state in OPEN), None)
    past = [row for row in rows if row.state not in OPEN]
    return Part("staff/ambassadors/case_part.html", {"case": case, "waits": waits, "open": open_now, "past": past})
