"""What somebody agreed to, in the words of then; for staff and for their own file."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Agreement, Subscriber
from campaigns.news.pages import said
from campaigns.states import By, Origin, Purpose

ENDED = {
    "one_click": "by the button of their mail program",
    "page": "on their page",
    "case": "with their enquiry: they want no news",
    "complaint": "they marked our mail as spam",
    "bounced": "mail to the address came back",
    "staff": "by staff, as they asked",
    "passed_on": "their enquiry went to another council",
    "moved": "they have another address now",
}


@dataclass(frozen=True)
class Told:
    purpose: str
    channel: str
    where: str
    given_at: datetime
    words: str
    ended_at: datetime | None
    how_ended: str


def told_of(own: Subscriber) -> list[Told]:
    """The newest first. The council is in scope."""
    given = Agreement.objects.filter(council=own.council_id, subscriber=own).select_related("subscriber__brought_by")
    return [_told(each) for each in given.order_by("-given_at", "purpose", "pk")]


def _told(given: Agreement) -> Told:
    return Told(
        purpose=str(Purpose(given.purpose).label),
        channel=str(By(given.channel).label),
        where=str(Origin(given.origin).label),
        given_at=given.given_at,
        words=said(given),
        ended_at=given.ended_at,
        how_ended=ENDED.get(given.how_ended, ""),
    )
