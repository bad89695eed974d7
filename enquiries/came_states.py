"""How people come to us, in two levels: these are the first, our own codes are the second."""

from django.db.models import TextChoices


class Source(TextChoices):
    SEARCH = "search", "Search, unpaid"
    SEARCH_PAID = "search_paid", "Search, paid"
    SOCIAL = "social", "Social media, unpaid"
    SOCIAL_PAID = "social_paid", "Social media, paid"
    EMAIL = "email", "Email"
    RADIO_TV = "radio_tv", "Radio or television"
    PRINT = "print", "Posters, leaflets, newspapers"
    EVENT = "event", "An event"
    FOSTER_CARER = "foster_carer", "A foster carer"
    WORD_OF_MOUTH = "word_of_mouth", "Friends, relatives, colleagues"
    COUNCIL = "council", "A council’s own website or newsletter"
    PARTNER = "partner", "An employer, faith or community group, another website"
    DIRECT = "direct", "Came by themselves"
    UNKNOWN = "unknown", "Not known"


class CameBy(TextChoices):
    """What the browser says of the page before ours: a class of pages, never its address."""

    OWN = "own", "One of our own pages"
    SEARCH = "search", "A search engine"
    SOCIAL = "social", "A social network"
    MAIL = "mail", "A mail program on the web"
    COUNCIL = "council", "A council’s website"
    ELSEWHERE = "elsewhere", "Another website"
