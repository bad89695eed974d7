"""Pausing, going on, calling off and ending an email that goes out.

A pause holds at once for everything that waits: it is taken out of the outbox, and its recipients wait again. What a
sender has in its hands, a batch at the most, leaves.
"""

from campaigns.actions.mailings import changing, move, require_move
from campaigns.mailings.numbers import numbers_of
from campaigns.models import Mailing, Recipient
from campaigns.states import MailingState, RecipientState
from councils.access import Access
from councils.clock import hub_now
from outbox import actions as outbox


def pause(mailing: Mailing, *, by: Access) -> Mailing:
    with changing(mailing, by) as locked:
        locked.paused_at = hub_now()
        move(locked, "pause", by, "paused_at")
        call_back(locked)
        return locked


def resume(mailing: Mailing, *, by: Access) -> Mailing:
    with changing(mailing, by) as locked:
        locked.paused_at = None
        return move(locked, "resume", by, "paused_at")


def cancel(mailing: Mailing, *, by: Access) -> Mailing:
    """For good. Who has it has it; the others stay on the list of who did not get it."""
    with changing(mailing, by) as locked:
        require_move(locked, "cancel")
        call_back(locked)
        locked.ended_at = hub_now()
        return move(locked, "cancel", by, "ended_at", sums=numbers_of(locked).sums)


def finish(mailing: Mailing) -> bool:
    """By itself, when nothing waits any more. The owner is in scope; safe to run twice."""
    locked = Mailing.objects.select_for_update().get(council=mailing.council_id, pk=mailing.pk)
    if locked.state != MailingState.RUNNING or not is_through(locked):
        return False
    locked.ended_at = hub_now()
    move(locked, "finish", None, "ended_at", sums=numbers_of(locked).sums)
    return True


def is_through(mailing: Mailing) -> bool:
    waiting = Recipient.objects.filter(council=mailing.council_id, mailing=mailing.pk, state=RecipientState.WAITING)
    return not waiting.exists() and outbox.all_have_left(mailing.council_id, subject_id=mailing.pk)


def call_back(locked: Mailing) -> int:
    """What waits in the outbox. The mailing is locked, so nobody writes more of it meanwhile."""
    taken = outbox.take_out(locked.council_id, subject_id=locked.pk)
    recipients = Recipient.objects.filter(council=locked.council_id, pk__in=taken, state=RecipientState.HANDED)
    return recipients.update(state=RecipientState.WAITING)
