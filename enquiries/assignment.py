"""Whose turn it is. Pure: a turn is a number that whoever gets a case moves to the end of the queue.

In turn: whoever has waited longest. Of people who are always there nobody ever gets two more than another; whoever
comes back from an absence gets the next one, and nothing to catch up on. Cases taken by hand, or given by a manager,
move nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from councils.models.hubs import Assignment


@dataclass(frozen=True, slots=True)
class Candidate:
    """`turn`: that of the last case they were given; 0 for none yet."""

    user: int
    turn: int
    open_cases: int = 0


def next_of(how: Assignment, candidates: Iterable[Candidate]) -> Candidate | None:
    """None where nobody is to be given anything, or nobody is there."""
    match how:
        case Assignment.IN_TURN:
            return min(candidates, key=lambda each: (each.turn, each.user), default=None)
        case Assignment.BY_LOAD:
            return min(candidates, key=lambda each: (each.open_cases, each.turn, each.user), default=None)
    return None
