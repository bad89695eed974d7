"""Everything that goes by itself once its time is over (enquiries.retention.lives). Each may run beside itself."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from councils.doors import clear_doors
from councils.models import Council
from councils.retention_names import Kept
from enquiries import drafts
from enquiries.retention.lives import LIVES
from outbox.actions import clearing as outbox
from staff import clearing as staff

FORMS_TOKENS = timedelta(days=30)


def _messages(now: datetime) -> int:
    before = now - LIVES[Kept.STAFF_MESSAGE].lasts
    return sum(outbox.clear_messages(council, before=before) for council in Council.objects.order_by("pk"))


def _doors(now: datetime) -> int:
    return clear_doors(before=now - LIVES[Kept.DOOR].lasts, forms_before=now - FORMS_TOKENS)


CLEARED: Mapping[Kept, Callable[[datetime], int]] = {
    Kept.DRAFT: drafts.erase_expired,
    Kept.DOOR: _doors,
    Kept.REPORT: lambda now: outbox.clear_reports(before=now - LIVES[Kept.REPORT].lasts),
    Kept.SESSION: lambda now: staff.clear_sessions(before=now - LIVES[Kept.SESSION].lasts),
    Kept.STAFF_MESSAGE: _messages,
    Kept.STAFF_ACCOUNT: lambda now: staff.clear_accounts(before=now - LIVES[Kept.STAFF_ACCOUNT].lasts),
    Kept.INVITATION: lambda now: staff.clear_invitations(before=now - LIVES[Kept.INVITATION].lasts),
    Kept.ABSENCE: lambda now: staff.clear_absences(before=now - LIVES[Kept.ABSENCE].lasts),
}


def clear(kept: Kept, *, now: datetime) -> int:
    """How many rows went."""
    return CLEARED[kept](now)
