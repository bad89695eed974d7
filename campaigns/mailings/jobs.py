"""What happens by itself here, each minute; safe to run twice and beside itself."""

from collections.abc import Callable
from datetime import datetime, timedelta

from campaigns.actions.expanding import refill_outbox
from campaigns.actions.forgetting import forget_those_erased
from campaigns.actions.mailings import start_due
from campaigns.actions.resting import give_back_rest
from campaigns.actions.stopping import call_back, finish
from campaigns.mailings.scope import Named, around, in_state
from campaigns.models import Mailing
from campaigns.states import MailingState
from councils.clock import hub_now
from outbox.rounds import one_by_one

LATELY = timedelta(days=2)


def start_scheduled() -> int:
    return _each(MailingState.SCHEDULED, start_due)


def begin_running() -> int:
    """Senders ask for more by themselves; this is for one that has nothing in the outbox yet."""
    return refill_outbox()


def finish_what_is_through() -> int:
    return _each(MailingState.RUNNING, finish)


def hold_what_is_paused() -> int:
    """What a sender had in its hands when it was paused, and put back."""
    return _each(MailingState.PAUSED, _hold)


def _hold(mailing: Mailing) -> int:
    locked = Mailing.objects.select_for_update().get(council=mailing.council_id, pk=mailing.pk)
    return call_back(locked) if locked.state == MailingState.PAUSED else 0


def give_back_after_cancelling() -> int:
    """Who was marked as written to and never was."""
    return _each(MailingState.CANCELLED, give_back_rest, since=hub_now() - LATELY)


def _each(state: MailingState, do: Callable[[Mailing], int], *, since: datetime | None = None) -> int:
    def one(named: Named) -> int:
        council, key = named
        with around(council):
            return do(Mailing.objects.select_related("council").get(council=council, pk=key))

    return one_by_one(in_state([state], ended_since=since), one, name=lambda named: named[1])


JOBS: tuple[Callable[[], object], ...] = (
    start_scheduled,
    begin_running,
    finish_what_is_through,
    hold_what_is_paused,
    give_back_after_cancelling,
    forget_those_erased,
)
