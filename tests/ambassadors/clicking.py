"""Pairing as a person at a screen would do it, to hold the round against."""

from collections.abc import Sequence

import numpy as np

from ambassadors.pairing import Scores


def first_come(scores: Scores, room: Sequence[int]) -> list[int | None]:
    """Each in turn takes the best who is free."""
    left = np.array(room)
    found: list[int | None] = []
    for row in scores:
        free = np.where((left > 0) & ~np.isnan(row), row, -np.inf)
        best = int(free.argmax()) if len(free) else 0
        found.append(best if len(free) and free[best] > -np.inf else None)
        if found[-1] is not None:
            left[best] -= 1
    return found


def greedy(scores: Scores, room: Sequence[int]) -> list[int | None]:
    """The best pair of all first, then the best of those left."""
    left = list(room)
    found: list[int | None] = [None] * len(scores)
    for row, column in sorted(np.argwhere(~np.isnan(scores)).tolist(), key=lambda two: -scores[two[0], two[1]]):
        if found[row] is None and left[column]:
            found[row] = column
            left[column] -= 1
    return found
