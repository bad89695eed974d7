"""Closed lists of words about mail that came in. No logic and no ORM."""

from enum import StrEnum, auto

from django.db.models import TextChoices


class Came(StrEnum):
    """What became of one mail."""

    REPLY = auto()  # on an enquiry
    DIRECT = auto()  # an enquiry to confirm
    RELAYED = auto()  # between two people who write to each other through us: passed on, or its sender told why not
    REPORT = auto()  # about mail of ours: a bounce, a receipt
    AGAIN = auto()  # stored already
    DROPPED = auto()  # a program's answer to a program, or our own mail coming back


class NotAnEnquiry(TextChoices):
    """Why mail to a council was none."""

    ADVERTISING = "advertising", "Advertising or spam"
    OTHER_SERVICE = "other_service", "For another service of the council"
    OTHER_CASE = "other_case", "About an enquiry that we have already"
    OUR_OWN = "our_own", "From a colleague, or a test"
    OTHER = "other", "Something else"
