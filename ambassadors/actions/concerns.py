"""A concern is written down for the safeguarding group of each council that it touches, and its people are told.

Nothing tells anybody else that there is one: the events are about the concern and name nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, QuerySet

from ambassadors.concerns.telling import tell_again, tell_group
from ambassadors.models import Concern, ConcernAbout, ConcernFrom
from ambassadors.pairs import Where, pair_at
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Event, User
from councils.roles import Permission
from councils.tenancy import across, as_council, crossing
from outbox.rounds import one_by_one

UNREAD_AFTER = timedelta(hours=1)
AGAIN_AFTER = timedelta(hours=24)
READ, CLOSED, TOLD_AGAIN = "concern.read", "concern.closed", "concern.told_again"


@dataclass(frozen=True)
class Said:
    about: ConcernAbout
    text: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """Who says it, and of which conversation: `where` for an introduction. Without one it is of `council` alone: of a
    mentor, or in general."""

    said_by: ConcernFrom
    council: int
    where: Where | None = None
    enquiry_key: UUID | None = None
    ambassador_key: UUID | None = None

    @property
    def councils(self) -> frozenset[int]:
        return self.where.councils | {self.council} if self.where else frozenset({self.council})


def raise_concern(source: Source, said: Said, *, key: UUID, by: User | None) -> UUID:
    """`key` is the form's own: the same words sent twice are one concern. Whoever calls has made sure that this
    conversation is theirs. Answers what ties the councils' rows together."""
    with crossing("tell_both_councils", to=source.councils):
        same = Concern.objects.filter(council=source.council, concern_id=key).first()
        if same and (same.about, same.text) == (said.about, said.text):
            return key
        key = uuid4() if same else key  # other words on a page gone back to: another concern
        rows = _rows(source, said, key, by)
        Concern.objects.bulk_create(rows, ignore_conflicts=True)  # pressed twice in the same moment
        written = Concern.objects.filter(council__in=source.councils, pk__in=[row.pk for row in rows])
        for concern in written:
            record("concern.raised", subject=concern, by=by, concern=str(key))
            tell_group(concern)
    return key


def _rows(source: Source, said: Said, key: UUID, by: User | None) -> list[Concern]:
    """The keys of a case and of an ambassador stay in the council that they are of."""
    enquiry_key, ambassador_key, where = source.enquiry_key, source.ambassador_key, source.where
    if where:
        with pair_at(where) as pair:
            enquiry_key, ambassador_key = pair.introduction.enquiry_id, pair.offer.ambassador_id
    return [
        Concern(
            council_id=council,
            concern_id=key,
            pair_id=where.pair_id if where else None,
            enquiry_key=enquiry_key if not where or council == where.enquirer_council else None,
            ambassador_key=ambassador_key if not where or council == where.ambassador_council else None,
            said_by=source.said_by,
            by=by,
            about=said.about,
            text=said.text,
        )
        for council in sorted(source.councils)
    ]


def mark_read(concern: Concern, *, by: Access) -> None:
    """Each time. Raises RoleRefused."""
    by.require(Permission.SAFEGUARD, concern.council_id)
    with as_council(concern.council_id):
        record(READ, subject=concern, by=by.user)


def close_concern(concern: Concern, *, by: Access) -> None:
    """Twice is harmless. Raises RoleRefused."""
    by.require(Permission.SAFEGUARD, concern.council_id)
    with as_council(concern.council_id):
        waiting = Concern.objects.filter(council=concern.council_id, pk=concern.pk, closed_at=None)
        if waiting.update(closed_at=hub_now(), closed_by=by.user):
            record(CLOSED, subject=concern, by=by.user)


def tell_of_unread() -> int:
    """An hour after it came, and each day until somebody has read it; each once, however often this runs."""
    councils = Council.objects.values_list("pk", flat=True)
    with across(councils, reason="tell of unread concerns"):
        found = list(_unread(councils).values_list("council_id", "pk"))
    return one_by_one(found, lambda each: _tell(*each), name=itemgetter(1))


def _unread(councils: Collection[int]) -> QuerySet[Concern]:
    now = hub_now()
    events = Event.objects.filter(council=OuterRef("council"), subject_id=OuterRef("pk"))
    waiting = Concern.objects.filter(council__in=councils, closed_at=None, raised_at__lte=now - UNREAD_AFTER)
    read, told = events.filter(verb=READ), events.filter(verb=TOLD_AGAIN, at__gt=now - AGAIN_AFTER)
    return waiting.exclude(Exists(read)).exclude(Exists(told))


def _tell(council: int, key: UUID) -> bool:
    with as_council(council):
        held = Concern.objects.select_for_update(skip_locked=True).filter(council=council, pk=key).first()
        # Only a fresh look sees what whoever held the lock before has written.
        if held is None or not _unread([council]).filter(pk=key).exists():
            return False
        number = Event.objects.filter(council=council, subject_id=key, verb=TOLD_AGAIN).count() + 1
        tell_again(held, number)
        record(TOLD_AGAIN, subject=held, by=None, number=number)
    return True
