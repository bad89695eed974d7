"""Words of a wish to talk to somebody who fosters, and of what ambassadors offer of themselves to meet one."""

from django.db.models import TextChoices


class Attribute(TextChoices):
    """What an ambassador may offer about their own household, and an enquirer may wish for. Special categories of
    personal data are among it (UK GDPR Art. 9): each is there by its owner's explicit consent, and goes with it."""

    TEENAGERS = "teenagers", "Fosters teenagers"
    OWN_CHILDREN = "own_children", "Fosters with children of their own at home"
    SINGLE = "single", "Fosters on their own"
    COUPLE = "couple", "Fosters as a couple"
    WORKING = "working", "Works and fosters"
    LGBTQ = "lgbtq", "Is LGBTQ+"
    CHRISTIAN = "christian", "Is Christian"
    MUSLIM = "muslim", "Is Muslim"
    HINDU = "hindu", "Is Hindu"
    SIKH = "sikh", "Is Sikh"
    JEWISH = "jewish", "Is Jewish"
    BUDDHIST = "buddhist", "Is Buddhist"
    DISABLED = "disabled", "Is disabled or has a long-term health condition"
    BLACK = "black", "Is Black"
    ASIAN = "asian", "Is Asian"
    MIXED = "mixed", "Has a mixed or multiple ethnic background"
    CAME_TO_UK = "came_to_uk", "Came to the UK from another country"
    CARE_EXPERIENCED = "care_experienced", "Grew up in care"


class TalkBy(TextChoices):
    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"
    VIDEO = "video", "Video"
    EVENT = "event", "In person, at a council’s event"
