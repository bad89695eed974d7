"""Closed lists of words about handovers between councils and about cases that belong together. No logic and no ORM."""

from django.db.models import TextChoices


class Side(TextChoices):
    """A handover is two rows, one in each council, tied by `pair_id`."""

    SENT = "sent", "Sent"
    RECEIVED = "received", "Received"


class HandoverState(TextChoices):
    OFFERED = "offered", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"


class HandoverReason(TextChoices):
    LIVES_THERE = "lives_there", "They live in the other council’s area"
    MOVED = "moved", "They have moved, or will soon"
    ASKED_FOR_IT = "asked_for_it", "They asked to foster for the other council"
    RECRUITS_HERE = "recruits_here", "The other council recruits across the border"
    KNOWN_TO_US = "known_to_us", "Somebody here knows them: a conflict of interest"
    KNOWN_THERE = "known_there", "The other council knows them already"
    HUB_ALLOCATES = "hub_allocates", "The hub office places them"
    OTHER = "other", "Another reason"


class RefusalReason(TextChoices):
    NOT_OURS = "not_ours", "They do not live in our area, and we do not recruit there"
    WANTS_THE_OTHER = "wants_the_other", "They want to foster for the other council"
    KNOWN_TO_US = "known_to_us", "Somebody here knows them: a conflict of interest"
    ENDED_BEFORE = "ended_before", "Their earlier enquiry with us has ended"
    OTHER = "other", "Another reason"


class SameWhy(TextChoices):
    """Why two cases of a council may be about the same people."""

    EMAIL = "email", "The same email address"
    PHONE = "phone", "The same phone number"
    NAME_AND_POSTCODE = "name_postcode", "The same surname and postcode"


class SuggestionState(TextChoices):
    OPEN = "open", "To look at"
    MERGED = "merged", "Joined"
    DIFFERENT = "different", "Not the same people"
