"""A question to a scratch council: another one asks it to take an enquiry."""

import uuid
from datetime import timedelta

from councils.clock import hub_now
from councils.models import Council, CouncilKind, User
from enquiries.handover_states import HandoverReason, Side
from enquiries.models import Handover


def offered(council: Council, word: str, *, by: User) -> Handover:
    """The council is in scope; the one that asks, its hub office, keeps no row of it here."""
    return Handover.objects.create(
        council=council,
        pair_id=uuid.uuid4(),
        side=Side.RECEIVED,
        other=Council.objects.get(hub=council.hub_id, kind=CouncilKind.HUB_OFFICE),
        journey_id=uuid.uuid4(),
        reference=word[:16],
        reason=HandoverReason.OTHER,
        explanation=word,
        offered_by=by,
        answer_due_at=hub_now() + timedelta(days=1),
    )
