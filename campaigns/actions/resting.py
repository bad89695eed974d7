"""When somebody was last written to says for how many days they are left in peace. An email that is called off after
its copies were written, and before they left, has not disturbed anybody: the time before it counts again.

Of the mailing's people this is worked out from what did leave or still may, once: their recipients forget the message
that was taken back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from campaigns.models import Mailing, Recipient, Subscriber
from campaigns.states import RecipientState
from councils.events import record
from councils.models import Event
from councils.tenancy import current_scope
from outbox.models import Message
from outbox.states import OPEN_STATES, State

AT_ONCE = 500
_DONE = "mailing.rest_given_back"
_DISTURBS = (*OPEN_STATES, State.SENT, State.UNKNOWN)


def give_back_rest(mailing: Mailing) -> int:
    """It is cancelled. The hub's councils are in scope. How many copies were taken back; safe to do twice, and done
    once: a million may have waited."""
    if Event.objects.filter(council=mailing.council_id, subject_id=mailing.pk, verb=_DONE).exists():
        return 0
    own = Recipient.objects.filter(council=mailing.council_id, mailing=mailing.pk, state=RecipientState.WAITING)
    taken_back = list(own.exclude(message_key=None).order_by("pk").values_list("pk", "address_hash"))
    for start in range(0, len(taken_back), AT_ONCE):
        part = taken_back[start : start + AT_ONCE]
        _give_back([hashed for _, hashed in part])
        own.filter(pk__in=[key for key, _ in part]).update(message_key=None)
    record(_DONE, subject=mailing, by=None, people=len(taken_back))
    return len(taken_back)


def _give_back(hashes: Sequence[str]) -> None:
    """Rows are locked first: whoever writes to them meanwhile waits, or is seen."""
    people = Subscriber.objects.filter(council__in=_in_scope()).with_addresses(hashes)
    rows = list(people.order_by("pk").select_for_update())
    last = _last_written(rows)
    for row in rows:
        row.last_mailed_at = last.get(row.address_hash)
    Subscriber.objects.bulk_update(rows, ["last_mailed_at"])


def _last_written(rows: Iterable[Subscriber]) -> dict[str, datetime]:
    """By address: emails to many of any council that left, or wait to."""
    theirs = Recipient.objects.filter(
        council__in=_in_scope(), subscriber_key__in=[row.pk for row in rows], state=RecipientState.HANDED
    )
    whose = dict(theirs.exclude(message_key=None).values_list("message_key", "address_hash"))
    copies = Message.objects.filter(council__in=_in_scope(), pk__in=list(whose), state__in=_DISTURBS)
    written = copies.order_by("created_at").values_list("pk", "created_at")
    return {whose[key]: at for key, at in written}


def _in_scope() -> list[int]:
    scope = current_scope()
    return sorted(scope.councils) if scope else []
