"""What staff do with a case. Each action locks the case, checks the role, changes it, writes the event
and plans its follow-ups anew."""

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions.changing import changing, save
from enquiries.actions.turns import assign_new
from enquiries.models import Enquiry, Note


def claim(enquiry: Enquiry, *, by: Access) -> Enquiry:
    """Make it one's own. Raises Refused when a colleague was faster."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        if case.owner_id == by.user.pk:
            return case
        if case.owner is not None:
            raise Refused(f"{case.owner.name} has this case already.")
        case.owner, case.claimed_at = by.user, hub_now()
        save(case, "owner", "claimed_at")
        record("enquiry.claimed", subject=case, by=by.user)
    return case


def mark_seen(enquiry: Enquiry, *, by: Access, page: str = "") -> None:
    """Who looked, each time, and at which page of it if not at its own. The first look of somebody who may act also
    stops the clock of the unseen; that others looked is on no timeline: it could tell that the safeguarding role has a
    reason to."""
    acts = by.may(Permission.WORK_CASES, enquiry.council_id)
    with as_council(enquiry.council_id):
        if acts:
            Enquiry.objects.filter(council=enquiry.council_id, pk=enquiry.pk, first_seen_at=None).update(
                first_seen_at=hub_now()
            )
        record("enquiry.seen", subject=enquiry, by=by.user, acts=acts, page=page)


def mark_printed(enquiry: Enquiry, *, by: Access) -> None:
    """Who took it away on paper, each time. Of who may only look it is a look, which is on no timeline."""
    if not by.may(Permission.WORK_CASES, enquiry.council_id):
        mark_seen(enquiry, by=by, page="referral")
        return
    with as_council(enquiry.council_id):
        record("enquiry.referral_printed", subject=enquiry, by=by.user)


def add_note(enquiry: Enquiry, text: str, *, by: Access) -> Note:
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        note = Note.objects.create(council_id=case.council_id, enquiry=case, text=text, by=by.user)
        record("enquiry.noted", subject=case, by=by.user)
    return note


def write_case_number(enquiry: Enquiry, number: str, *, by: Access) -> Enquiry:
    """By which the council's own case system knows them."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        if number != case.case_number:
            old, case.case_number = case.case_number, number
            save(case, "case_number")
            record("enquiry.corrected", subject=case, by=by.user, changed=["case_number"], old={"case_number": old})
    return case


def release(enquiry: Enquiry, *, by: Access) -> Enquiry:
    """Out of quarantine: a person, not spam. What was held back is sent now."""
    with changing(enquiry, Permission.RELEASE_QUARANTINE, by) as case:
        if case.quarantined:
            case.quarantined = False
            save(case, "quarantined")
            record("enquiry.released", subject=case, by=by.user)
            assign_new(case, Council.objects.get(pk=case.council_id))
    return case
