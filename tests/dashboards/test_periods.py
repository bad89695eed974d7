"""Which months somebody means: those that they have chosen, and else the period."""

from datetime import date

import pytest

from dashboards.periods import PeriodForm

TODAY = date(2026, 11, 23)
SHOWN = "2026-04_2026-11"
ASKED = {"period": "this_year", "first": "2026-04", "last": "2026-11", "shown": SHOWN, "compare": ""}


def months(asked: dict[str, str]) -> tuple[str, str, str]:
    """From, to, and what stands in the list of periods."""
    form = PeriodForm(asked, today=TODAY)
    span = form.chosen().span
    assert form.errors == {}
    assert (form["first"].value(), form["last"].value()) == (f"{span.first:%Y-%m}", f"{span.last:%Y-%m}")
    return f"{span.first:%Y-%m}", f"{span.last:%Y-%m}", form["period"].value()


@pytest.mark.parametrize(
    ("changed", "meant"),
    [
        ({}, ("2026-04", "2026-11", "this_year")),
        ({"first": "2026-06"}, ("2026-06", "2026-11", "months")),
        ({"last": "2026-04"}, ("2026-04", "2026-04", "months")),
        ({"period": "last_year"}, ("2025-04", "2026-03", "last_year")),
        ({"period": "last_year", "first": "2026-01", "last": "2026-02"}, ("2026-01", "2026-02", "months")),
        ({"period": "months"}, ("2026-04", "2026-11", "months")),
    ],
)
def test_whoever_changes_the_months_means_them(changed: dict[str, str], meant: tuple[str, str, str]) -> None:
    assert months(ASKED | changed) == meant


def test_of_chosen_months_one_comes_back_to_a_period() -> None:
    chosen = ASKED | {"period": "months", "first": "2026-06", "last": "2026-07", "shown": "2026-06_2026-07"}
    assert months(chosen) == ("2026-06", "2026-07", "months")
    assert months(chosen | {"period": "this_year"}) == ("2026-04", "2026-11", "this_year")


@pytest.mark.parametrize("more", [{}, {"period": "this_year"}, {"period": "months"}])
def test_an_address_that_names_months_is_of_these(more: dict[str, str]) -> None:
    assert months({"first": "2026-06", "last": "2026-07", **more}) == ("2026-06", "2026-07", "months")


def test_without_months_a_period_is_what_it_says() -> None:
    assert months({}) == ("2026-04", "2026-11", "this_year")
    assert months({"period": "last_year", "shown": "\x00", "first": ""}) == ("2025-04", "2026-03", "last_year")


def test_what_is_wrong_with_the_months_is_told_whatever_the_period() -> None:
    form = PeriodForm(ASKED | {"last": "2025-12"}, today=TODAY)
    assert form.errors == {"last": ["The last month comes before the first. Choose a later one."]}
    assert form["period"].value() == "months"
    assert PeriodForm(ASKED | {"first": "2026-13"}, today=TODAY).errors == {"first": ["From: choose from the list."]}
