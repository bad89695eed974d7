"""Whose turn it is. Pure: a turn is a number that whoever gets a case moves to the end of the queue.

In turn: whoever has waited longest. Of people who are always there nobody ever gets two more than another; whoever
comes back from an absence gets the next one, and nothing to catch up on. Cases taken by hand, or given by a manager,
move nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """`turn`: that of the last case they were given; 0 for none yet."""

    user: int
    turn: int
    open_cases: int = 0


def next_of(candidates: Iterable[Candidate], *, by_load: bool) -> Candidate | None:
    """By load: whoever has the fewest open cases, of several whoever has waited longest. None where nobody is there."""
    if by_load:
        return min(candidates, key=lambda each: (each.open_cases, each.turn, each.user), default=None)
    return min(candidates, key=lambda each: (each.turn, each.user), default=None)
