"""What a case is found by, normalised the same way when it is written and when somebody types."""

import re
import unicodedata
from collections.abc import Iterator

from django.db.models import TextChoices

from enquiries.reference import ALPHABET, parse_reference

_LONGEST = 60
# The beginning of a reference, with the hyphen after the council's code and a figure: “Mac-Fry” is somebody's name.
_BEGINS_REFERENCE = re.compile(rf"(?=.*[0-9])[A-Z]{{3,4}}-[{ALPHABET}]{{2,4}}(-[{ALPHABET}]{{0,3}})?")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9]?[A-Z]{0,2}")


class SearchKind(TextChoices):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    REFERENCE = "ref"


def keys(*, reference: str, name: str, email: str, phone: str, postcode: str) -> set[tuple[SearchKind, str]]:
    found = {(SearchKind.NAME, part) for part in names(name)}
    found.add((SearchKind.REFERENCE, compact(reference)))
    found.add((SearchKind.POSTCODE, compact(postcode)))
    found.add((SearchKind.EMAIL, email.casefold()))
    found.add((SearchKind.PHONE, digits(phone)))
    return {(kind, key) for kind, key in found if key}


def prefixes(typed: str) -> Iterator[tuple[SearchKind, str]]:
    """What each word typed may be the beginning of; all must be found. One kind per word: the likeliest."""
    whole = typed.strip()[:_LONGEST]
    if parse_reference(whole):
        yield SearchKind.REFERENCE, compact(parse_reference(whole) or "")
    elif _BEGINS_REFERENCE.fullmatch(whole.upper()):
        yield SearchKind.REFERENCE, compact(whole)
    elif len(digits(whole)) >= 4 and not re.search(r"[^\W\d_]", whole):
        yield SearchKind.PHONE, digits(whole)
    elif _POSTCODE.fullmatch(compact(whole)) and re.search(r"\d", whole):
        yield SearchKind.POSTCODE, compact(whole)
    else:
        for word in whole.split():
            if "@" in word:
                yield SearchKind.EMAIL, word.casefold()
            else:
                yield from ((SearchKind.NAME, part) for part in sorted(names(word)))


def names(text: str) -> set[str]:
    """Parts of a name without case and accents; O'Neill is found as oneill, Smith-Jones by either part."""
    return {plain(part) for part in re.split(r"[\s\-‐–]+", text)} - {""}


def plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())[:_LONGEST]


def compact(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def digits(phone: str) -> str:
    """National digits without the leading 0 or +44, so that every way to write a number agrees, “+44 (0)” too."""
    return re.sub(r"^(?:(?:00)?44)?0?", "", re.sub(r"\D", "", phone))
