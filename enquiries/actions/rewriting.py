"""Follow-ups that were written and have not left, written anew: to another address, or after all."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from councils.clock import hub_now
from councils.models.todos import ToDoKind
from enquiries.actions.todos import open_todo
from enquiries.actions.writing import write
from enquiries.follow_up_states import FollowUpEnd
from enquiries.followups.facts import Start
from enquiries.followups.plan import Planned, channels_of
from enquiries.followups.reading import Desk, desk_of
from enquiries.followups.reasons import BOUNCED, NO_ADDRESS
from enquiries.followups.sequences import BY_NAME
from enquiries.models import Enquiry, FollowUpRecord
from outbox.actions import take_back
from outbox.models import Message
from outbox.states import ChannelKind, State


def move_waiting(case: Enquiry, *, old: Iterable[str]) -> bool:
    """What waits for one of these old addresses goes to the one that the case has now. Locked, saved and in scope.
    True where anything did."""
    wanted = [address for address in old if address]
    return bool(wanted) and _write_anew(case, Message.objects.filter(state=State.QUEUED, to_address__in=wanted))


def confirm_at_last(case: Enquiry) -> bool:
    """There was no address for the confirmation: planned anew, it goes now. Not once somebody has got in touch: it
    would promise that once more."""
    if case.promise_kept_at or not case.is_open:
        return False
    impossible = FollowUpRecord.objects.filter(
        council=case.council_id, enquiry=case, step="confirmation", end=FollowUpEnd.NOT_POSSIBLE
    )
    return bool(impossible.filter(why__in=[NO_ADDRESS.code, BOUNCED.code]).delete()[0])


def revive(case: Enquiry, *, cancelled_at: datetime) -> None:
    """What was called back at that moment, and was right after all."""
    _write_anew(case, Message.objects.filter(state=State.CANCELLED, settled_at=cancelled_at))


def _write_anew(case: Enquiry, wanted: QuerySet[Message]) -> bool:
    about = wanted.filter(council=case.council_id, subject_id=case.pk, to_staff=False)
    found = {str(message.pk): message for message in about.defer("mime", "text")}
    if not found:
        return False
    desk, written = desk_of(case, hub_now()), False
    for row in desk.records.values():
        messages = [found[each] for each in row.message_ids if each in found]
        if messages and not take_back(case.council_id, only=[str(message.pk) for message in messages]):
            _again(desk, row, messages)
            written = True
    return written


def _again(desk: Desk, row: FollowUpRecord, instead_of: Sequence[Message]) -> None:
    """These have given up their keys."""
    sequence = BY_NAME.get(row.step.partition(":")[0])
    if sequence is None or sequence.message is None:  # taken out of the table since
        return
    kept = [each for each in row.message_ids if each not in {str(message.pk) for message in instead_of}]
    channels = channels_of(sequence, desk.facts)
    if kept:
        channels = tuple(each for each in channels if each in {ChannelKind(message.channel) for message in instead_of})
    key = row.step.partition(":")[2]
    start = next((start for start in sequence.starts(desk.facts) if start.key == key), Start(row.at, key))
    if start.at and start.at <= desk.now:
        return
    row.message_ids = [
        *kept,
        *write(desk, Planned(row.step, sequence, start, desk.now, channels, None), sequence.message),
    ]
    if not row.message_ids:
        row.end, row.why = FollowUpEnd.NOT_POSSIBLE, NO_ADDRESS.code
        if sequence.name == "confirmation":  # whoever gets none is called
            open_todo(desk.case, desk.council, ToDoKind.CALL)
    row.save(update_fields=["message_ids", "end", "why"])
