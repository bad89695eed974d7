"""Signs that a program and not a person filled in the form. They send an enquiry to quarantine, where a person looks;
they never refuse it."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

FASTEST_PERSON = timedelta(seconds=3)
MANY_LINKS = 2
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)

FILLED_TRAP = "filled_trap"
TOO_FAST = "too_fast"
LINK_IN_NAME = "link_in_name"
LINKS_IN_MESSAGE = "links_in_message"
_WORDS: Mapping[str, str] = {
    FILLED_TRAP: "a field was filled in that people cannot see",
    TOO_FAST: "the form was filled in faster than a person can",
    LINK_IN_NAME: "there is a link in the name",
    LINKS_IN_MESSAGE: "there are several links in the message",
}


def suspicions(*, took: timedelta, trap: str, name: str, message: str) -> tuple[str, ...]:
    signs = {
        FILLED_TRAP: bool(trap),
        TOO_FAST: took < FASTEST_PERSON,
        LINK_IN_NAME: LINK.search(name) is not None,
        LINKS_IN_MESSAGE: len(LINK.findall(message)) >= MANY_LINKS,
    }
    return tuple(sign for sign, seen in signs.items() if seen)


def in_words(signs: Iterable[str]) -> str:
    """For the staff who look at the case."""
    return ", ".join(_WORDS.get(sign, sign) for sign in signs)
