"""Where an introduction stands, as both of its rows say it."""

from collections.abc import Mapping

from django.db.models import TextChoices


class State(TextChoices):
    """An introduction is two rows, tied by a random pair id: the enquirer's, in the council of the case, and the
    ambassador's, in the ambassador's council. Both say the same."""

    TO_CONFIRM = "to_confirm", "Waiting for the ambassador’s council to confirm"
    OFFERED = "offered", "Waiting for the ambassador"
    ACCEPTED = "accepted", "Waiting for the enquirer"
    AGREED = "agreed", "They are in touch"
    SPOKE = "spoke", "They spoke"
    NOT_SPOKEN = "not_spoken", "They did not speak"
    NOT_CONFIRMED = "not_confirmed", "Not confirmed by the ambassador’s council"
    DECLINED = "declined", "The ambassador could not"
    EXPIRED = "expired", "No answer from the ambassador"
    UNWANTED = "unwanted", "The enquirer asked for somebody else"
    LAPSED = "lapsed", "No answer from the enquirer"
    STOPPED = "stopped", "Stopped"
    HANDED_ON = "handed_on", "Another ambassador took over"


OPEN: frozenset[State] = frozenset({State.TO_CONFIRM, State.OFFERED, State.ACCEPTED, State.AGREED})


class Event(TextChoices):
    CONFIRM = "confirm", "Confirmed"
    REFUSE = "refuse", "Not confirmed"
    ACCEPT = "accept", "The ambassador accepted"
    DECLINE = "decline", "The ambassador declined"
    EXPIRE = "expire", "No answer in time"
    AGREE = "agree", "The enquirer agreed"
    PREFER_OTHER = "prefer_other", "The enquirer asked for somebody else"
    LAPSE = "lapse", "No answer from the enquirer in time"
    STOP = "stop", "Stopped"
    SPEAK = "speak", "They spoke"
    MISS = "miss", "They did not speak"
    HAND_ON = "hand_on", "Handed to another ambassador"


class StoppedBy(TextChoices):
    ENQUIRER = "enquirer", "The enquirer"
    AMBASSADOR = "ambassador", "The ambassador"
    STAFF = "staff", "Staff"


# State, event: the state after. Whatever is not here is refused.
FLOW: Mapping[tuple[State, Event], State] = {
    (State.TO_CONFIRM, Event.CONFIRM): State.OFFERED,
    (State.TO_CONFIRM, Event.REFUSE): State.NOT_CONFIRMED,
    (State.TO_CONFIRM, Event.EXPIRE): State.NOT_CONFIRMED,
    (State.OFFERED, Event.ACCEPT): State.ACCEPTED,
    (State.OFFERED, Event.DECLINE): State.DECLINED,
    (State.OFFERED, Event.EXPIRE): State.EXPIRED,
    (State.ACCEPTED, Event.AGREE): State.AGREED,
    (State.ACCEPTED, Event.PREFER_OTHER): State.UNWANTED,
    (State.ACCEPTED, Event.LAPSE): State.LAPSED,
    (State.AGREED, Event.SPEAK): State.SPOKE,
    (State.AGREED, Event.MISS): State.NOT_SPOKEN,
    **{(state, Event.STOP): State.STOPPED for state in OPEN},
    **{(state, Event.HAND_ON): State.HANDED_ON for state in OPEN},
}
