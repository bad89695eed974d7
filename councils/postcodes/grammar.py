"""How a postcode is written, and how a mistyped one is read.

A slip is forgiven only when one reading is possible: a letter O where only a figure may stand is a nought.
A text that is well-formed as typed is never changed.
"""

import re
import unicodedata
from collections.abc import Iterator

# Longer texts are not read at all: nobody's postcode is, and reading costs time.
LONGEST_TEXT = 40

# The letters that open a postcode, one post town area each; they have not changed since Royal Mail fixed them.
# NPT (Newport until 1984) and GIR (Girobank) are closed but in the directory; BF is the forces, BX has no place.
TWO_LETTERS = (
    "AB AL BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY EC EH EN EX FK FY"
    " GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY LA LD LE LL LN LS LU ME MK ML NE NG NN NP NR NW"
    " OL OX PA PE PH PL PO PR RG RH RM SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB WA WC WD"
    " WF WN WR WS WV YO ZE"
)
# British territories that use the same form with one postcode each.
TERRITORIES = frozenset({"ASCN", "BBND", "BIQQ", "FIQQ", "PCRN", "SIQQ", "STHL", "TDCU", "TKCA"})

_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_WELL_FORMED = re.compile(
    rf"(?:[BEGLMNSW][1-9][0-9]?|[ENW]1[A-HJKMNPR-Y]"
    rf"|(?:{TWO_LETTERS.replace(' ', '|')})(?:[1-9][0-9]|[0-9]|[1-9][ABEHMNPRVWXY])){_INWARD}"
    rf"|(?:{'|'.join(sorted(TERRITORIES))})1ZZ|GIR0AA|NPT[0-9][ABD-HJLNP-Z]{{2}}"
)
_FORCES_NUMBER = re.compile(r"BFPO(?:C/?O)?[0-9]{1,4}")

# L = a letter stands here, N = a figure. At most one of the shapes of a length fits a postcode as typed.
_SHAPES = {2: ("LN",), 3: ("LNN", "LLN", "LNL"), 4: ("LLNN", "LLNL")}
_TO_LETTER = str.maketrans("01", "OI")
_TO_FIGURE = str.maketrans("OI", "01")


def key_of(typed: str) -> str | None:
    """The postcode in the form SO238UJ, or None when the text cannot be read as exactly one postcode."""
    key = typed.replace(" ", "").upper()
    if len(typed) <= LONGEST_TEXT and _WELL_FORMED.fullmatch(key):
        return key
    return _forgiven(typed)


def _forgiven(typed: str) -> str | None:
    if len(typed) > LONGEST_TEXT:
        return None
    # NFKC turns full-width figures and letters into plain ones; spaces and punctuation say nothing.
    key = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", typed))).upper()
    if _WELL_FORMED.fullmatch(key):
        return key
    readings = set(_readings(key))
    return readings.pop() if len(readings) == 1 else None


def _readings(key: str) -> Iterator[str]:
    outward, figure, letters = key[:-3], key[-3:-2], key[-2:]
    for shape in _SHAPES.get(len(outward), ()):
        read = "".join(map(_as_kind, outward, shape)) + figure.translate(_TO_FIGURE) + letters
        if _WELL_FORMED.fullmatch(read):
            yield read


def _as_kind(character: str, kind: str) -> str:
    return character.translate(_TO_LETTER if kind == "L" else _TO_FIGURE)


def is_forces_number(typed: str) -> bool:
    """Whether it is a British Forces Post Office number ("BFPO 57"), which is no postcode."""
    return len(typed) <= LONGEST_TEXT and _FORCES_NUMBER.fullmatch(typed.replace(" ", "").upper()) is not None


def written(key: str) -> str:
    """SO238UJ as people write it: SO23 8UJ."""
    return f"{key[:-3]} {key[-3:]}"


def sector_of(key: str) -> str:
    """SO238UJ is in SO23 8: some 200 postcodes, one part of a town. (The space keeps SO2 3 apart from SO23.)"""
    return f"{key[:-3]} {key[-3]}"


def district_of(key: str) -> str:
    """SO238UJ is in SO23."""
    return key[:-3]


def letters_of(key: str) -> str:
    """SO238UJ is in SO: a post town and its surroundings."""
    return key[:2] if key[1].isalpha() else key[0]
