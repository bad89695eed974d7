"""One mail to a masked address: passed on, or its writer told why not. Each is taken once, however often it comes.

The address alone proves nothing, since mails are forwarded: the writer's own address must stand in it as well. Nothing
of what was written stands in a log or an event.
"""

import hashlib

import structlog

from ambassadors.introduction_states import State
from ambassadors.pairs import Pair, pair_at
from ambassadors.relay.addresses import Side
from ambassadors.relay.parties import Parties, parties_of, where_behind
from ambassadors.relay.telling import Why, pass_on, passed_on_lately, tell_writer
from councils.clock import hub_now
from councils.doors import find_door_even_closed
from councils.events import record
from councils.models.doors import DoorPurpose
from enquiries.incoming_states import Came
from outbox.incoming import Incoming
from outbox.models import Receipt
from outbox.states import State as MessageState

log = structlog.get_logger("ambassadors.relay")
MOST_LETTERS = 10_000  # of one mail
MOST_A_DAY = 30  # of one side of one conversation
_SOURCE = "relay"


def take_relayed(mail: Incoming, token: str) -> Came | None:
    """Outside of any scope; when it returns, all is committed. None for an address that never was."""
    door = find_door_even_closed(token, DoorPurpose.RELAY)
    behind = where_behind(door) if door else None
    if behind is None:
        return None
    if mail.automatic:
        return Came.DROPPED
    where, writer = behind
    with pair_at(where, lock=True) as pair:
        if not _is_first(pair, writer, mail):
            return Came.AGAIN
        return _take(pair, parties_of(pair, writer), mail, is_open=door is not None and door.expires_at > hub_now())


def _take(pair: Pair, parties: Parties, mail: Incoming, *, is_open: bool) -> Came:
    text = parties.cleaned(mail.text)
    why = _why_not(pair, parties, mail, text) if is_open else Why.ENDED
    why = why or _pass_on(pair, parties, mail, text)
    if why:
        tell_writer(pair, parties, why)
        log.info("mail_not_passed_on", why=why.value, pair=str(pair.introduction.pair_id))
    return Came.RELAYED


def _pass_on(pair: Pair, parties: Parties, mail: Incoming, text: str) -> Why | None:
    """What its writer has to know all the same."""
    sent = pass_on(pair, parties, mail, text)
    if sent is None or sent.state != MessageState.QUEUED:  # the reader's address has failed us before
        return Why.CANNOT
    _record(pair, "introduction.mail_passed_on", parties.writer.side)
    return Why.FILES if mail.files else None


def _why_not(pair: Pair, parties: Parties, mail: Incoming, text: str) -> Why | None:
    if pair.state is not State.AGREED:
        return Why.ENDED
    if not mail.sender or mail.sender.casefold() != parties.writer.address.casefold():
        return Why.OTHER_ADDRESS
    if not parties.reader.may_be_mailed:
        return Why.CANNOT
    if passed_on_lately(pair, parties.writer.side) >= MOST_A_DAY:
        return Why.TOO_MANY
    if len(text) > MOST_LETTERS:
        return Why.TOO_LONG
    return None if text else Why.NOTHING


def _is_first(pair: Pair, writer: Side, mail: Incoming) -> bool:
    key = hashlib.sha256(f"{pair.introduction.pair_id}:{writer}:{mail.message_id}".encode()).hexdigest()
    return Receipt.objects.get_or_create(provider=_SOURCE, report_id=key)[1]


def _record(pair: Pair, verb: str, writer: Side) -> None:
    for row in (pair.introduction, pair.offer):
        record(verb, subject=row, by=None, pair=str(row.pair_id), writer=writer.value)
