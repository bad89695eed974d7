"""Concerns as the safeguarding group reads them. For everybody else there is nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ambassadors.actions.concerns import READ
from ambassadors.concerns.telling import FEWEST, holders
from ambassadors.models import Ambassador, Concern, Introduction, Offer
from councils.access import Access
from councils.models import Council, Event
from councils.roles import Permission, roles_that
from enquiries.models import Enquiry

MOST = 200


@dataclass(frozen=True)
class Line:
    concern: Concern
    read: bool


def lines_of(access: Access) -> tuple[list[Line], list[Line]]:
    """Those that wait, the oldest first; and those that are closed, the newest first."""
    theirs = Concern.objects.filter(council__in=access.where(Permission.SAFEGUARD)).select_related("council")
    waiting = list(theirs.filter(closed_at=None).order_by("raised_at"))
    closed = list(theirs.exclude(closed_at=None).select_related("closed_by").order_by("-closed_at")[:MOST])
    read = _read([concern.pk for concern in waiting])
    return [Line(each, each.pk in read) for each in waiting], [Line(each, read=True) for each in closed]


def _read(concerns: Iterable[UUID]) -> set[UUID]:
    return set(Event.objects.filter(subject_id__in=list(concerns), verb=READ).values_list("subject_id", flat=True))


def too_small(access: Access) -> list[Council]:
    """Councils of theirs whose group is one person: never leave it at that."""
    councils = Council.objects.filter(pk__in=access.where(Permission.SAFEGUARD)).order_by("name")
    return [each for each in councils if len(holders(each, roles_that(Permission.SAFEGUARD))) < FEWEST]


@dataclass(frozen=True)
class Sides:
    """The two people, as far as they are of this council: of the other side only its council, and the first name by
    which the conversation knew it. `other`: whose safeguarding group has the same concern."""

    case: Enquiry | None
    carer: Ambassador | None
    carer_name: str
    other: Council | None


def sides_of(concern: Concern) -> Sides:
    introduction, offer = _pair_here(concern)
    case_key, carer_key, here = concern.enquiry_key, concern.ambassador_key, concern.council_id
    carer = Ambassador.objects.filter(council=here, pk=carer_key).first() if carer_key else None
    known_by = introduction.ambassador_name if introduction else ""
    there = {introduction.ambassador_council_id} if introduction else set()
    there |= {offer.enquirer_council_id} if offer else set()
    return Sides(
        case=Enquiry.objects.filter(council=here, pk=case_key).first() if case_key else None,
        carer=carer,
        carer_name=carer.first_name if carer else known_by,
        other=Council.objects.filter(pk__in=there - {here}).first(),
    )


def _pair_here(concern: Concern) -> tuple[Introduction | None, Offer | None]:
    """Those of its rows that lie in this council: across a border it is one."""
    if concern.pair_id is None:
        return None, None
    here = {"council": concern.council_id, "pair_id": concern.pair_id}
    return Introduction.objects.filter(**here).first(), Offer.objects.filter(**here).first()


def readings_of(concern: Concern) -> list[Event]:
    found = Event.objects.filter(council=concern.council_id, subject_id=concern.pk, verb=READ)
    return list(found.select_related("by").order_by("at"))
