"""A whole waiting list at once, against every way there is."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.pairing import Scores, pair

NO = float("nan")
Pairing = tuple[int | None, ...]


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Scores, list[int]]:
    """Up to five who wait and four ambassadors, of whom each may have room for none, one or two."""
    waiting, ambassadors = draw(st.integers(0, 5)), draw(st.integers(0, 4))
    score = st.one_of(st.just(NO), st.integers(-3, 9).map(float))
    table = [[draw(score) for _ in range(ambassadors)] for _ in range(waiting)]
    return np.array(table).reshape(waiting, ambassadors), [draw(st.integers(0, 2)) for _ in range(ambassadors)]


def every(scores: Scores, room: Sequence[int]) -> Iterator[Pairing]:
    """Each way to pair that is allowed, nobody at all among them."""
    choices = [[None, *(int(column) for column in np.flatnonzero(~np.isnan(row)))] for row in scores]
    for one in product(*choices):
        if all(one.count(column) <= room[column] for column in range(len(room))):
            yield one


def worth(scores: Scores, one: Sequence[int | None]) -> tuple[int, tuple[bool, ...], float]:
    """What counts, in the order in which it counts."""
    served = tuple(column is not None for column in one)
    total = sum(float(scores[row, column]) for row, column in enumerate(one) if column is not None)
    return sum(served), served, total


@given(rounds())
def test_nothing_is_better(given_round: tuple[Scores, list[int]]) -> None:
    scores, room = given_round
    found = tuple(pair(scores, room))
    assert found in set(every(scores, room)), "allowed, and nobody has more conversations than room"
    assert worth(scores, found) == max(worth(scores, one) for one in every(scores, room))


@given(rounds())
def test_never_fewer_are_served_than_first_come_first_served(given_round: tuple[Scores, list[int]]) -> None:
    scores, room = given_round
    left, greedy = list(room), 0
    for row in scores:
        allowed = [column for column in np.flatnonzero(~np.isnan(row)) if left[column]]
        if allowed:
            left[max(allowed, key=lambda column: row[column])] -= 1
            greedy += 1
    assert sum(column is not None for column in pair(scores, room)) >= greedy


def test_whoever_can_speak_with_one_alone_is_not_passed_over_for_a_better_score() -> None:
    scores = np.array([[9.0, 8.0], [1.0, NO]])
    assert pair(scores, [1, 1]) == [1, 0]


def test_of_two_who_cannot_both_be_served_the_first_in_turn_is() -> None:
    assert pair(np.array([[1.0], [9.0]]), [1]) == [0, None]


def test_a_long_way_of_moving_along_serves_the_last() -> None:
    size = 50
    scores = np.full((size, size), NO)
    for row in range(size - 1):
        scores[row, row] = scores[row, row + 1] = 1.0
    scores[size - 1, 0] = 1.0
    assert None not in pair(scores, [1] * size)


@pytest.mark.parametrize("shape", [(0, 0), (3, 0), (0, 3)])
def test_nobody_waits_or_nobody_has_room(shape: tuple[int, int]) -> None:
    assert pair(np.zeros(shape), [1] * shape[1]) == [None] * shape[0]


def test_what_is_no_score_is_refused() -> None:
    for scores, room in ((np.array([[np.inf]]), [1]), (np.zeros((1, 2)), [1]), (np.zeros((1, 1)), [-1])):
        with pytest.raises(ValueError, match="one finite score"):
            pair(scores, room)
