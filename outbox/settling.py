"""Write down how a send went, and put right what nobody came back for."""

import secrets
from datetime import datetime
from uuid import UUID

import structlog
from django.db.models import F

from councils.clock import HubNow, hub_now
from outbox.backoff import after_hold, next_try
from outbox.cancellations import tell
from outbox.claiming import leased_to_us
from outbox.handover import storable
from outbox.models import Message
from outbox.outcomes import Outcome, Verdict
from outbox.states import FAILED_STATES, Lane, State
from outbox.suppressions import suppress_address_of
from outbox.todos import tell_a_person

log = structlog.get_logger("outbox.settling")
DEADLY = 3  # senders that ended while sending one message: it may be the cause
LEFT_OUT = "left_out"
_AT_ONCE = 100  # rows put right in one transaction
_FINAL = {
    Verdict.SENT: State.SENT,
    Verdict.DEAD: State.DEAD,
    Verdict.NO_SUCH_ADDRESS: State.SUPPRESSED,
    Verdict.UNKNOWN: State.UNKNOWN,
}


def settle(message: Message, outcome: Outcome, *, circuit_was_open: bool = False) -> bool:
    """False, and nothing changed, where the lease has gone to somebody else meanwhile.

    While the provider's circuit is open no failure is the message's own.
    """
    verdict = _verdict(message, outcome, circuit_was_open)
    message.smtp_reply, message.last_error = storable(outcome.reply), outcome.code[:60]
    message.provider_id = outcome.provider_id[:80] or message.provider_id
    if verdict is Verdict.HOLD:
        return _wait(message, after_hold(now=hub_now(), luck=_luck()), attempts=message.attempts - 1)
    if verdict is Verdict.RETRY:
        return _retry(message, hub_now())
    finished = _finish(message, _FINAL[verdict])
    if finished and verdict is Verdict.NO_SUCH_ADDRESS:
        suppress_address_of(message)
    return finished


def _verdict(message: Message, outcome: Outcome, circuit_was_open: bool) -> Verdict:
    if circuit_was_open and outcome.ends_run and outcome.verdict is not Verdict.UNKNOWN:
        return Verdict.HOLD
    if outcome.verdict is Verdict.UNKNOWN and message.lane == Lane.SERVICE:
        return Verdict.RETRY  # somebody waits for it: rather two copies, alike to the byte, than none
    return Verdict.DEAD if is_to_blame(message, outcome) else outcome.verdict


def is_to_blame(message: Message, outcome: Outcome) -> bool:
    """Refused for policy once more, though the circuit had closed in between, so others have got through: it is this
    message, and it must not stop them again."""
    return outcome.may_be_the_message and message.last_error == outcome.code[:60]


def set_aside(message: Message) -> None:
    """Leased to us, and its address must not be written to."""
    message.last_error = "address_suppressed"
    _finish(message, State.SUPPRESSED)


def call_off(message: Message) -> None:
    """Leased to us, and whoever wrote it says that it must not leave; they have written down why."""
    message.last_error = LEFT_OUT
    _finish(message, State.CANCELLED)


def take_back(*, about: UUID | None = None) -> int:
    """What senders leased and did not settle in time is due again; what they had begun is charged with the death.
    `about`: only what is about this."""
    found = Message.objects.abandoned() if about is None else Message.objects.abandoned().about(about)
    abandoned = list(found.select_for_update(skip_locked=True)[:_AT_ONCE])
    for message in abandoned:
        _take_back(message)
    return len(abandoned)


def expire() -> int:
    """What could not be sent while it still mattered."""
    late = list(Message.objects.too_late().select_for_update(skip_locked=True)[:_AT_ONCE])
    for message in late:
        message.state = State.EXPIRED
        Message.objects.filter(pk=message.pk).update(state=State.EXPIRED, settled_at=HubNow())
        tell_a_person(message)
    return len(late)


def _take_back(message: Message) -> None:
    if message.started_at is None:
        _wait(message, message.not_before)
        return
    message.last_error, message.deaths = "sender_died", message.deaths + 1
    log.warning("sender_died", message_id=str(message.pk), deaths=message.deaths)
    if message.lane != Lane.SERVICE:
        _finish(message, State.UNKNOWN)
    elif message.deaths >= DEADLY:
        _finish(message, State.DEAD)
    else:
        _wait(message, hub_now())


def _retry(message: Message, now: datetime) -> bool:
    since = message.first_tried_at or now
    moment = next_try(message.attempts, now=now, since=since, until=message.expires_at, luck=_luck())
    return _wait(message, moment) if moment else _finish(message, State.DEAD)


def _wait(message: Message, until: datetime, attempts: int | None = None) -> bool:
    """Unless somebody has called it off meanwhile."""
    if leased_to_us(message).filter(cancel_asked=True).select_for_update().exists():
        return _finish(message, State.CANCELLED)
    message.attempts = message.attempts if attempts is None else attempts
    return _write(message, State.QUEUED, not_before=until, attempts=message.attempts)


def _finish(message: Message, state: State) -> bool:
    finished = _write(message, state, settled_at=HubNow())
    if finished and state in FAILED_STATES:
        log.warning("message_failed", message_id=str(message.pk), state=state, code=message.last_error)
        tell_a_person(message)
    if finished and state == State.CANCELLED:
        tell(message)
    return finished


def _write(message: Message, state: State, **changes: datetime | int | HubNow) -> bool:
    """The token goes up with every change of hands, so a sender that comes back late finds nothing of its own."""
    written = leased_to_us(message).update(
        state=state,
        lease_until=None,
        started_at=None,
        lease_token=F("lease_token") + 1,
        smtp_reply=message.smtp_reply,
        last_error=message.last_error,
        provider_id=message.provider_id,
        deaths=message.deaths,
        **changes,
    )
    if not written:
        log.warning("lease_lost", message_id=str(message.pk))
        return False
    message.state = state
    return True


def _luck() -> float:
    return secrets.SystemRandom().random()
