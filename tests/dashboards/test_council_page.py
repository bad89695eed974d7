"""A council sees its own figures, beside a middle of the region from which nobody else's can be worked out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from councils.models import Council, User
from councils.tenancy import across, as_council, as_hub
from dashboards.beside import region_beside
from dashboards.models import Cell, Rule
from dashboards.span import Span
from tests.conftest import Cast

LogIn = Callable[[User], Client]
MONTHS = Span(date(2026, 4, 1), date(2026, 11, 1))
ADDRESS = "/staff/dashboards/cell/council/kent/"


def count(council: Council, figure: str, n: int, *, split: str = "", value: str = "") -> None:
    with as_council(council):
        Cell.objects.create(
            hub_id=council.hub_id,
            council=council,
            grain="m",
            on=date(2026, 5, 1),
            figure=figure,
            split=split,
            value=value,
            n=n,
        )


@pytest.fixture
def others(kent: Council) -> list[Council]:
    return list(Council.objects.filter(hub=kent.hub).fostering().exclude(pk=kent.pk).order_by("slug"))


def promises(council: Council, kept: int, late: int) -> None:
    count(council, "promise_kept", kept)
    count(council, "promise_late", late)


def test_a_middle_is_made_of_councils_with_enough_cases_alone(kent: Council, others: list[Council]) -> None:
    promises(kent, 40, 10)
    for number, council in enumerate(others[:3]):
        promises(council, 30 + number * 10, 10)
    promises(others[3], 1, 20)  # 21 cases: not ranked
    with as_council(kent):
        middle = region_beside(kent, MONTHS)["promise"]
    assert (middle.middle, middle.low, middle.high, middle.councils) == ("80%", "75%", "83%", 4)


def test_of_two_other_councils_no_middle_is_told(kent: Council, others: list[Council]) -> None:
    for council in (kent, *others[:2]):
        promises(council, 40, 10)
    with as_council(kent):
        assert "promise" not in region_beside(kent, MONTHS)


def test_names_are_told_where_the_hub_says_so_and_never_with_a_count(kent: Council, others: list[Council]) -> None:
    for number, council in enumerate([kent, *others[:3]]):
        promises(council, 40 + number * 10, 10)
    with as_council(kent):
        assert region_beside(kent, MONTHS)["promise"].high_name == ""
    with as_hub(kent.hub):
        Rule.objects.create(hub=kent.hub, names=True)
    with as_council(kent):
        told = region_beside(kent, MONTHS)
    assert told["promise"].high_name == others[2].name
    assert told["enquiries"].high_name == ""


def test_a_small_count_of_another_council_is_not_told(kent: Council) -> None:
    with as_council(kent):
        middle = region_beside(kent, MONTHS)["enquiries"]
    assert (middle.low, middle.high) == ("fewer than 5", "fewer than 5")


def test_reading_the_middle_leaves_the_councils_own_scope(kent: Council, hampshire: Council) -> None:
    count(hampshire, "enquiries", 9)
    with as_council(kent):
        region_beside(kent, MONTHS)
        assert not Cell.objects.filter(council=hampshire).exists()


def test_an_officer_sees_what_needs_attention_first_and_the_list_behind_it(
    kent: Council, cast: Cast, as_user: LogIn
) -> None:
    count(kent, "promise_missed", 3)
    page = as_user(cast.kate).get(ADDRESS).content.decode()
    assert page.index("3 people have not heard") < page.index("beside the region")
    assert f"{ADDRESS}list/?figure=promise_missed&amp;since=2000-01-01&amp;until=" in page


def test_the_lead_sees_the_figures_and_no_list(kent: Council, cast: Cast, as_user: LogIn) -> None:
    count(kent, "promise_missed", 1)
    page = as_user(cast.rhea).get(ADDRESS).content.decode()
    assert "1 person has not heard" in page
    assert "/list/" not in page


def test_another_councils_officer_finds_no_page(cast: Cast, as_user: LogIn) -> None:
    assert as_user(cast.hal).get(ADDRESS).status_code == 404


def test_months_in_the_wrong_order_are_an_error_in_words(kent: Council, cast: Cast, as_user: LogIn) -> None:
    asked = {"period": "months", "first": "2026-05", "last": "2026-04"}
    answer = as_user(cast.kate).get(ADDRESS, asked)
    assert answer.status_code == 422
    assert "The last month comes before the first" in answer.content.decode()


@pytest.mark.parametrize(("end", "words"), [("first", "Choose the first month."), ("last", "Choose the last month.")])
def test_a_month_that_is_left_empty_is_asked_for(
    end: str, words: str, kent: Council, cast: Cast, as_user: LogIn
) -> None:
    answer = as_user(cast.kate).get(ADDRESS, {"period": "months", "first": "2026-05", "last": "2026-05", end: ""})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_page_asks_little_however_many_councils_there_are(
    kent: Council, others: list[Council], cast: Cast, as_user: LogIn, django_assert_max_num_queries: Any
) -> None:
    for council in (kent, *others):
        promises(council, 40, 10)
        count(council, "enquiries", 50)
    client = as_user(cast.kate)
    client.get(ADDRESS)
    with django_assert_max_num_queries(45):
        client.get(ADDRESS, {"period": "last_year", "compare": "before"})


def test_pages_of_all_councils_open_on_nothing_at_all(kent: Council, cast: Cast, as_user: LogIn) -> None:
    with across([kent], reason="test"):
        assert not Cell.objects.exists()
    assert "Nothing has been counted" in as_user(cast.kate).get(ADDRESS).content.decode()


@pytest.mark.parametrize("page", ["funnel", "promise", "sources", "ambassadors"])
def test_the_regions_pages_are_there_for_one_council_alone(
    kent: Council, hampshire: Council, cast: Cast, as_user: LogIn, page: str
) -> None:
    for council, n in ((kent, 7), (hampshire, 987)):
        for figure in ("enquiries", "promise_missed", "wishes"):
            count(council, figure, n)
        count(council, "enquiries", n, split="source", value="search")
        count(council, "cohort", n, split="stage", value="enquired")
    for who in (cast.kate, cast.olu):
        shown = as_user(who).get(f"{ADDRESS}{page}/").content.decode()
        assert "987" not in shown
        assert "994" not in shown
        assert ">7<" in shown
        assert "/region/list/" not in shown
    assert as_user(cast.hal).get(f"{ADDRESS}{page}/").status_code == 404
