"""A person who must not turn up in a log, however written."""

import re
from urllib.parse import unquote_plus

NAME = "Zebedee Quillfeather"
EMAIL = "zebedee.quill@canary.example.org"
PHONE = "07700 900431"
POSTCODE = "SO23 8UJ"
MESSAGE = "Our okapi sleeps in the third bedroom"

CANARIES = {
    "name": "zebedee",
    "surname": "quillfeather",
    "email": "canary.example",
    "phone": "7700900431",
    "postcode": "so238uj",
    "message": "okapi",
}


def found(text: str) -> set[str]:
    """Which canaries sing: in capitals, spaced, hyphenated, or encoded once or twice for an address."""
    decoded = unquote_plus(unquote_plus(text))
    plain = re.sub(r"[\s()\-_]+", "", (text + decoded).casefold())
    return {name for name, canary in CANARIES.items() if canary in plain}
