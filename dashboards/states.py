"""Closed lists of words that figures are made with. No logic and no ORM."""

from django.db.models import TextChoices


class Grain(TextChoices):
    DAY = "d", "Day"
    MONTH = "m", "Month"


class Promise(TextChoices):
    """What became of it. Kept late is one that was missed and then kept all the same."""

    RUNNING = "running", "Still running"
    KEPT = "kept", "Kept in time"
    LATE = "late", "Kept late"
    MISSED = "missed", "Missed, nobody has got in touch"
    VOID = "void", "Ended before it was due"


class Stage(TextChoices):
    """In the order of the way. A journey that is at one of them has reached every one before it."""

    ENQUIRED = "enquired", "Enquired"
    REACHED = "reached", "Spoken with"
    VISITED = "visited", "Visited"
    APPLIED = "applied", "Applied"
    ASSESSED = "assessed", "In assessment"
    PANEL = "panel", "Panel"
    APPROVED = "approved", "Approved"


STAGES: tuple[Stage, ...] = tuple(Stage)


class Every(TextChoices):
    """How often a report is sent, on the first working day of it."""

    WEEK = "week", "Every week"
    MONTH = "month", "Every month"


class ReleaseKind(TextChoices):
    COUNCILS = "councils", "Council by council"
    SOURCES = "sources", "How people heard of us"
    WISHES = "wishes", "What people would like to ask a foster carer"
