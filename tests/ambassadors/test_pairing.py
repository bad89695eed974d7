"""A whole waiting list at once: small ones against every way there is, larger ones against what one would click."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.matching import Carer, Region, Seeker, in_turn, left_out
from ambassadors.pairing import Scores, pair
from ambassadors.scoring import scores as scores_of
from tests.ambassadors.clicking import first_come, greedy
from tests.ambassadors.made_up import KENT, TODAY, any_carer, any_region, any_seeker

NO = float("nan")
Pairing = tuple[int | None, ...]
Round = tuple[Scores, list[int]]


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """Up to five who wait and four ambassadors, of whom each may have room for none, one or two."""
    waiting, ambassadors = draw(st.integers(0, 5)), draw(st.integers(0, 4))
    score = st.one_of(st.just(NO), st.integers(-3, 9).map(float))
    table = [[draw(score) for _ in range(ambassadors)] for _ in range(waiting)]
    return np.array(table).reshape(waiting, ambassadors), [draw(st.integers(0, 2)) for _ in range(ambassadors)]


@st.composite
def large_rounds(draw: st.DrawFn) -> Round:
    """Too many ways to go through: up to forty who wait, fifteen ambassadors, and scores with fractions."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    waiting, ambassadors = draw(st.integers(1, 40)), draw(st.integers(1, 15))
    table = chance.uniform(0, 100, (waiting, ambassadors))
    table[chance.random(table.shape) < draw(st.floats(0, 1))] = NO
    return table, chance.integers(0, 4, ambassadors).tolist()


def every(scores: Scores, room: Sequence[int]) -> Iterator[Pairing]:
    """Each way to pair that is allowed, nobody at all among them."""
    choices = [[None, *(int(column) for column in np.flatnonzero(~np.isnan(row)))] for row in scores]
    for one in product(*choices):
        if all(one.count(column) <= room[column] for column in range(len(room))):
            yield one


def served(one: Sequence[int | None]) -> tuple[bool, ...]:
    return tuple(column is not None for column in one)


def total(scores: Scores, one: Sequence[int | None]) -> float:
    return sum(float(scores[row, column]) for row, column in enumerate(one) if column is not None)


@given(rounds())
def test_nothing_is_better(given_round: Round) -> None:
    """Most served; then whoever is first in turn; then the best total: in the order in which it counts."""
    scores, room = given_round
    found, ways = tuple(pair(scores, room)), list(every(scores, room))
    assert found in set(ways), "allowed, and nobody has more conversations than room"

    def worth(one: Pairing) -> tuple[int, tuple[bool, ...], float]:
        return sum(served(one)), served(one), total(scores, one)

    assert worth(found) == max(worth(one) for one in ways)


@given(rounds())
def test_however_far_down_the_list_one_looks_no_way_serves_more(given_round: Round) -> None:
    """Serving the most and serving those who waited longest are no bargain against each other."""
    scores, room = given_round
    found, ways = served(pair(scores, room)), [served(one) for one in every(scores, room)]
    for first in range(len(scores) + 1):
        assert sum(found[:first]) == max(sum(one[:first]) for one in ways)


@given(rounds())
def test_of_all_ways_to_serve_the_same_people_none_has_a_better_total(given_round: Round) -> None:
    scores, room = given_round
    found = tuple(pair(scores, room))
    same = [one for one in every(scores, room) if served(one) == served(found)]
    assert total(scores, found) == max(total(scores, one) for one in same)


@given(large_rounds())
def test_never_fewer_than_by_clicking_and_no_worse_for_the_same_people(given_round: Round) -> None:
    scores, room = given_round
    found = tuple(pair(scores, room))
    for other in (first_come(scores, room), greedy(scores, room)):
        assert sum(served(found)) >= sum(served(other))
        if served(found) == served(other):
            assert total(scores, found) >= total(scores, other) - 1e-6


@given(large_rounds())
def test_nobody_has_more_than_room_and_nobody_meets_who_may_not(given_round: Round) -> None:
    scores, room = given_round
    found = pair(scores, room)
    assert all(found.count(column) <= most for column, most in enumerate(room))
    assert not any(np.isnan(scores[row, column]) for row, column in enumerate(found) if column is not None)


@given(st.lists(any_seeker, max_size=6), st.lists(any_carer, max_size=5), any_region)
def test_a_round_never_pairs_whom_the_rules_keep_apart(
    seekers: list[Seeker], carers: list[Carer], region: Region
) -> None:
    waiting = in_turn(seekers)
    found = pair(scores_of(waiting, carers, region), [carer.room for carer in carers])
    for seeker, column in zip(waiting, found, strict=True):
        if column is not None:
            assert left_out(seeker, carers[column], region.between(seeker, carers[column])) is None


def test_two_noes_are_served_before_a_longer_wait_where_there_is_room_for_one() -> None:
    patient = Seeker(UUID(int=1), KENT, since=datetime(2026, 9, 1, tzinfo=UTC))
    refused = Seeker(UUID(int=2), KENT, since=datetime(2026, 11, 20, tzinfo=UTC), noes=2)
    carer = Carer(UUID(int=9), KENT, "Amara", standing_until=TODAY)
    waiting = in_turn([patient, refused])
    assert pair(scores_of(waiting, [carer], Region(TODAY)), [carer.room]) == [0, None]
    assert waiting == [refused, patient]


def test_whoever_can_speak_with_one_alone_is_not_passed_over_for_a_better_score() -> None:
    scores = np.array([[9.0, 8.0], [1.0, NO]])
    assert pair(scores, [1, 1]) == [1, 0]
    assert first_come(scores, [1, 1]) == greedy(scores, [1, 1]) == [0, None], "which is what clicking would do"


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


def test_a_web_process_does_not_carry_scipy() -> None:
    program = "import sys, django; django.setup(); from lafse import urls, wsgi; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split()[-1] == "False"
