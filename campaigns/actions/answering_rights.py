"""What somebody who only gets news asks of whoever holds their data is written down here, and carried out elsewhere
(enquiries.rights). Who has an enquiry is answered with it."""

from campaigns.models import Subscriber
from councils.access import Access
from councils.events import record
from councils.models import ErasureRequest
from councils.models.rights import ErasureCause, ErasureState
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council

WITH_THEIR_ENQUIRY = "They have an enquiry: what is held on them is taken out and erased there."
GONE = "Nothing is left of them."


def note_taken_out(subscriber: Subscriber, *, words: str, by: Access) -> None:
    """What it is for may name them, and goes with them. Raises Refused."""
    _require(subscriber, by)
    with as_council(subscriber.council_id):
        record("subscriber.data_taken_out", subject=subscriber, by=by.user, old={"purpose": words})


def request_erasure(subscriber: Subscriber, *, by: Access) -> None:
    """Safe to do twice. Raises Refused."""
    _require(subscriber, by)
    with as_council(subscriber.council_id):
        _, is_new = ErasureRequest.objects.get_or_create(
            council_id=subscriber.council_id,
            subject_id=subscriber.pk,
            state=ErasureState.WAITING,
            defaults={"cause": ErasureCause.ASKED, "asked_by": by.user},
        )
        if is_new:
            record("subscriber.erasure_requested", subject=subscriber, by=by.user)


def _require(subscriber: Subscriber, by: Access) -> None:
    by.require(Permission.ANSWER_RIGHTS, subscriber.council_id)
    if subscriber.enquiry_id:
        raise Refused(WITH_THEIR_ENQUIRY)
    if not subscriber.address:
        raise Refused(GONE)
