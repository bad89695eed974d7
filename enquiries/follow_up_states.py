"""Closed lists of words about follow-ups and escalation. No logic and no ORM."""

from django.db.models import IntegerChoices, TextChoices


class FollowUp(TextChoices):
    """Messages to the enquirer that handling a case needs."""

    CONFIRMATION = "confirmation", "We have your enquiry"
    TRIED = "tried", "We tried to reach you"
    INFORMATION = "information", "About fostering with us"
    VISIT_BOOKED = "visit_booked", "Your visit"
    VISIT_REMINDER = "visit_reminder", "Your visit is soon"
    APPLICATION = "application", "We have your application"
    NOT_YET = "not_yet", "Until you are ready"
    WAKE_UP = "wake_up", "You asked us to get in touch again"
    STILL_INTERESTED = "still_interested", "Are you still interested?"
    HANDED_OVER = "handed_over", "Another council answers now"
    CLOSED = "closed", "Your enquiry is closed"
    NURTURE = "nurture", "News about fostering"
    NURTURE_3 = "nurture_3", "While you wait: who can foster"
    NURTURE_10 = "nurture_10", "While you wait: how it begins"
    NURTURE_30 = "nurture_30", "While you wait: what carers get"


class FollowUpEnd(TextChoices):
    """What became of one step of a sequence for one case. Each step ends once."""

    SENT = "sent", "Sent"
    SKIPPED = "skipped", "Skipped by a colleague"
    NOT_POSSIBLE = "not_possible", "Could not be sent"


class Told(IntegerChoices):
    """Who has been told that a due time is near. Each once, in this order."""

    NOBODY = 0, "Nobody yet"
    OFFICER = 1, "The officer"
    MANAGER = 2, "The manager"
    HUB = 3, "The hub"
