"""What the operator says about a database before it may send again."""

from collections.abc import Iterable
from uuid import UUID

import structlog
from django.db.models import F

from councils.clock import HubNow
from councils.events import record
from councils.models import Council
from councils.tenancy import across
from outbox.models import Message
from outbox.states import OPEN_STATES, State

log = structlog.get_logger("outbox.actions")
FOUND = "found in the provider's log"
_AS_SENT = {
    "state": State.SENT,
    "settled_at": HubNow(),
    "smtp_reply": FOUND,
    "lease_until": None,
    "started_at": None,
    "lease_token": F("lease_token") + 1,
}


def settle_as_sent(ids: Iterable[UUID]) -> int:
    """Messages that have left although this database does not know it. How many it had not known of.

    What was on its way when the backup was made stands there as leased, by a sender that this database never had.
    """
    with across(Council.objects.values_list("pk", flat=True), reason="reconcile"):
        unknown = Message.objects.filter(pk__in=list(ids), state__in=(*OPEN_STATES, State.UNKNOWN))
        found = list(unknown.select_for_update())
        for message in found:
            Message.objects.filter(pk=message.pk).update(**_AS_SENT)
            record("message.reconciled", subject=message, by=None, old_state=message.state)
    log.info("reconciled", messages=len(found))
    return len(found)


def doubt_everything() -> int:
    """From now on no waiting message counts as new: a provider that can be asked is asked whether it has it."""
    with across(Council.objects.values_list("pk", flat=True), reason="reconcile"):
        return Message.objects.filter(state=State.QUEUED).update(lease_token=F("lease_token") + 1)
