"""Everybody who waits for a conversation, and every ambassador with room: who speaks with whom. Pure.

First as many people as can be served at all; among the ways to do that, whoever comes first in the order (two noes,
then the longest wait: `matching.in_turn`); then the best total score.

"Among those" needs a rule for one long wait against two shorter ones. Sets of people are compared as words are in a
dictionary: at the first place in the order where they differ, the set that has that person is better. Nobody is passed
over for any number of people behind them, as long as as many are served. It is no bargain either: which sets of people
can be served together is a matroid (transversal, with room for more than one), so taking people in order, each whenever
the ones taken before can still all be served, gives the largest set, the first in the order, and, however far down the
list one looks, the most people so far. Nobody could serve more of the first ten by serving others of the rest.

So first the people are chosen, by augmenting paths; who then speaks with whom is an assignment problem, which SciPy
solves exactly. Imports SciPy: for workers, never for a web process.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

# A row for each who waits, in order of turn; a column for each ambassador; NaN where they may not meet.
Scores = NDArray[np.float64]


def pair(scores: Scores, room: Sequence[int]) -> list[int | None]:
    """For each row the column, or None. `room`: how many more conversations each ambassador has. Raises ValueError for
    scores that are infinite, and where `room` does not fit."""
    if scores.ndim != 2 or scores.shape[1] != len(room) or np.isinf(scores).any() or min(room, default=0) < 0:
        raise ValueError("one finite score or NaN for each row and ambassador, and no negative room")
    found: list[int | None] = [None] * len(scores)
    served = servable(~np.isnan(scores), room)
    for row, column in _best(scores[served], room):
        found[served[row]] = column
    return found


def servable(allowed: NDArray[np.bool_], room: Sequence[int]) -> list[int]:
    """The most rows that can be served together; of the ways to choose so many, the first in order."""
    table = _Table([np.flatnonzero(row).tolist() for row in allowed], room)
    return [row for row in range(len(allowed)) if table.seat(row)]


class _Table:
    """Who sits with whom so far. `full`: ambassadors from whom no moving along leads to anybody with room; that stays
    so, since nobody who sits with them can go elsewhere."""

    def __init__(self, choices: list[list[int]], room: Sequence[int]) -> None:
        self.choices, self.room = choices, room
        self.guests: list[set[int]] = [set() for _ in room]
        self.seats: dict[int, int] = {}
        self.full: set[int] = set()

    def seat(self, newcomer: int) -> bool:
        """Whether this row can be served as well: perhaps by moving others along, none of whom loses a conversation."""
        asked_by: dict[int, int] = {}  # ambassador: the row that would go to them
        rows = [newcomer]
        for row in rows:
            for column in self.choices[row]:
                if column in asked_by or column in self.full:
                    continue
                asked_by[column] = row
                if len(self.guests[column]) < self.room[column]:
                    self._move_along(column, asked_by)
                    return True
                rows += self.guests[column]
        self.full |= asked_by.keys()
        return False

    def _move_along(self, column: int, asked_by: dict[int, int]) -> None:
        """Back along the way: each row goes where there is room, and leaves its seat to the one before."""
        free: int | None = column
        while free is not None:
            row = asked_by[free]
            left = self.seats.pop(row, None)
            if left is not None:
                self.guests[left].remove(row)
            self.guests[free].add(row)
            self.seats[row], free = free, left


def _best(scores: Scores, room: Sequence[int]) -> list[tuple[int, int]]:
    """Every row served, with the best total. That all can be served together is known."""
    seats = np.repeat(np.arange(len(room)), np.minimum(np.array(room, dtype=int), len(scores)))
    worst = np.abs(np.nan_to_num(scores)).sum() + 1  # one pair that is not allowed costs more than all that are
    costs = np.where(np.isnan(scores), worst, -np.nan_to_num(scores))[:, seats]
    rows, chosen = linear_sum_assignment(costs)
    return list(zip(rows.tolist(), seats[chosen].tolist(), strict=True))
