"""No masked count can be narrowed down: shown by a linear program of its own, which knows nothing of how it was made.

`possible` asks, of each masked count, for the least and the most that it could be, given everything that is shown, all
the sums, and that counts are whole numbers from nought.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboards.disclosure.masking import decide
from dashboards.disclosure.table import At, Sum, Table, holds

QUARTERS = ("q1", "q2", "q3", "q4")
Rows = Mapping[str, tuple[int, int, int, int]]


def possible(table: Table, shown: Collection[At], secret: At) -> int:
    """How far its most and its least lie apart."""
    cells = list(table.counts)
    equal = [[(at in each.parts) - (at == each.whole) for at in cells] for each in table.sums]
    bounds = [(table.counts[at], table.counts[at]) if at in shown else (0, 100_000) for at in cells]
    ends = [
        linprog(
            [sign * (at == secret) for at in cells], A_eq=equal, b_eq=[0] * len(equal), bounds=bounds, integrality=1
        ).fun
        for sign in (1, -1)
    ]
    apart: int = round(-ends[1] - ends[0])
    return apart


def year(rows: Rows, **more: object) -> Table:
    """Quarters, their year, and all rows together."""
    counts: dict[At, int] = {At("all", quarter): 0 for quarter in QUARTERS}
    for row, quarters in rows.items():
        for quarter, n in zip(QUARTERS, quarters, strict=True):
            counts[At(row, quarter)] = n
            counts[At("all", quarter)] += n
    for row in ("all", *rows):
        counts[At(row, "year")] = sum(counts[At(row, quarter)] for quarter in QUARTERS)
    sums = [Sum(At("all", column), [At(row, column) for row in rows]) for column in (*QUARTERS, "year")]
    sums += [Sum(At(row, "year"), [At(row, quarter) for quarter in QUARTERS]) for row in ("all", *rows)]
    return Table(counts, sums, **{"least": 5} | more)  # type: ignore[arg-type]  # of a table's own fields


def narrowed(table: Table, masked: Collection[At], knows: Collection[At] = ()) -> list[At]:
    """Masked counts that can be narrowed down all the same."""
    shown = {*(set(table.counts) - set(masked)), *knows}
    return [at for at in masked if at not in shown and possible(table, shown, at) < table.least]


def rows_of(names: Iterable[str]) -> st.SearchStrategy[Rows]:
    counts = st.one_of(st.integers(0, 6), st.integers(0, 40))
    return st.fixed_dictionaries({name: st.tuples(counts, counts, counts, counts) for name in names})


def test_a_small_count_takes_others_with_it_since_the_sums_would_tell_it() -> None:
    table = year({"kent": (3, 20, 20, 20), "surrey": (20, 20, 20, 20), "slough": (20, 20, 20, 20)})
    masked = decide(table)
    assert At("kent", "q1") in masked
    assert len(masked) == 4  # a small one needs three more in a table with all its margins
    assert all(at.column != "year" and at.row != "all" for at in masked)


def test_the_program_of_this_test_would_notice() -> None:
    table = year({"kent": (3, 20, 20, 20), "surrey": (20, 20, 20, 20)})
    assert narrowed(table, [At("kent", "q1")]) == [At("kent", "q1")]


def test_a_nought_is_masked_as_a_one_is_and_a_total_where_it_must_be() -> None:
    table = year({"kent": (0, 0, 0, 0), "surrey": (9, 9, 9, 9)})
    masked = decide(table)
    assert {At("kent", column) for column in (*QUARTERS, "year")} <= masked
    assert narrowed(table, masked) == []
    assert any(at.row == "all" for at in masked) or len(masked) == len(table.counts) - 5


def test_where_everything_is_large_nothing_is_masked() -> None:
    assert decide(year({"kent": (5, 6, 7, 8), "surrey": (9, 9, 9, 9)})) == frozenset()


@settings(max_examples=10, deadline=None)
@given(rows_of(("kent", "surrey", "slough")), st.sampled_from([5, 10]))
def test_nobody_can_narrow_a_masked_count_down(rows: Rows, least: int) -> None:
    table = year(rows, least=least)
    masked = decide(table)
    assert masked >= table.small
    assert narrowed(table, masked) == []


@settings(max_examples=6, deadline=None)
@given(rows_of(("kent", "surrey", "slough")))
def test_nor_can_a_council_that_knows_its_own(rows: Rows) -> None:
    own = {row: [At(row, column) for column in (*QUARTERS, "year")] for row in rows}
    table = year(rows, own=own)
    masked = decide(table)
    assert list(chain.from_iterable(narrowed(table, masked, own[row]) for row in rows)) == []


@settings(max_examples=6, deadline=None)
@given(rows_of(("kent", "surrey", "slough")), st.integers(1, 3))
def test_nor_does_the_year_tell_what_quarters_released_before_it_kept(rows: Rows, before: int) -> None:
    """Each quarter was released when it was over; the year takes them as they were."""
    table = year(rows)
    shown, masked = set[At](), set[At]()
    for quarter in QUARTERS[:before]:
        cells = [at for at in table.counts if at.column == quarter]
        sums = [each for each in table.sums if each.whole in cells and each.whole.row == "all"]
        decided = decide(Table({at: table.counts[at] for at in cells}, sums, 5))
        masked |= decided
        shown |= set(cells) - decided
    later = decide(year(rows, known=frozenset(shown), masked=frozenset(masked)))
    assert later >= masked
    assert not later & shown
    assert narrowed(table, later) == []


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4))
def test_who_did_not_wish_is_as_secret_as_who_did(topics: list[tuple[int, int]]) -> None:
    """A topic and the rest make up all who wished, for each topic anew."""
    whole = max(asked + 1 for asked, _ in topics)
    counts = {At("all", "q1"): whole}
    for number, (asked, _) in enumerate(topics):
        counts |= {At(f"topic {number}", "q1"): asked, At(f"not {number}", "q1"): whole - asked}
    rest = frozenset(at for at in counts if at.row.startswith("not"))
    sums = [
        Sum(At("all", "q1"), [At(f"topic {number}", "q1"), At(f"not {number}", "q1")]) for number in range(len(topics))
    ]
    table = Table(counts, sums, 10, unprinted=rest)
    secret = {*decide(table), *(rest & table.small)}
    shown = set(counts) - secret - rest
    assert [at for at in secret if possible(table, shown, at) < table.least] == []


def test_counts_that_do_not_add_up_are_no_table() -> None:
    table = year({"kent": (5, 6, 7, 8)})
    wrong = Table({**table.counts, At("all", "year"): 1}, table.sums, 5)
    assert not holds(wrong, wrong.counts)
    with pytest.raises(ArithmeticError, match="add up"):
        decide(wrong)
