"""As each enquirer is known to the ambassador, by pair; nothing else of the other side is read."""

from collections.abc import Iterable
from uuid import UUID

from ambassadors.models import Introduction, Offer
from councils.tenancy import crossing

SOMEBODY = "Somebody"  # whose name has been erased


def names_of(offers: Iterable[Offer]) -> dict[UUID, str]:
    """The offers were read as the ambassador's own. No scope is open."""
    pairs = {each.pair_id: each.enquirer_council_id for each in offers}
    if not pairs:
        return {}
    with crossing("pair_across_border", to=set(pairs.values())):
        theirs = Introduction.objects.filter(council__in=set(pairs.values()), pair_id__in=pairs)
        found = dict(theirs.values_list("pair_id", "shared_name"))
    return {pair: found.get(pair) or SOMEBODY for pair in pairs}
