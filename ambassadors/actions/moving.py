"""An introduction moves: both rows at once, and an event in each council."""

from ambassadors.introduction_states import Event, State
from ambassadors.models import Introduction, Offer
from ambassadors.pairs import Pair
from ambassadors.workflow import after, is_open
from councils.clock import hub_now
from councils.events import record
from councils.models import User
from councils.refusals import Refused


class TooLate(Refused):
    """It moved on meanwhile: the sentence says so."""


_TOLD = "This has changed since you opened the page, so nothing was done. Here is how it stands now."


def move(pair: Pair, event: Event, *, by: User | None, why: str = "") -> State:
    """Both rows are locked (pairs.pair_at). A number that was released goes when the conversation does. `why`: a code,
    for the events. TooLate."""
    state = refuse_what_is_over(pair, event)
    ended = None if is_open(state) else hub_now()
    introduction, offer = pair.introduction, pair.offer
    introduction.state, introduction.ended_at = state, ended
    if ended:
        introduction.released_phone = ""
    offer.state, offer.ended_at = state, ended
    introduction.save(update_fields=["state", "ended_at", "released_phone"])
    offer.save(update_fields=["state", "ended_at"])
    _record(introduction, event, by, why)
    _record(offer, event, by, why)
    return state


def refuse_what_is_over(pair: Pair, event: Event) -> State:
    """The state that the event leads to; TooLate where it cannot happen now."""
    state = after(pair.state, event)
    if state is None:
        raise TooLate(_TOLD)
    return state


def _record(row: Introduction | Offer, event: Event, by: User | None, why: str) -> None:
    record(f"introduction.{event}", subject=row, by=by, pair=str(row.pair_id), state=row.state, why=why)
