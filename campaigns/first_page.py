"""What the first page of the staff side says of events and emails: the next events, and emails that need a look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from campaigns.gatherings.listing import Line, counts_of
from campaigns.models import Gathering, Mailing
from campaigns.states import GatheringState, MailingState
from councils.clock import hub_now
from councils.roles import Permission

AHEAD = timedelta(days=14)
MOST = 10
WANTING = (MailingState.TO_APPROVE, MailingState.SCHEDULED, MailingState.RUNNING, MailingState.PAUSED)


@dataclass(frozen=True)
class FirstPage:
    events: list[Line]
    mailings: list[Mailing]


def campaigning(request: HttpRequest) -> dict[str, object]:
    access = request.access  # type: ignore[attr-defined]  # a StaffRequest: the frame knows HttpRequest only
    events = _events(access.where(Permission.RUN_GATHERINGS), hub_now())
    mailings = _mailings(access.where(Permission.EDIT_CAMPAIGNS))
    return {"campaigning": FirstPage(events, mailings)} if events or mailings or not access.councils else {}


def _events(councils: Collection[int], now: datetime) -> list[Line]:
    """Those of the next days, and the one that is on now."""
    if not councils:
        return []
    shown = Gathering.objects.filter(
        council__in=councils, state=GatheringState.PUBLISHED, starts_at__lt=now + AHEAD, ends_at__gt=now
    )
    rows = list(shown.select_related("council").order_by("starts_at")[:MOST])
    counts = counts_of(rows) if rows else {}
    return [Line(row, counts[row.pk], now) for row in rows]


def _mailings(councils: Collection[int]) -> list[Mailing]:
    if not councils:
        return []
    wanting = Mailing.objects.filter(council__in=councils, state__in=WANTING)
    return list(wanting.select_related("council", "campaign").order_by("created_at")[:MOST])
