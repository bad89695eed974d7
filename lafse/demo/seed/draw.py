"""Chance that repeats itself: the same seed draws the same."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from uuid import UUID

from enquiries.reference import ALPHABET, BODY_LENGTH, check_character, written

T = TypeVar("T")
REFERENCES = len(ALPHABET) ** BODY_LENGTH
_STRIDE = 29_641_207  # no multiple of 19, so that counting in these strides meets each reference once


class Draw(Random):
    def uuid(self) -> UUID:
        return UUID(int=self.getrandbits(128), version=4)

    def chance(self, share: float) -> bool:
        return self.random() < share

    def drama_number(self) -> str:
        return f"+447700900{self.randrange(1000):03}"


def reference(code: str, number: int, seed: int) -> str:
    """Another for each number below 47 million, in no order that anybody would see."""
    rest = (number * _STRIDE + Random(seed).randrange(REFERENCES)) % REFERENCES  # noqa: S311  # made-up people
    body = ""
    for _ in range(BODY_LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        body += ALPHABET[digit]
    return written(code, body + check_character(code, body))


def deck(weights: Sequence[tuple[T, int]]) -> tuple[T, ...]:
    """Each once in front, so that a small seed has all of them; then as often as it weighs."""
    rest = [each for each, weight in weights for _ in range(weight - 1)]
    Random(len(rest)).shuffle(rest)  # noqa: S311  # an order, the same always
    return (*(each for each, _ in weights), *rest)
