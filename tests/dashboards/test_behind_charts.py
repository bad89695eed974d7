"""Each number in the table below a chart opens the list of those whom it counts: by itself, or by its row."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import User
from dashboards.periods import BEFORE
from tests.dashboards.counted import parts
from tests.dashboards.lists import LINK, MONTHS, made_up, number, page_at, rows
from tests.dashboards.small_hub import SmallHub, small_hub, sown

__all__ = ["small_hub", "sown"]
AsUser = Callable[[User], Client]
OF_REGION = ["region", "funnel", "promise", "sources", "ambassadors"]
OF_A_COUNCIL = ["council", "council_funnel", "council_promise", "council_sources", "council_ambassadors"]
FIGURE = re.compile(r'<figure class="staff-chart" id="([^"]*)"[^>]* data-unit=""(.*?)</figure>', re.DOTALL)
ROW = re.compile(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', re.DOTALL)


def address(name: str) -> str:
    return reverse(f"admin:dashboards_cell_{name}", args=["kent"] if name in OF_A_COUNCIL else [])


def numbers(page: str) -> Iterator[tuple[str, str, int]]:
    """Whole ones other than nought: in which chart, where each leads, and how many they are."""
    for chart, table in FIGURE.findall(page):
        for head, cells in ROW.findall(table):
            of_row = re.findall('href="([^"]*)"', head)
            for at, (n, shown) in enumerate(re.findall(r'<td data-value="(\d+)">(.*?)</td>', cells)):
                own = [to for to, _ in LINK.findall(shown)]
                if int(n):
                    yield chart, next(iter(own or of_row[: not at]), ""), int(n)


@pytest.mark.parametrize("name", [*OF_REGION, *OF_A_COUNCIL])
def test_each_number_below_a_chart_leads_to_a_list_that_says_the_same(
    name: str, small_hub: SmallHub, as_user: AsUser
) -> None:
    made_up(small_hub.kent)
    client = as_user(small_hub.cast.olu)
    page = unescape(client.get(address(name), {**MONTHS, "compare": BEFORE}).content.decode())
    found = list(numbers(page))
    assert len(found) > 2
    for chart, to, n in found:
        assert to, (chart, n)
        shown = page_at(client, to)
        assert number(shown) == rows(shown) == n, (chart, to)


@pytest.mark.parametrize(
    ("name", "section"), [("funnel", 'aria-label="By the month in which they came"'), ("sources", 'id="by-source"')]
)
def test_a_share_leads_to_those_who_make_it_up(name: str, section: str, small_hub: SmallHub, as_user: AsUser) -> None:
    made_up(small_hub.kent)
    client = as_user(small_hub.cast.olu)
    page = unescape(client.get(address(name), {**MONTHS, "compare": BEFORE}).content.decode())
    links = LINK.findall(page.partition(section)[2].partition("</table>")[0])
    assert len(links) > 3
    for to, words in links:
        shown = page_at(client, to)
        assert number(shown) == rows(shown) > 0
        assert "%" not in words or " of " not in words or int(words.split()[0]) == number(shown)
    assert any("first=2026-03&last=2026-04" in to for to, _ in links) == (name == "sources")


@pytest.mark.parametrize("name", ["sources", "council_sources"])
def test_what_money_brought_leads_to_them(name: str, small_hub: SmallHub, as_user: AsUser) -> None:
    made_up(small_hub.kent)
    parts(small_hub.kent, "spend", "source", {"print": 9900, "search": 1200}, on=date(2026, 5, 1))
    client = as_user(small_hub.cast.olu)
    page = unescape(client.get(address(name), MONTHS).content.decode())
    for split in ("source", "last_source"):
        links = [(to, int(n)) for to, n in LINK.findall(page.partition('id="costs"')[2]) if f"split={split}&" in to]
        assert len(links) > 3
        for to, n in links:
            shown = page_at(client, to)
            assert number(shown) == rows(shown) == n


@pytest.mark.parametrize("name", OF_REGION)
def test_who_may_see_no_cases_reads_charts_without_links(name: str, small_hub: SmallHub, as_user: AsUser) -> None:
    made_up(small_hub.kent)
    page = as_user(small_hub.cast.rhea).get(address(name), {**MONTHS, "compare": BEFORE}).content.decode()
    assert list(numbers(page))
    assert "/list/" not in page
