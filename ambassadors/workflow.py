"""What may happen to an introduction: the table is in ambassadors.introduction_states, and this reads it. Pure."""

from ambassadors.introduction_states import FLOW, OPEN, Event, State


def after(state: State, event: Event) -> State | None:
    """None where that cannot happen now."""
    return FLOW.get((state, event))


def is_open(state: State) -> bool:
    return state in OPEN
