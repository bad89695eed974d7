"""An ambassador stops. What is open goes to others or back to the waiting list, all of it at once; what is past stays.

What they chose to share of themselves goes at once, and no link of theirs opens anything any more."""

from collections.abc import Collection, Mapping
from uuid import UUID

from ambassadors.actions import mentoring
from ambassadors.actions.handing_on import hand_on
from ambassadors.actions.log_in import end_log_in
from ambassadors.actions.people import locked
from ambassadors.introduction_states import OPEN
from ambassadors.models import Ambassador, AmbassadorState, Mentorship, Offer, Offering
from ambassadors.pairs import where_of_offer
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council

Successors = Mapping[UUID, UUID | None]  # of an offer or a mentorship: who takes over; None: nobody
CHANGED = "Something has changed since you opened the page, so nothing was done. Here is what is open now."


def leave(ambassador: Ambassador, successors: Successors, *, checked: bool, by: Access) -> None:
    """Refused where one of the successors cannot be asked, or something has opened meanwhile: then nothing is done."""
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        _lock_in_order({ambassador.pk, *(key for key in successors.values() if key)}, ambassador.council_id)
        row = locked(ambassador)
        offers, mentorships = open_offers(row), open_mentorships(row)
        if {each.pk for each in [*offers, *mentorships]} - successors.keys():
            raise Refused(CHANGED)
        for offer in offers:
            to = _successor(row.council_id, successors[offer.pk])
            hand_on(where_of_offer(offer), to=to, checked=checked or to is None, by=by)
        for mentorship in mentorships:
            _hand_mentee_on(mentorship, successors[mentorship.pk], by)
        _end(row, by)


def open_offers(row: Ambassador) -> list[Offer]:
    found = Offer.objects.filter(council=row.council_id, ambassador=row, state__in=sorted(OPEN))
    return list(found.order_by("created_at"))


def open_mentorships(row: Ambassador) -> list[Mentorship]:
    found = Mentorship.objects.filter(council=row.council_id, ambassador=row, ended_at=None)
    return list(found.select_related("enquiry").order_by("begins_on"))


def _lock_in_order(keys: Collection[UUID], council: int) -> None:
    """Two who leave at once, each to the other's successor, must not wait for each other for ever."""
    rows = Ambassador.objects.select_for_update().filter(council=council, pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def _successor(council: int, key: UUID | None) -> Ambassador | None:
    if key is None:
        return None
    found = Ambassador.objects.filter(council=council, pk=key).first()
    if found is None:
        raise Refused(CHANGED)
    return found


def _hand_mentee_on(mentorship: Mentorship, to: UUID | None, by: Access) -> None:
    mentoring.end(mentorship, by=by)
    if to:
        mentoring.begin(mentorship.enquiry, to, by=by)


def _end(row: Ambassador, by: Access) -> None:
    row.state, row.left_at = AmbassadorState.LEFT, hub_now()
    row.save(update_fields=["state", "left_at"])
    Offering.objects.filter(council=row.council_id, ambassador=row).delete()
    end_log_in(row)
    record("ambassador.left", subject=row, by=by.user)
