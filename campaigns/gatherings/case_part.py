"""What the page of a case says of events: what they booked, and whether they came."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from campaigns.actions.attending import carry
from campaigns.models import Attendance
from campaigns.states import BookingState
from councils.access import Access
from councils.clock import hub_now
from councils.roles import Permission
from enquiries.going_along import goes_along
from enquiries.merged import with_merged
from enquiries.models import Enquiry
from enquiries.more_parts import Part, on_case_page

_WORDS: Mapping[str, str] = {
    BookingState.BOOKED: "Has booked",
    BookingState.WAITING: "Is on the waiting list of",
    BookingState.HELD: "Gets a place, once this enquiry is released, at",
    BookingState.CANCELLED: "Is no longer booked for",
    BookingState.CAME: "Came to",
    BookingState.MISSED: "Did not come to",
}


@dataclass(frozen=True)
class Line:
    """`address`: of the event, for whoever runs it."""

    row: Attendance
    words: str
    address: str


def register() -> None:
    on_case_page(on_case)
    goes_along(carry)


def on_case(case: Enquiry, access: Access) -> Part | None:
    """Of the case and of what was joined with it."""
    rows = Attendance.objects.filter(council=case.council_id, enquiry__in=with_merged(case)).select_related("host")
    lines = [_line(row, access) for row in rows.order_by("-starts_at")]
    return Part("staff/gatherings/case_part.html", {"lines": lines}) if lines else None


def _line(row: Attendance, access: Access) -> Line:
    over = row.starts_at <= hub_now()
    words = "Had booked" if over and row.state == BookingState.BOOKED else _WORDS[row.state]
    may = access.may(Permission.RUN_GATHERINGS, row.host_id)
    return Line(row, words, reverse("admin:campaigns_gathering_page", args=[row.gathering_key]) if may else "")
