"""Who brought somebody, what one cost, and how far chance alone may have moved it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from scipy.stats import chi2

from campaigns.attribution import Brought, Journey, Rule, Stage, Touched, brought, furthest, spent_within, sum_of
from campaigns.came.results_lines import cost, likely, lines_of, share
from campaigns.intervals import EXACT_TO, of_cost, of_count, of_share
from enquiries.states import State

BEGAN = datetime(2026, 9, 1, tzinfo=UTC)


def journey(*codes: str, stage: Stage = Stage.ENQUIRED, household: object = None) -> Journey:
    touches = tuple(Touched(BEGAN + timedelta(days=number), "print", code) for number, code in enumerate(codes))
    return Journey(uuid4(), household or uuid4(), BEGAN, touches, stage)  # type: ignore[arg-type]  # a uuid


def teens(touched: Touched) -> bool:
    return touched.code == "teens"


@pytest.mark.parametrize(("rule", "enquiries"), [(Rule.FIRST, 1), (Rule.LAST, 2), (Rule.ANY, 3)])
def test_first_last_and_any_touch_answer_different_questions(rule: Rule, enquiries: int) -> None:
    came = [journey("teens", "news"), journey("news", "teens"), journey("radio", "teens"), journey("radio")]
    assert brought(came, rule, teens).enquiries == enquiries


def test_a_journey_without_a_touch_is_nobodys() -> None:
    assert brought([journey()], Rule.ANY, teens) == Brought()


def test_an_approved_household_counts_once_however_often_it_asked() -> None:
    household = uuid4()
    again = [journey("teens", stage=Stage.APPROVED, household=household) for _ in range(2)]
    assert sum_of(again) == Brought(enquiries=2, visits=2, applications=2, approved=1)


def test_who_withdrew_after_applying_has_applied() -> None:
    assert furthest(State.WITHDRAWN, applied=True, steps=()) == Stage.APPLIED
    assert furthest(State.WITHDRAWN, applied=False, steps=("visit",)) == Stage.VISITED
    assert furthest(State.NOT_APPROVED, applied=False, steps=()) == Stage.APPLIED
    assert furthest(State.APPROVED, applied=False, steps=()) == Stage.APPROVED
    assert furthest(State.NEW, applied=False, steps=("reach",)) == Stage.ENQUIRED


def test_spend_counts_evenly_on_its_days() -> None:
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    assert spent_within(30_000, first, last, since=date(2026, 9, 21), until=date(2026, 12, 31)) == 10_000
    assert spent_within(30_000, first, last, since=first, until=last) == 30_000
    assert spent_within(30_000, first, last, since=date(2026, 10, 1), until=date(2026, 12, 31)) == 0


@pytest.mark.parametrize("count", [0, 1, 5, 29, 30, EXACT_TO, EXACT_TO + 1, 5000, 2_000_000])
def test_counts_have_the_exact_interval(count: int) -> None:
    """Against SciPy's gamma quantiles."""
    interval = of_count(count)
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    assert interval.low == pytest.approx(low, rel=1e-3)
    assert interval.high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-4)


def test_a_cost_lies_between_spend_over_the_ends() -> None:
    interval = of_cost(100_000, 10)
    assert interval.low == pytest.approx(5437.6, rel=1e-3)
    assert interval.high == pytest.approx(20853, rel=1e-3)
    assert of_cost(100_000, 0).high is None


def test_wilsons_interval_of_a_share() -> None:
    """Two of ten: 5.7 % to 51.0 %, as in the tables."""
    interval = of_share(2, 10)
    assert interval.low == pytest.approx(0.0567, abs=1e-3)
    assert interval.high == pytest.approx(0.5098, abs=1e-3)
    assert of_share(0, 0).low == 0


def test_below_thirty_no_single_figure_is_named() -> None:
    assert cost(100_000, 10) == "£54.38 to £209"
    assert cost(100_000, 40).startswith("£25.00 (£")
    assert cost(100_000, 0).startswith("More than £")
    assert cost(0, 10) == "No spend written down"
    assert share(3, 10) == "11% to 60%"
    assert share(30, 100).startswith("30% (")
    assert likely(0) == "0 to 4"


def test_clicks_stand_only_where_they_are_asked_for() -> None:
    assert next(line.label for line in lines_of(Brought(), pence=0)) == "Enquiries"
    assert next(line.label for line in lines_of(Brought(), pence=0, clicks=3)) == "Clicks"
