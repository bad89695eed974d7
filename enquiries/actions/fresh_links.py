"""A new link to "Your enquiry", for whoever brings an old one or the reference and the address.

It goes to the address that the case has, whoever asks, and at most once an hour. The page that asks answers the same
whatever happens here: nobody learns whether an enquiry is known.
"""

from datetime import timedelta
from uuid import UUID

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Door, Hub
from councils.tenancy import as_council, crossing
from enquiries import status_mails
from enquiries.actions.changing import locked_going_on
from enquiries.actions.handover_trail import goes_on_in
from enquiries.merged import merged_into
from enquiries.models import Enquiry, SearchKey
from enquiries.reference import parse_reference
from enquiries.search import SearchKind, compact
from enquiries.states import State
from outbox.models import Message

NOT_SOONER_THAN = timedelta(hours=1)


def send_in_place_of(door: Door) -> None:
    """`door` is one of the status page, open or not."""
    with as_council(door.council_id):
        if Enquiry.objects.filter(council=door.council_id, pk=door.subject_id).exists():
            _send(door.council_id, door.subject_id)


def send_to_who_lost_it(*, reference: str, email: str, hub: Hub) -> None:
    """Both must be right; every reference that leads to the case will do. A wrong one costs the same query as a right
    one with a wrong address."""
    written = parse_reference(reference) or ""
    council = Council.objects.filter(hub=hub, code=written.partition("-")[0]).first()
    if council is None:
        return
    with as_council(council):
        keys = SearchKey.objects.filter(council=council, kind=SearchKind.REFERENCE, key=compact(written))
        found = Enquiry.objects.filter(council=council, pk__in=keys.values("enquiry"))
        case = min(found, key=lambda each: each.state == State.PASSED_ON, default=None)
        if case:
            _send_if_theirs(case, email)


def _send_if_theirs(case: Enquiry, email: str) -> None:
    """Of a case that was passed on the address counts that it has now. It costs more queries: that it was passed on
    is all that the time could tell, to whoever knows the reference."""
    place = goes_on_in(case)
    if place:
        with crossing("follow_handover", to=[place[0]]):
            _send_if_theirs(Enquiry.objects.get(council=place[0], pk=place[1]), email)
    elif email.strip().casefold() in _addresses(case):
        _send(case.council_id, case.pk)


def _addresses(case: Enquiry) -> set[str]:
    """Its own, and those of what was merged into it."""
    return {each.email.casefold() for each in (case, *merged_into(case)) if each.email}


def _send(council_id: int, enquiry_id: UUID) -> None:
    case = locked_going_on(council_id, enquiry_id)
    place = goes_on_in(case)
    if place:  # while we waited for it
        with crossing("follow_handover", to=[place[0]]):
            _send(*place)
        return
    if not status_mails.may_be_mailed(case) or _sent_lately(case):
        return
    status_mails.send_link(case, Council.objects.select_related("hub").get(pk=council_id))
    record("enquiry.link_sent", subject=case, by=None)


def _sent_lately(case: Enquiry) -> bool:
    since = hub_now() - NOT_SOONER_THAN
    sent = Message.objects.about(case.pk).filter(council=case.council_id, kind=status_mails.LINK_KIND)
    return sent.filter(created_at__gt=since).exists()
