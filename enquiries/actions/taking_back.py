"""What a step or an attempt made the hub write, called back when that is undone."""

from collections.abc import Collection
from datetime import datetime

from councils.access import Access
from councils.refusals import RoleRefused
from enquiries.models import Enquiry, FollowUpRecord
from enquiries.workflow import may_undo
from outbox.actions import take_back
from outbox.models import Message

# What follows from a state, and what from an attempt; the names are those of the sequences.
STEPPED = frozenset({"visit_booked", "visit_reminder", "application", "not_yet", "wake_up", "closed", "nurture"})
TRIED = frozenset({"tried", "information"})


def require_own(user_id: int | None, case: Enquiry, by: Access) -> None:
    roles = by.roles.get(case.council_id, frozenset())
    if not may_undo(roles, own=by.user.pk == user_id):
        raise RoleRefused("Only whoever wrote it down or a manager may take it back.")


def call_back(case: Enquiry, *, since: datetime, named: Collection[str]) -> list[Message]:
    """Those that have left already, and stay told. The others will not go, and may be written again."""
    rows = FollowUpRecord.objects.filter(council=case.council_id, enquiry=case, at__gte=since)
    caused = [row for row in rows if row.step.partition(":")[0] in named]
    left = take_back(case.council_id, only=[message for row in caused for message in row.message_ids])
    gone = {str(message.pk) for message in left}
    for row in caused:
        if not gone & set(row.message_ids):
            row.delete()
    return left
