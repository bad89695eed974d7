"""Words that the database keeps and pages show. What an enquirer may wish for is a word of the rooms below."""

from django.db.models import TextChoices

from enquiries.wish_states import Attribute, TalkBy

__all__ = ["Attribute", "LeftOut", "TalkBy"]


class LeftOut(TextChoices):
    """Why two are not paired: said to the coordinator, never to either of them."""

    NOT_ACTIVE = "not_active", "not active now"
    STANDING = "standing", "their standing has to be confirmed"
    PAUSED = "paused", "paused"
    RESTING = "resting", "taking a rest"
    NO_ROOM = "no_room", "as many conversations open as they wish to have"
    MONTH_FULL = "month_full", "as many conversations this month as they wish to have"
    OTHER_COUNCIL = "other_council", "works for another council, and one of the two councils keeps to its own"
    LANGUAGE = "language", "does not speak the language that is needed"
    NO_CHANNEL = "no_channel", "no way to talk in common"
    CONFLICT = "conflict", "on the list of people who must not meet"
    TOO_NEAR = "too_near", "lives too near"
    BEFORE = "before", "was asked about them before"
    STAFF = "staff", "not confirmed by staff"
