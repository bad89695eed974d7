"""References that survive a phone line and handwriting: HAM-4K7X-9T6.

The council's code, six random characters and a check character. Of each pair that people confuse (0 O, 1 I L, 5 S,
8 B, 2 Z, 6 G, U V) the alphabet has one or none; vowels are out so that no word appears.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence

ALPHABET = "34679CDFHJKMNPRTWXY"  # 19 characters: a prime, so the check finds every single slip and every swap
BODY_LENGTH = 6
CODE_PATTERN = re.compile(r"[A-Z]{3,4}")
# What people write for a character of ours. The check character refuses a wrong guess.
MISREAD = str.maketrans({"G": "6", "8": "3", "B": "3", "Z": "7", "2": "7", "1": "7", "I": "7", "L": "7", "V": "Y"})
MISREAD_CODE = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z"})


def new_reference(code: str, choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """19**6 = 47 million a council; the caller tries again when the database has it already."""
    if not CODE_PATTERN.fullmatch(code):
        raise ValueError(f"A council's code is three or four capital letters, not {code!r}.")
    body = "".join(choose(ALPHABET) for _ in range(BODY_LENGTH))
    return written(code, body + check_character(code, body))


def parse_reference(text: str) -> str | None:
    """The reference as we write it, however it was typed, or None if it is none of ours."""
    letters = re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", text).upper())
    code = letters[: -BODY_LENGTH - 1].translate(MISREAD_CODE)
    body = letters[-BODY_LENGTH - 1 :].translate(MISREAD)
    if not CODE_PATTERN.fullmatch(code) or not set(body) <= set(ALPHABET) or len(body) != BODY_LENGTH + 1:
        return None
    return written(code, body) if check_character(code, body[:-1]) == body[-1] else None


def written(code: str, body: str) -> str:
    return f"{code}-{body[:4]}-{body[4:]}"


def check_character(code: str, body: str) -> str:
    values = [ord(letter) for letter in code] + [ALPHABET.index(letter) for letter in body]
    total = sum(weight * value for weight, value in enumerate(values, start=1))
    return ALPHABET[total % len(ALPHABET)]
