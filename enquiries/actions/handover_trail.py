"""Where a case went that was passed on: what still arrives for it is brought there.

The links in old mails are doors and lead there by themselves. This is for what names the case in another way: a
reference, a message of its that came back.
"""

from uuid import UUID

from councils.doors import where_it_leads_now
from councils.models import Door
from councils.tenancy import crossing
from enquiries.handover_states import HandoverState, Side
from enquiries.models import Enquiry, Handover
from enquiries.states import State

Place = tuple[int, UUID]  # a council and its case


def goes_on_in(case: Enquiry) -> Place | None:
    """None where it was not passed on by a handover. The case's council is in scope; the others are only for a look."""
    if case.state != State.PASSED_ON:
        return None
    sent = Handover.objects.filter(
        council=case.council_id, enquiry=case, side=Side.SENT, state=HandoverState.ACCEPTED
    ).first()
    return _received(sent) if sent else None


def _received(sent: Handover) -> Place | None:
    with crossing("follow_handover", to=[sent.other_id]):
        rows = Handover.objects.filter(council=sent.other_id, pair_id=sent.pair_id, side=Side.RECEIVED)
        received = rows.select_related("enquiry").first()
        case = received.enquiry if received else None
        if case is None:
            return None
        return goes_on_in(case) or (case.council_id, case.pk)


def led_elsewhere(case: Enquiry, door: Door) -> Door | None:
    """Whoever came through a door and waited for the case while it was passed on starts again at the door."""
    return where_it_leads_now(door) if case.state == State.PASSED_ON else None
