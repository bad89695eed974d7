"""What gatherings, subscribers and campaigns can be. No ORM beyond the choices, no clock."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices


class GatheringKind(TextChoices):
    EVENING = "evening", "Information evening"
    TRAINING = "training", "Preparation training (Skills to Foster)"
    OTHER = "other", "Another event"


class GatheringState(TextChoices):
    DRAFT = "draft", "Not published yet"
    PUBLISHED = "published", "Published"
    CANCELLED = "cancelled", "Cancelled"


class BookingState(TextChoices):
    BOOKED = "booked", "Booked"
    WAITING = "waiting", "On the waiting list"
    CANCELLED = "cancelled", "Cancelled"
    CAME = "came", "Came"
    MISSED = "missed", "Did not come"
    HELD = "held", "Looks like spam: has no place until somebody has looked at the enquiry"


# Those that take a place: whoever came by themselves sits there too.
SEATED = frozenset({BookingState.BOOKED, BookingState.CAME})
LIVE = frozenset({BookingState.BOOKED, BookingState.WAITING, BookingState.CAME, BookingState.MISSED})


class SubscriberState(TextChoices):
    PENDING = "pending", "Has to confirm by email"
    ACTIVE = "active", "Subscribed"
    ENDED = "ended", "Ended"


class Origin(TextChoices):
    """Where somebody agreed to get news."""

    FORM = "form", "The enquiry form"
    SITE = "site", "The newsletter page"
    BOOKING = "booking", "A booking for an event"
    IMPORT = "import", "A list with recorded agreement"
    STAFF = "staff", "Written down by staff"


class Purpose(TextChoices):
    NEWS = "news", "News and stories"
    EVENTS = "events", "Events"


class By(TextChoices):
    EMAIL = "email", "Email"
    SMS = "sms", "Text message"


class Reach(StrEnum):
    """How far "no more news" goes."""

    COUNCIL = "council"
    REGION = "region"


class MailingState(TextChoices):
    DRAFT = "draft", "Draft"
    TO_APPROVE = "to_approve", "Waiting for a colleague’s approval"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    RUNNING = "running", "Going out"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class RecipientState(TextChoices):
    WAITING = "waiting", "Still to be written to"
    HANDED = "handed", "Handed to the outbox"
    DROPPED = "dropped", "Left out since"


class Excluded(TextChoices):
    """Why somebody whom a segment finds is not written to."""

    NO_CONSENT = "no_consent", "Has not agreed to it, or has taken it back"
    SUPPRESSED = "suppressed", "Said no to news, in the whole region or here"
    BOUNCED = "bounced", "Mail to this address came back"
    RECENT = "recent", "Had a campaign email in the last days"
    IN_CONVERSATION = "in_conversation", "Is talking with somebody now"
    ERASURE = "erasure", "Is about to be erased"
    NO_ADDRESS = "no_address", "Has no email address"
    TWICE = "twice", "The same address stands on the list already"


# (state, event) -> state. `actions` asks `moved`; nothing else changes a mailing's state.
_MOVES: Mapping[tuple[MailingState, str], MailingState] = {
    (MailingState.DRAFT, "prepare"): MailingState.TO_APPROVE,
    (MailingState.DRAFT, "prepare_small"): MailingState.APPROVED,
    (MailingState.TO_APPROVE, "approve"): MailingState.APPROVED,
    (MailingState.TO_APPROVE, "back"): MailingState.DRAFT,
    (MailingState.APPROVED, "back"): MailingState.DRAFT,
    (MailingState.APPROVED, "schedule"): MailingState.SCHEDULED,
    (MailingState.APPROVED, "start"): MailingState.RUNNING,
    (MailingState.SCHEDULED, "unschedule"): MailingState.APPROVED,
    (MailingState.SCHEDULED, "start"): MailingState.RUNNING,
    (MailingState.RUNNING, "pause"): MailingState.PAUSED,
    (MailingState.PAUSED, "resume"): MailingState.RUNNING,
    (MailingState.RUNNING, "finish"): MailingState.DONE,
    **{
        (state, "cancel"): MailingState.CANCELLED
        for state in MailingState
        if state not in (MailingState.DONE, MailingState.CANCELLED)
    },
}


def moved(state: str, event: str) -> MailingState | None:
    """None where this cannot happen now."""
    return _MOVES.get((MailingState(state), event))
