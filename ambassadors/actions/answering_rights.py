"""What an ambassador asks of whoever holds their data is written down here, and answered elsewhere (`rights`)."""

from collections import Counter

from ambassadors.models import Ambassador, Offer
from councils.access import Access
from councils.events import record, record_list_taken
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council, crossing

VERB = "ambassador.data_taken_out"
GONE = "Nothing is left of them."


def note_taken_out(ambassador: Ambassador, *, words: str, by: Access) -> None:
    """Also of one who has left; and in each other council with which a conversation of theirs lies. What it is for may
    name somebody, and goes by its age. Raises Refused."""
    by.require(Permission.ANSWER_RIGHTS, ambassador.council_id)
    if not ambassador.email:
        raise Refused(GONE)
    with as_council(ambassador.council_id):
        record(VERB, subject=ambassador, by=by.user, old={"purpose": words})
        offers = Offer.objects.filter(Offer.personal.known, council=ambassador.council_id, ambassador=ambassador)
        others = offers.exclude(enquirer_council=ambassador.council_id).values_list("enquirer_council", flat=True)
        rows = dict(Counter(others))
        with crossing("pair_across_border", to=rows):
            record_list_taken(VERB, rows=rows, purpose=words, by=by.user, facts={"ambassador": str(ambassador.pk)})
