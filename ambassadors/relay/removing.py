"""What is taken out of a mail before somebody else reads it: addresses, telephone numbers, a full name. Pure.

It is looked for in a shadow of the text, in which every letter is one that a machine would take it for: without the
letters that nobody sees, in one case, and with full-width forms and other scripts' digits as plain ones.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

REMOVED = "[removed]"
Span = tuple[int, int]
_AT = re.compile(r"@|\s?[\[({]\s?at\s?[\])}]\s?")
_ENDS_A_NAME = frozenset('<>()[]{},;:"|\\')
_LONGEST_LOCAL, _LONGEST_DOMAIN = 100, 255  # bounded: 10,000 signs must not take seconds
_BETWEEN = r"[ \t\n\xa0.()/\u2010-\u2015-]{0,3}"  # mail programs break lines where a number has a space
_PREFIX = rf"(?:\+|00){_BETWEEN}44{_BETWEEN}(?:0{_BETWEEN})?|44{_BETWEEN}|0{_BETWEEN}"
_NUMBER = re.compile(rf"(?<![0-9])\(?(?:(?:{_PREFIX})[1-9]|7(?:{_BETWEEN}[0-9]))(?:{_BETWEEN}[0-9]){{8,9}}(?![0-9])")
_ABROAD = re.compile(rf"(?<![0-9:.,])(?:\+|00){_BETWEEN}[1-9](?:{_BETWEEN}[0-9]){{7,13}}(?![0-9])")
_DATE = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?![0-9])")
_KNOWN_DIGITS = 9  # at the end of a number: the same at home and abroad


def without_contacts(text: str, *, addresses: Iterable[str] = (), numbers: Iterable[str] = ()) -> str:
    """Every email address and telephone number, of abroad where it begins with + or 00; these ones however they are
    written."""
    shadow, places = _shadow(text)
    found = [*_addresses(shadow), *_literally(shadow, addresses), *_numbers(shadow), *_these_numbers(shadow, numbers)]
    return _cut(text, [(places[start], places[end - 1] + 1) for start, end in found])


def by_first_name(text: str, *, name: str, first: str) -> str:
    """Where they signed with their whole name."""
    whole = " ".join(name.split())
    if " " not in whole or not first:
        return text
    written = r"\s+".join(re.escape(part) for part in whole.split(" "))
    return re.sub(rf"(?<!\w){written}(?!\w)", lambda _: first, text, flags=re.IGNORECASE)


def without_signature(text: str) -> str:
    """What stands below a line of two dashes (RFC 3676, 4.3)."""
    lines = text.split("\n")
    ends = next((number for number, line in enumerate(lines) if line.strip() == "--"), len(lines))
    return "\n".join(lines[:ends]).strip() if ends else text


def _shadow(text: str) -> tuple[str, list[int]]:
    """And for each of its letters where it stands in the text."""
    letters, places = list[str](), list[int]()
    for place, letter in enumerate(text):
        if unicodedata.category(letter) in ("Cf", "Mn"):
            continue
        digit = unicodedata.decimal(letter, None)
        plain = str(digit) if digit is not None else unicodedata.normalize("NFKC", letter).casefold()
        letters += plain
        places += [place] * len(plain)
    return "".join(letters), places


def _addresses(shadow: str) -> Iterator[Span]:
    for sign in _AT.finditer(shadow):
        start, end = sign.start(), sign.end()
        while start > max(0, sign.start() - _LONGEST_LOCAL) and _in_address(shadow[start - 1]):
            start -= 1
        while end < min(len(shadow), sign.end() + _LONGEST_DOMAIN) and _in_domain(shadow[end]):
            end += 1
        if start < sign.start() and "." in shadow[sign.end() : end].strip("."):
            yield start, end


def _in_address(letter: str) -> bool:
    return not letter.isspace() and letter not in _ENDS_A_NAME


def _in_domain(letter: str) -> bool:
    return letter.isalnum() or letter in ".-_"


def _literally(shadow: str, wanted: Iterable[str]) -> Iterator[Span]:
    for each in wanted:
        if known := _shadow(each)[0]:
            yield from (found.span() for found in re.finditer(re.escape(known), shadow))


def _numbers(shadow: str) -> Iterator[Span]:
    yield from (found.span() for found in _NUMBER.finditer(shadow) if not _DATE.match(found[0]))
    yield from (found.span() for found in _ABROAD.finditer(shadow))


def _these_numbers(shadow: str, numbers: Iterable[str]) -> Iterator[Span]:
    for number in numbers:
        digits = "".join(filter(str.isdecimal, number))[-_KNOWN_DIGITS:]
        if len(digits) == _KNOWN_DIGITS:
            written = _BETWEEN.join(digits)
            yield from (found.span() for found in re.finditer(rf"(?:[+(]?[0-9]{{1,4}}{_BETWEEN})?{written}", shadow))


def _cut(text: str, spans: list[Span]) -> str:
    """What overlaps is cut once."""
    kept, end = list[str](), 0
    for start, stop in sorted(spans):
        if start >= end:
            kept += [text[end:start], REMOVED]
        end = max(end, stop)
    return "".join([*kept, text[end:]])
