"""Staff of the ambassador's council look at the name of another council's enquirer, for one check."""

from ambassadors.introduction_states import State
from ambassadors.models import Offer
from ambassadors.pairs import pair_at, where_of_offer
from councils.access import Access
from councils.events import record
from councils.roles import Permission
from enquiries.models import Enquiry


def name_to_check(offer: Offer, *, by: Access) -> str:
    """In full, while they are asked to confirm and no longer. Both councils can read afterwards who looked."""
    by.require(Permission.MATCH, offer.council_id)
    with pair_at(where_of_offer(offer)) as pair:
        if pair.state != State.TO_CONFIRM:
            return ""
        case = Enquiry.objects.only("name").get(council=pair.introduction.council_id, pk=pair.introduction.enquiry_id)
        for row in (pair.introduction, pair.offer):
            record("introduction.name_shown", subject=row, by=by.user, pair=str(pair.introduction.pair_id))
        return case.name
