"""Matching: what a round costs, and what it gains over clicking down the list.

    python -m benchmarks.matching          both
    python -m benchmarks.matching speed    seconds
    python -m benchmarks.matching year     a minute

A round is 1,000 people and 300 ambassadors of a made-up hub (`benchmarks.matching_hub`): once with the room that these
have, once with eight conversations each. Beside it, in the same run and by turns: SciPy’s assignment alone, on a table
that is ready, padded with a column for nobody; it knows no order of turn. The year is that of
`benchmarks.matching_year`, lived three ways: each council clicks down its own list and knows its own ambassadors;
somebody clicks down the list of the whole hub, borders open where both councils allow it; a round does.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter

import numpy as np
from scipy.optimize import linear_sum_assignment

from ambassadors.matching import in_turn
from ambassadors.pairing import Scores, pair
from ambassadors.scoring import allowed, scores
from ambassadors.waiting import why_waiting
from benchmarks.figures import Figure, show
from benchmarks.matching_hub import MadeUpHub, made_up
from benchmarks.matching_year import LAST, Lived, live
from tests.ambassadors.clicking import first_come, greedy

WAITING, AMBASSADORS, SEED, ROUNDS = 1000, 300, 1, 7
LIMIT = 1.0  # seconds
TODAY = date(2026, 11, 23)
STANDING = date(2028, 1, 1)
YEARS = ((2000, 300), (2000, 100), (4000, 150))  # wishes, ambassadors
SEEDS = (1, 2, 3)


def main(wanted: Sequence[str] = ()) -> int:
    parts = {"speed": speed, "year": year}
    return max([parts[name]() for name in wanted or parts])


def speed() -> int:
    hub = made_up(WAITING, AMBASSADORS, seed=SEED, standing_until=STANDING)
    wide = MadeUpHub(hub.seekers, tuple(replace(each, most=8, most_a_month=None) for each in hub.carers))
    figures = [*_round("a round", hub), *_round("a round with room for many", wide)]
    return show(f"Matching: {WAITING:,} waiting, {AMBASSADORS} ambassadors", figures)


def _round(what: str, hub: MadeUpHub) -> Iterator[Figure]:
    began = datetime(2026, 9, 1, tzinfo=UTC)
    seekers = [replace(each, since=began + timedelta(minutes=n)) for n, each in enumerate(hub.seekers)]
    carers, region = list(hub.carers), hub.region(TODAY)
    room = [carer.room for carer in carers]
    table = scores(in_turn(seekers), carers, region)
    scoring, pairing, alone, clicks = _by_turns(
        lambda: scores(in_turn(seekers), carers, region),
        lambda: pair(table, room),
        lambda: linear_sum_assignment(_padded(table, room)),
        lambda: first_come(table, room),
    )
    both = scoring + pairing
    yield Figure(what, f"{both * 1000:.0f} ms", f"< {LIMIT:.0f} s", both < LIMIT)
    yield Figure("… its scores", f"{scoring * 1000:.0f} ms", "told", None)
    told = f"{pairing * 1000:.0f} ms, SciPy's assignment alone {alone * 1000:.0f} ms ({pairing / alone:.1f} times)"
    yield Figure("… who speaks with whom", told, "told", None)
    yield Figure("… clicking down the same table", f"{clicks * 1000:.0f} ms", "told", None)
    yield _served(table, room)
    yield _reasons(hub, table, room)


def _by_turns(*calls: Callable[[], object]) -> list[float]:
    """Seconds, the median of each."""
    took: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for seconds, call in zip(took, calls, strict=True):
            began = perf_counter()
            call()
            seconds.append(perf_counter() - began)
    return [median(each) for each in took]


def _padded(table: Scores, room: Sequence[int]) -> Scores:
    """A column for each conversation that there is room for, and one for each row to stay without."""
    seats = np.repeat(np.arange(len(room)), room)
    worst = 1000.0
    costs: Scores = np.where(np.isnan(table), 2 * worst, -np.nan_to_num(table))[:, seats]
    return np.hstack((costs, np.full((len(table), len(table)), worst)))


def _served(table: Scores, room: Sequence[int]) -> Figure:
    """The round has to serve as many as anybody."""
    ways = {"round": pair(table, room), "clicking": first_come(table, room), "best pair first": greedy(table, room)}
    counts = {name: sum(column is not None for column in way) for name, way in ways.items()}
    totals = {name: sum(table[r, c] for r, c in enumerate(way) if c is not None) for name, way in ways.items()}
    told = "; ".join(f"{name} {counts[name]} (mean score {totals[name] / counts[name]:.1f})" for name in ways)
    return Figure("… served", told, "most by the round", counts["round"] == max(counts.values()))


def _reasons(hub: MadeUpHub, table: Scores, room: Sequence[int]) -> Figure:
    left = list(room)
    found = pair(table, room)
    for column in found:
        if column is not None:
            left[column] -= 1
    carers = [replace(each, open=each.most - n) for each, n in zip(hub.carers, left, strict=True)]
    unserved = [seeker for seeker, column in zip(hub.seekers, found, strict=True) if column is None]
    began = perf_counter()
    words = {why_waiting(seeker, carers, hub.region(TODAY)) for seeker in unserved}
    took = perf_counter() - began
    return Figure("… why the others wait", f"{len(unserved)} in {took:.2f} s, {len(words)} reasons", "told", None)


def year() -> int:
    return show("Matching, a year: each council clicks → the hub clicks → a round each morning", [*_years()])


def _years() -> Iterator[Figure]:
    for wishes, ambassadors in YEARS:
        ways, nobody = _lives(wishes, ambassadors)
        for what, told in (
            (f"{wishes:,} wishes, {ambassadors} ambassadors: median days", _days),
            ("… nine in ten within", _long_days),
            ("… unmatched", _unmatched),
            ("… mean score of who was asked", _score),
        ):
            yield Figure(what, " → ".join(map(told, ways)), "told", None)
        yield Figure("… with nobody in the hub whom the rules allow", f"{nobody:.1%} of all wishes", "told", None)


def _lives(wishes: int, ambassadors: int) -> tuple[list[list[Lived]], float]:
    """By way and by seed; and the share of wishes that no way can meet."""
    hubs = [made_up(wishes, ambassadors, seed=seed, standing_until=STANDING) for seed in SEEDS]
    apart = [replace(hub, sharing=frozenset()) for hub in hubs]
    ways = [(apart, first_come), (hubs, first_come), (hubs, pair)]
    nobody = sum(int((~allowed(hub.seekers, hub.carers, hub.region(LAST)).any(axis=1)).sum()) for hub in hubs)
    lives = [[live(hub, way, seed=seed) for hub, seed in zip(some, SEEDS, strict=True)] for some, way in ways]
    return lives, nobody / (wishes * len(SEEDS))


def _waits(lives: list[Lived]) -> list[int]:
    return sorted(days for life in lives for days in life.spoke.values())


def _days(lives: list[Lived]) -> str:
    return f"{median(_waits(lives)):.0f}"


def _long_days(lives: list[Lived]) -> str:
    return f"{_waits(lives)[len(_waits(lives)) * 9 // 10]}"


def _unmatched(lives: list[Lived]) -> str:
    return f"{1 - len(_waits(lives)) / sum(life.wishes for life in lives):.1%}"


def _score(lives: list[Lived]) -> str:
    scores = [each.score for life in lives for each in life.asked]
    return f"{sum(scores) / len(scores):.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
