"""What is counted by how long it took opens its list, on each page that shows it."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import User
from dashboards.behind.sought import LISTED
from tests.dashboards.lists import LINK, MONTHS, behind, made_up, number, rows, table
from tests.dashboards.small_hub import SmallHub, small_hub, sown

__all__ = ["small_hub", "sown"]
AsUser = Callable[[User], Client]


@pytest.mark.parametrize(
    ("name", "title", "at"),
    [
        ("ambassadors", "How long they waited for a conversation", 1),
        ("promise", "Working hours until the first try", 3),
        ("promise", "Working hours until spoken with", 3),
    ],
)
def test_a_row_by_how_long_it_took_leads_to_a_list_that_says_the_same(
    name: str, title: str, at: int, small_hub: SmallHub, as_user: AsUser
) -> None:
    made_up(small_hub.kent)
    for who, address in (
        (small_hub.cast.olu, reverse(f"admin:dashboards_cell_{name}")),
        (small_hub.cast.kate, reverse(f"admin:dashboards_cell_council_{name}", args=["kent"])),
    ):
        client = as_user(who)
        lines = table(unescape(client.get(address, MONTHS).content.decode()), title)
        assert sum(int(cells[at]) for cells in lines.values()) > 2
        for cells in lines.values():
            shown = unescape(client.get(cells[0]).content.decode())
            assert number(shown) == rows(shown) == int(cells[at])


@pytest.mark.parametrize("name", ["funnel", "council_funnel"])
def test_how_many_left_a_stage_leads_to_them(name: str, small_hub: SmallHub, as_user: AsUser) -> None:
    made_up(small_hub.kent)
    client, args = as_user(small_hub.cast.olu), ["kent"] if name == "council_funnel" else []
    page = unescape(client.get(reverse(f"admin:dashboards_cell_{name}", args=args), MONTHS).content.decode())
    lines = table(page, "Days in a stage")
    assert lines.keys() >= {"Enquired", "Visited", "Applied"}
    for stage, (*_, left) in lines.items():
        ((to, n),) = LINK.findall(left)
        shown = unescape(client.get(to).content.decode())
        assert number(shown) == rows(shown) == int(n) > 0
        assert f"Days in a stage: {stage}" in shown


def test_a_middle_leads_to_all_who_waited(small_hub: SmallHub, as_user: AsUser) -> None:
    made_up(small_hub.kent)
    client = as_user(small_hub.cast.kate)
    for name, figures in (("promise", ("first_try", "reached")), ("ambassadors", ("conversations",))):
        page = client.get(reverse(f"admin:dashboards_cell_council_{name}", args=["kent"]), MONTHS).content.decode()
        middles = [unescape(to) for to, words in LINK.findall(page) if "half within" in words]
        for to, figure in zip(middles, figures, strict=True):
            shown = unescape(client.get(to).content.decode())
            assert LISTED[figure].definition in shown
            assert number(shown) == rows(shown) == number(behind(client, figure, small_hub.kent)) > 0


@pytest.mark.parametrize("name", ["funnel", "promise", "ambassadors"])
def test_who_may_see_no_cases_reads_how_long_it_took_without_links(
    name: str, small_hub: SmallHub, as_user: AsUser
) -> None:
    made_up(small_hub.kent)
    page = as_user(small_hub.cast.rhea).get(reverse(f"admin:dashboards_cell_{name}"), MONTHS).content.decode()
    assert "half within" in page or "Half left it within" in page
    assert "/list/" not in page
