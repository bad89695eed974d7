"""One person's copy of an email, as a message for the outbox."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from campaigns.actions.counting import count_links
from campaigns.content.rendering import Person, Prepared, person, prepare
from campaigns.models import Mailing, Recipient, Subscriber
from campaigns.news.links import choices_url, stop_url
from councils.models import Council
from outbox.actions import written
from outbox.models import Message
from outbox.states import Lane, Window

SUBJECT_KIND = KIND = "mailing"
# It may be begun before a long weekend, and is then tried for three days.
LASTING = timedelta(days=10)
_KEPT_FOR = 300.0  # seconds: events that an email lists are those of now
_KEPT = 4
_prepared: dict[tuple[UUID, int], tuple[float, Prepared]] = {}


@dataclass(frozen=True)
class Letters:
    mailing: Mailing
    prepared: Prepared
    expires_at: datetime
    councils: Mapping[int, Council]
    _people: dict[tuple[int, str], Person] = field(default_factory=dict)

    def to(self, recipient: Recipient, subscriber: Subscriber) -> Message:
        """Raises ValueError for what is no address."""
        stop = stop_url(subscriber)
        copy = self.prepared.for_(self._person(subscriber), choices_url=choices_url(subscriber), stop_url=stop)
        return written(
            text=copy.text,
            html=copy.html,
            council=self.mailing.council_id,
            kind=KIND,
            to=subscriber.address,
            subject=copy.subject,
            dedupe_key=key_of(self.mailing, recipient.address_hash),
            expires_at=self.expires_at,
            lane=Lane.CAMPAIGN,
            window=Window.DAYTIME,
            subject_kind=SUBJECT_KIND,
            subject_id=self.mailing.pk,
            sender=self.prepared.sender,
            reply_to=self.prepared.reply_to,
            headers=one_click(stop),
            key=recipient.pk,
        )

    def _person(self, subscriber: Subscriber) -> Person:
        """Thousands are called alike."""
        key = subscriber.council_id, subscriber.first_name
        if key not in self._people:
            self._people[key] = person(subscriber.first_name, self.councils[subscriber.council_id])
        return self._people[key]


def letters_of(mailing: Mailing, subscribers: Iterable[Subscriber], *, now: datetime) -> Letters:
    theirs = {subscriber.council_id for subscriber in subscribers}
    councils = Council.objects.select_related("hub").in_bulk(theirs)
    return Letters(mailing, _content(mailing), now + LASTING, councils)


def key_of(mailing: Mailing, address_hash: str) -> str:
    return f"mailing:{mailing.pk}:{address_hash}"


def one_click(stop: str) -> tuple[tuple[str, str], ...]:
    """RFC 8058: mail programs show a button that posts to this address."""
    return ("List-Unsubscribe", f"<{stop}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


def _content(mailing: Mailing) -> Prepared:
    """Made once and kept for the batches that follow: it takes as long as a hundred copies."""
    key = mailing.pk, mailing.version
    made, prepared = _prepared.get(key, (0.0, None))
    if prepared is None or time.monotonic() - made > _KEPT_FOR:
        if len(_prepared) >= _KEPT:
            _prepared.clear()  # each may hold a hundred kilobytes
        prepared = _counted(mailing, prepare(mailing))
        _prepared[key] = time.monotonic(), prepared
    return prepared


def _counted(mailing: Mailing, prepared: Prepared) -> Prepared:
    """Where its links are counted they have to be written down before they stand in a copy."""
    return prepare(mailing) if count_links(mailing, prepared.links, by=None) else prepared
