"""Whose rows the sending of an email touches: its owner's, and those of the people it goes to, who may belong to any
council of the hub."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from campaigns.models import Mailing
from campaigns.states import MailingState
from councils.models import Council
from councils.tenancy import Scope, across

Named = tuple[int, UUID]  # the owner and the mailing


def around(council_id: int) -> AbstractContextManager[Scope]:
    hub = Council.objects.filter(pk=council_id).values("hub")
    return across(Council.objects.filter(hub__in=hub).values_list("pk", flat=True), reason="send an email to many")


def in_state(states: Iterable[MailingState], *, ended_since: datetime | None = None) -> list[Named]:
    """Of every council, those that have been at it longest first."""
    with across(Council.objects.values_list("pk", flat=True), reason="look for emails to many"):
        found = Mailing.objects.filter(state__in=[*states]).order_by("started_at", "id")
        if ended_since:
            found = found.filter(ended_at__gte=ended_since)
        return list(found.values_list("council_id", "pk"))
