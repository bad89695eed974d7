"""Who looked. Somebody's wishes are read by who introduces them alone, and each look is on the trail of the case."""

from collections.abc import Collection

from ambassadors.introduction_states import State
from ambassadors.models import Offer
from ambassadors.pairs import pair_at, where_of_offer
from councils.access import Access
from councils.events import record
from councils.roles import Permission
from enquiries.actions import mark_seen
from enquiries.models import Enquiry, Wish


def mark_suggested(wish: Wish, *, councils: Collection[int], by: Access) -> None:
    """`councils`: whose ambassadors were looked at. That others were among them is written down of the wish: it is no
    news of the case."""
    mark_seen(wish.enquiry, by=by, page="suggestions")
    others = sorted(set(councils) - {wish.council_id})
    if others:
        record("wish.looked_across_border", subject=wish, by=by.user, councils=others)


def name_to_check(offer: Offer, *, by: Access) -> str:
    """Staff of the ambassador's council read the name of another council's enquirer, for one check: in full, while
    they are asked to confirm and no longer. Both councils can read afterwards who did."""
    by.require(Permission.MATCH, offer.council_id)
    with pair_at(where_of_offer(offer)) as pair:
        if pair.state != State.TO_CONFIRM:
            return ""
        case = Enquiry.objects.get(council=pair.introduction.council_id, pk=pair.introduction.enquiry_id)
        record("enquiry.seen", subject=case, by=by.user, acts=False, page="name")
        record("introduction.name_shown", subject=pair.offer, by=by.user, pair=str(pair.introduction.pair_id))
        return case.name
