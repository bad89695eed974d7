"""An invitation that nobody took up does not stand for ever: what is held on them goes with it, a year later."""

from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from ambassadors.actions.log_in import INVITED_OPEN_FOR, end_log_in
from ambassadors.models import Ambassador, AmbassadorState
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.tenancy import across, as_council
from outbox.rounds import one_by_one

STANDS = timedelta(days=90)  # after its link ended, as an invitation of staff


def take_back_unanswered() -> int:
    """Safe to run twice. How many."""
    with across(Council.objects.values_list("pk", flat=True), reason="invitations"):
        invited = Ambassador.objects.filter(state=AmbassadorState.INVITED, invited_at__lt=_before())
        found = list(invited.values_list("council_id", "pk"))
    return one_by_one(found, lambda each: _take_back(*each), name=itemgetter(1))


def _take_back(council_id: int, key: UUID) -> bool:
    with as_council(council_id):
        locked = Ambassador.objects.select_for_update().filter(council=council_id, pk=key)
        row = locked.filter(state=AmbassadorState.INVITED, invited_at__lt=_before()).first()
        if row is None:
            return False
        row.state, row.left_at = AmbassadorState.LEFT, hub_now()
        row.save(update_fields=["state", "left_at"])
        end_log_in(row)
        record("ambassador.invitation_lapsed", subject=row, by=None)
    return True


def _before() -> datetime:
    return hub_now() - INVITED_OPEN_FOR - STANDS
