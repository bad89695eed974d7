"""No more news. It ends what was agreed to, and nothing else: the promise, and whatever their enquiry needs, goes on.

Each is harmless when done twice: mail programs press the button again and again. What lies in another council's outbox
is asked once more when it leaves, and whoever said no in the whole region is ended everywhere by the minute's job.
"""

from collections.abc import Collection

from campaigns.models import Agreement, Recipient, Refusal, Subscriber
from campaigns.states import By, Origin, Purpose, Reach, RecipientState, SubscriberState
from councils.access import Access
from councils.clock import hub_now
from councils.doors import close_doors
from councils.events import record
from councils.models import Council, User
from councils.models.doors import DoorPurpose
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions.news import end_news
from enquiries.models import Enquiry
from outbox import actions as outbox
from outbox.models import Message
from outbox.states import Cover, Lane
from outbox.suppressions import OPTED_OUT, suppress

ONE_CLICK, PAGE, CASE, STAFF = "one_click", "page", "case", "staff"
COMPLAINT, BOUNCED, PASSED_ON, MOVED = "complaint", "bounced", "passed_on", "moved"


def leave(subscriber: Subscriber, *, reach: Reach = Reach.COUNCIL, how: str, by: User | None = None) -> bool:
    """False where they had left already. What they said is written down all the same."""
    with as_council(subscriber.council_id):
        own = locked(subscriber)
        if own.address_hash:
            Refusal.objects.get_or_create(council_id=own.council_id, address_hash=own.address_hash)
        if reach is Reach.REGION and own.address:
            suppress(own.address, hub_id=_hub_of(own), cover=Cover.PROMOTIONAL, reason=OPTED_OUT)
        ended = end(own, how=how, by=by)
        _take_back_queued(own)
        _tell_case(own, by)
        if ended or reach is Reach.REGION:
            record("subscriber.left", subject=own, by=by, reach=reach.value, how=how)
    return ended


def leave_by_phone(subscriber: Subscriber, *, reach: Reach, by: Access) -> None:
    """Whoever rings, or writes to the council."""
    by.require(Permission.EDIT_CAMPAIGNS, subscriber.council_id)
    leave(subscriber, reach=reach, how=STAFF, by=by.user)


def note_look(subscriber: Subscriber, *, by: Access) -> None:
    """Who saw whose address, and when."""
    by.require(Permission.EDIT_CAMPAIGNS, subscriber.council_id)
    record("subscriber.seen", subject=subscriber, by=by.user)


def locked(subscriber: Subscriber) -> Subscriber:
    """The council is in scope."""
    found: Subscriber = Subscriber.objects.select_for_update().get(council=subscriber.council_id, pk=subscriber.pk)
    return found


def end(own: Subscriber, *, how: str, by: User | None = None) -> bool:
    """Without a word to anybody else: whose case goes to another council has said no to nothing. It is locked."""
    end_agreements(own, Purpose, how=how)
    if own.state == SubscriberState.ENDED:
        return False
    own.state, own.ended_at = SubscriberState.ENDED, hub_now()
    own.save(update_fields=["state", "ended_at"])
    close_doors(DoorPurpose.CONFIRM, subject_id=own.pk)  # an old "yes" does not count after a "no"
    record("subscriber.ended", subject=own, by=by, how=how)
    return True


def end_agreements(
    own: Subscriber,
    purposes: Collection[Purpose] | type[Purpose],
    *,
    how: str,
    origins: Collection[Origin] | type[Origin] = Origin,
) -> int:
    given = Agreement.objects.filter(council=own.council_id, subscriber=own, origin__in=list(origins), ended_at=None)
    return given.filter(purpose__in=list(purposes)).update(ended_at=hub_now(), how_ended=how)


def end_one(subscriber: Subscriber, purpose: Purpose, *, how: str, by: User | None = None) -> None:
    """Whoever has ended the last one has left."""
    with as_council(subscriber.council_id):
        own = locked(subscriber)
        if end_agreements(own, [purpose], how=how):
            record("subscriber.purpose_ended", subject=own, by=by, purpose=purpose.value, how=how)
        if not agreements_of(own):
            leave(own, how=how, by=by)


def agreements_of(own: Subscriber) -> list[Agreement]:
    """Those that stand, by email."""
    return list(Agreement.objects.filter(council=own.council_id, subscriber=own, channel=By.EMAIL, ended_at=None))


def _tell_case(own: Subscriber, by: User | None) -> None:
    if own.enquiry_id and (
        case := Enquiry.objects.standing().filter(council=own.council_id, pk=own.enquiry_id).first()
    ):
        end_news(case, by=by)


def _take_back_queued(own: Subscriber) -> None:
    """Of this council's emails."""
    handed = Recipient.objects.filter(
        council=own.council_id, subscriber_key=own.pk, state=RecipientState.HANDED, message_key__isnull=False
    )
    for mailing, message in handed.values_list("mailing", "message_key"):
        if (
            message
            and Message.objects.filter(council=own.council_id, pk=message, lane=Lane.CAMPAIGN, settled_at=None).exists()
        ):
            outbox.cancel(own.council_id, subject_id=mailing, only={str(message)})


def _hub_of(own: Subscriber) -> int:
    return Council.objects.values_list("hub_id", flat=True).get(pk=own.council_id)
