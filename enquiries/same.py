"""Which cases may be about the same people. Pure: what is known of each in, why or None out.

Nobody is joined by these rules: they only put two cases side by side for a person to look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from enquiries.handover_states import SameWhy
from enquiries.search import SearchKind, names

MOST = 5  # of one case. A number that more cases share is an office's or a household's of many, and says nothing
Key = tuple[SearchKind, str]
T = TypeVar("T")
_STRONGEST = (SameWhy.EMAIL, SameWhy.PHONE, SameWhy.NAME_AND_POSTCODE)


@dataclass(frozen=True)
class Found:
    """One of the cases that share a key with another, with every key that it can be found by."""

    keys: frozenset[Key]
    name: str
    created_at: datetime


def why_same(keys: Iterable[Key], name: str, other: Found) -> SameWhy | None:
    """The strongest reason."""
    shared = {kind for kind, _ in other.keys & frozenset(keys)}
    if SearchKind.EMAIL in shared:
        return SameWhy.EMAIL
    if SearchKind.PHONE in shared:
        return SameWhy.PHONE
    if SearchKind.POSTCODE in shared and surnames(name) & surnames(other.name):
        return SameWhy.NAME_AND_POSTCODE
    return None


def surnames(name: str) -> set[str]:
    """The last part, both halves of Smith-Jones; none of a name of one word."""
    parts = name.split()
    return names(parts[-1]) if len(parts) > 1 else set()


def worth_a_look(reasons: Sequence[tuple[SameWhy, datetime, T]]) -> list[tuple[SameWhy, T]]:
    """At most a handful: the strongest reasons first, the newest of each, and no reason that too many share."""
    few: list[tuple[SameWhy, T]] = []
    for why in _STRONGEST:
        sharing = sorted((each for each in reasons if each[0] == why), key=lambda each: each[1], reverse=True)
        if len(sharing) <= MOST:
            few += [(why, case) for _, _, case in sharing]
    return few[:MOST]
