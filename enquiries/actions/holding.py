"""Legal holds: while one stands nothing of that enquiry is erased, whoever asks and however long it has been kept."""

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import ErasureRequest, LegalHold
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions.changing import locked
from enquiries.models import Enquiry
from enquiries.retention.reading import UNDONE


def place_hold(enquiry: Enquiry, *, reason: str, by: Access) -> LegalHold:
    """Open or closed. Raises Refused where one stands already, or it was erased."""
    by.require(Permission.ANSWER_RIGHTS, enquiry.council_id)
    with as_council(enquiry.council_id):
        case = locked(enquiry.council_id, enquiry.pk)
        if LegalHold.objects.filter(council=case.council_id, subject_id=case.pk, lifted_at=None).exists():
            raise Refused("There is a legal hold on this enquiry already.")
        hold = LegalHold.objects.create(
            council_id=case.council_id, subject_id=case.pk, reason=reason, placed_by=by.user
        )
        record("enquiry.held", subject=case, by=by.user, hold=str(hold.pk))
    return hold


def lift_hold(hold: LegalHold, *, by: Access) -> bool:
    """Whether an erasure goes on that had waited for it. Lifting twice is harmless."""
    by.require(Permission.ANSWER_RIGHTS, hold.council_id)
    with as_council(hold.council_id):
        case = Enquiry.objects.select_for_update().filter(council=hold.council_id, pk=hold.subject_id).first()
        row = LegalHold.objects.select_for_update().get(council=hold.council_id, pk=hold.pk)
        if row.lifted_at:
            return False
        row.lifted_at, row.lifted_by = hub_now(), by.user
        row.save(update_fields=["lifted_at", "lifted_by"])
        asked = ErasureRequest.objects.filter(council=row.council_id, subject_id=row.subject_id, state__in=UNDONE)
        goes_on = asked.exists()
        if case:
            record("enquiry.hold_lifted", subject=case, by=by.user, hold=str(row.pk), erasure_goes_on=goes_on)
    return goes_on
