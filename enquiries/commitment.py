"""The promise of a council, with its own hours and its own rule: what connects the pure sums to the rows."""

from datetime import datetime

from councils.models import Council, FirstContact
from councils.working_time import WorkingHours
from enquiries.models.enquiry import Enquiry
from enquiries.promise import Promise, first_promise
from enquiries.states import Slot, Way


def hours_of(council: Council) -> WorkingHours:
    return WorkingHours(opens=council.opens_at, closes=council.closes_at)


def answering(council: Council) -> str:
    """Who gets in touch first, as the public knows them."""
    return council.hub.name if council.first_contact_by == FirstContact.HUB else council.service_name


def commitment(council: Council, *, now: datetime, times: tuple[Slot, ...], way: Way) -> Promise:
    """What is promised for an enquiry that arrives `now`."""
    return first_promise(
        now,
        hours_of(council),
        working_days=council.promise_working_days,
        times=times,
        by=answering(council),
        way=way,
    )


def commitment_to(enquiry: Enquiry, council: Council) -> Promise:
    """What was promised when the enquiry came, as it was said."""
    by = council.hub.name if enquiry.promise_by == FirstContact.HUB else council.service_name
    slot = Slot(enquiry.promise_slot) if enquiry.promise_slot else None
    return Promise(due_at=enquiry.promise_due_at, by=by, way=Way(enquiry.way), slot=slot)
