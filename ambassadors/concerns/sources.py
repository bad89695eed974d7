"""Which conversations somebody may have a concern about."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from ambassadors.actions.concerns import Source
from ambassadors.introduction_states import Event as Moved
from ambassadors.introduction_states import State
from ambassadors.models import ConcernFrom, Introduction, Mentorship, Offer
from ambassadors.pairs import where_of_introduction, where_of_offer
from councils.access import Access
from councils.models import Event
from councils.roles import Permission
from councils.tenancy import crossing
from councils.working_time import in_london
from enquiries.handover_history import history_of
from enquiries.handover_states import Side
from enquiries.models import Enquiry, Handover

# Nothing comes to these without an ambassador's yes. The others may have been before it, unknown to the enquirer.
_ACCEPTED = (State.ACCEPTED, State.AGREED, State.SPOKE, State.NOT_SPOKEN, State.UNWANTED, State.LAPSED)
GOES_ON = (State.ACCEPTED, State.AGREED)


@dataclass(frozen=True)
class Conversation:
    """`label`: how the enquirer knows it."""

    key: str
    label: str
    source: Source


def conversations_of(case: Enquiry) -> list[Conversation]:
    """Those that the enquirer knows of, the newest first; those of cases that were joined with this one among them,
    and those from before their case was passed on. The council of the case is in scope."""
    theirs = Q(enquiry=case.pk) | Q(enquiry__merged_into=case.pk)
    return [*_introductions(case, theirs), *_mentors(case, theirs), *_before_it_came(case)]


def _before_it_came(case: Enquiry) -> list[Conversation]:
    """In the council that passed it on: its safeguarding group is the one to read of them."""
    came_by = history_of(case).came_by if case.earlier_references else None
    if came_by is None:
        return []
    with crossing("tell_both_councils", to=[came_by.other_id]):
        other_row = Handover.objects.filter(council=came_by.other_id, pair_id=came_by.pair_id, side=Side.SENT)
        sent = other_row.select_related("enquiry").first()
        return conversations_of(sent.enquiry) if sent and sent.enquiry else []


def _introductions(case: Enquiry, theirs: Q) -> Iterator[Conversation]:
    found = list(Introduction.objects.filter(theirs, council=case.council_id).order_by("-created_at"))
    doubtful = [row.pk for row in found if row.state in (State.STOPPED, State.HANDED_ON) and not row.agreed_at]
    accepted = Event.objects.filter(
        council=case.council_id, subject_id__in=doubtful, verb=f"introduction.{Moved.ACCEPT}"
    )
    known = set(accepted.values_list("subject_id", flat=True)) if doubtful else set()
    for row in found:
        if row.state in _ACCEPTED or row.agreed_at or row.pk in known:
            label = f"{row.ambassador_name}, {in_london(row.created_at):%B %Y}"
            yield Conversation(str(row.pk), label, of_introduction(row, ConcernFrom.ENQUIRER))


def _mentors(case: Enquiry, theirs: Q) -> Iterator[Conversation]:
    rows = Mentorship.objects.filter(theirs, council=case.council_id).select_related("ambassador")
    for row in rows.order_by("-begins_on"):
        label = f"{row.ambassador.first_name}, your mentor"
        yield Conversation(str(row.pk), label, of_mentorship(row, ConcernFrom.ENQUIRER))


def of_introduction(row: Introduction, said_by: ConcernFrom) -> Source:
    return Source(said_by=said_by, council=row.council_id, where=where_of_introduction(row))


def of_offer(row: Offer, said_by: ConcernFrom) -> Source:
    return Source(said_by=said_by, council=row.council_id, where=where_of_offer(row))


def of_mentorship(row: Mentorship, said_by: ConcernFrom) -> Source:
    return Source(said_by=said_by, council=row.council_id, enquiry_key=row.enquiry_id, ambassador_key=row.ambassador_id)


def in_general(council: int, ambassador: UUID) -> Source:
    return Source(said_by=ConcernFrom.AMBASSADOR, council=council, ambassador_key=ambassador)


def stop_of(case: Enquiry) -> str:
    """Where the enquirer stops the conversation that goes on; empty where none does."""
    going_on = Introduction.objects.filter(council=case.council_id, enquiry=case, state__in=GOES_ON)
    return reverse("talk:stop") if going_on.exists() else ""


def own_stop(key: UUID) -> str:
    """As an ambassador stops one of theirs: their own scope is open."""
    going_on = Offer.objects.filter(pk=key, state__in=GOES_ON)
    return reverse("ambassadors:conversation_stop", args=[key]) if going_on.exists() else ""


def own_source(key: UUID) -> Source | None:
    """Of an offer that was made or a mentorship of the ambassador whose scope is open."""
    offer = Offer.objects.filter(pk=key, offered_at__isnull=False).first()
    if offer:
        return of_offer(offer, ConcernFrom.AMBASSADOR)
    mentorship = Mentorship.objects.filter(pk=key).first()
    return of_mentorship(mentorship, ConcernFrom.AMBASSADOR) if mentorship else None


def source_for_staff(key: UUID, access: Access) -> Source | None:
    """Of either row of an introduction, or a mentorship, in a council where they look after ambassadors."""
    theirs = access.where(Permission.MATCH)
    introduction = Introduction.objects.filter(council__in=theirs, pk=key).first()
    if introduction:
        return of_introduction(introduction, ConcernFrom.STAFF)
    offer = Offer.objects.filter(council__in=theirs, pk=key).first()
    if offer:
        return of_offer(offer, ConcernFrom.STAFF)
    mentorship = Mentorship.objects.filter(council__in=theirs, pk=key).first()
    return of_mentorship(mentorship, ConcernFrom.STAFF) if mentorship else None
