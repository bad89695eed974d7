"""What the two read about how they talk and how it ended. Nobody is told of a no that was not said to them. Pure."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from ambassadors.introduction_states import State
from councils.working_time import in_london
from enquiries.promise import day_in_words, hour_in_words

# Of which the enquirer hears nothing: nobody, somebody who has not answered and somebody who said no are alike.
UNSAID = frozenset({State.TO_CONFIRM, State.OFFERED, State.NOT_CONFIRMED, State.DECLINED, State.EXPIRED})
# To the ambassador, of {other}.
ENDED_FOR_AMBASSADOR: Mapping[State, str] = MappingProxyType(
    {
        State.DECLINED: "You could not this time. Thank you for telling us: somebody else is asked.",
        State.EXPIRED: "The time to answer has passed, so somebody else is asked. We will think of you another time.",
        State.UNWANTED: "They have asked to talk to somebody else. That happens, and says nothing about you.",
        State.LAPSED: "They have not answered, so we have closed this. Thank you for offering your time.",
        State.STOPPED: "This conversation has ended. You do not need to do anything.",
        State.HANDED_ON: "Another ambassador talks to them now. Thank you.",
        State.SPOKE: "The two of you spoke. Thank you for the time you gave.",
        State.NOT_SPOKEN: "As far as we know, the two of you did not get to speak. Thank you for trying.",
    }
)
# To the enquirer, of {other}, whom they know by name.
ENDED_FOR_ENQUIRER: Mapping[State, str] = MappingProxyType(
    {
        State.LAPSED: "We had not heard from you, so {other} is free to talk to other people again.",
        State.STOPPED: "Your conversation with {other} has ended.",
        State.HANDED_ON: "{other} cannot go on talking to you. We are introducing you to somebody else.",
        State.SPOKE: "You spoke to {other}. We hope that it helped.",
        State.NOT_SPOKEN: "As far as we know, you and {other} did not get to speak. We are sorry about that.",
    }
)


def ended_for_enquirer(state: State, other: str, *, answered: bool) -> str:
    """Empty while there is nothing to say. `answered`: they said themselves whether they spoke."""
    if state == State.SPOKE and not answered:
        return f"{other} told us that the two of you spoke. We hope that it helped."
    return ENDED_FOR_ENQUIRER.get(state, "").format(other=other)


def moment(at: datetime) -> str:
    """ "Tuesday 24 November at 5pm"."""
    here = in_london(at)
    return f"{day_in_words(here.date())} at {hour_in_words(here.time())}"


def roughly(miles: float | None) -> str:
    """How far two live apart, in fives: a district can be guessed from less."""
    if miles is None:
        return ""
    return "Less than 5 miles from you" if miles < 5 else f"About {round(miles / 5) * 5} miles from you"
