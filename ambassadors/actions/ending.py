"""An introduction ends: both rows, and the masked addresses with it."""

from ambassadors.actions.moving import move
from ambassadors.introduction_states import Event, State
from ambassadors.pairs import Pair
from ambassadors.relay import close_relay
from councils.models import User


def end(pair: Pair, event: Event, *, by: User | None) -> State:
    """Both rows are locked. Whoever is told is the caller's to say. TooLate."""
    close_relay(pair)
    return move(pair, event, by=by)
