"""Ambassadors of the councils that may hear of each other. A pair across a border tells the staff of either council of
the other's person, so whoever must not be heard is in none."""

from collections.abc import Sequence
from uuid import UUID

from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction, Offer, Scheme
from councils.models import Council
from councils.tenancy import across, as_council
from tests import factories


def an_ambassador(ours: Council) -> Ambassador:
    """Who is in touch with somebody. Their council is in scope."""
    return Ambassador.objects.get(council=ours, pk=talking(ours).ambassador_key)


def talking(ours: Council) -> Introduction:
    found = Introduction.objects.filter(council=ours, state=State.AGREED, ambassador_council=ours)
    return found.select_related("enquiry").order_by("created_at")[0]


def border_to_a_friend(ours: Council, friend: Council) -> None:
    """Instead of the demonstration's: one to confirm on either side."""
    everywhere = Council.objects.filter(hub=ours.hub_id)
    with across(everywhere, reason="fuzz"):
        pairs = _pairs_of_two()
        Offer.objects.filter(pair_id__in=pairs).delete()
        Introduction.objects.filter(pair_id__in=pairs).delete()
    for council in (ours, friend):
        Scheme.objects.update_or_create(council=council, defaults={"across_borders": True})
    hana = factories.ambassador(friend, first_name="Hana")
    with as_council(ours):
        marta = Ambassador.objects.get(council=ours, first_name="Marta")
    for case, carer in ((factories.enquiry(friend), marta), (factories.enquiry(ours), hana)):
        factories.wish(case)
        factories.introduction(case, carer, State.TO_CONFIRM)


def _pairs_of_two() -> list[UUID]:
    rows = Introduction.objects.values_list("pair_id", "council", "ambassador_council")
    return [pair for pair, council, other in rows if council != other]


def close_borders_of(councils: Sequence[int]) -> None:
    Scheme.objects.filter(council__in=councils).update(across_borders=False)
