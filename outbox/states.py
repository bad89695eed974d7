"""Where a message stands, how urgent it is, and what carries it."""

from django.db import models


class State(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    LEASED = "leased", "Being sent"
    SENT = "sent", "Sent"
    UNKNOWN = "unknown", "May have been sent"
    SUPPRESSED = "suppressed", "The address does not work"
    CANCELLED = "cancelled", "Cancelled"
    DEAD = "dead", "Could not be sent"
    EXPIRED = "expired", "Not sent in time"


OPEN_STATES = frozenset({State.QUEUED, State.LEASED})
SETTLED_STATES = frozenset(State) - OPEN_STATES
# Perhaps read already, or about to be: nobody can call these back.
LEFT = frozenset({State.LEASED, State.SENT, State.UNKNOWN})
FAILED_STATES = frozenset({State.SUPPRESSED, State.DEAD, State.EXPIRED})
# What a person may send once more: it ended, and did not arrive as far as we know.
REQUEUEABLE_STATES = SETTLED_STATES - {State.SENT}


class Lane(models.IntegerChoices):
    """Smaller goes first: campaigns never hold up what somebody is waiting for."""

    SERVICE = 1, "Service"
    CAMPAIGN = 2, "Campaign"


class Window(models.TextChoices):
    """When it may leave, in Europe/London; asked whenever a sender looks for work, so a delayed message waits again."""

    ANY_TIME = "any_time", "At any time"
    DAYTIME = "daytime", "By day, not on bank holidays"


class Cover(models.TextChoices):
    """What an address is spared."""

    EVERYTHING = "everything", "Everything: it does not work"
    PROMOTIONAL = "promotional", "Promotion: they said no"


class ChannelKind(models.TextChoices):
    EMAIL = "email", "Email"
    SMS = "sms", "Text message"
