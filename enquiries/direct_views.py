"""Somebody wrote to the council: what a colleague says it is."""

from councils.access import StaffRequest
from enquiries.actions.direct import confirm_enquiry, not_an_enquiry
from enquiries.casework_views import changing
from enquiries.forms.casework import NotAnEnquiryForm
from enquiries.incoming_states import NotAnEnquiry
from enquiries.models import Enquiry


@changing
def confirm(request: StaffRequest, enquiry: Enquiry) -> str:
    confirm_enquiry(enquiry, by=request.access)
    return "It is an enquiry. What was held back is on its way."


@changing
def not_enquiry(request: StaffRequest, enquiry: Enquiry) -> str:
    not_an_enquiry(enquiry, why=NotAnEnquiry(NotAnEnquiryForm(request.POST).told()["why"]), by=request.access)
    return "Closed: not an enquiry. Nothing was sent."
