"""Each number of “The numbers” opens the list of those whom it counts."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import User
from dashboards.behind.sought import LISTED
from dashboards.exports.chosen import By, Part
from dashboards.exports.columns import columns_of
from tests.dashboards.counted import counts
from tests.dashboards.lists import LINK, made_up, number, page_at, rows, table
from tests.dashboards.small_hub import SmallHub, small_hub, sown

__all__ = ["small_hub", "sown"]
AsUser = Callable[[User], Client]
ASKED = {"since": "2026-05", "until": "2026-06", "part": "all"}


@pytest.mark.parametrize("by", [by for by in By if columns_of(by, Part.ALL)])
def test_each_of_the_numbers_leads_to_a_list_that_says_the_same(by: By, small_hub: SmallHub, as_user: AsUser) -> None:
    made_up(small_hub.kent)
    client, asked = as_user(small_hub.cast.olu), {**ASKED, "by": by.value}
    page = client.get(reverse("admin:dashboards_cell_numbers"), asked).content.decode()
    lines, columns = table(unescape(page), "The numbers"), columns_of(by, Part.ALL)
    leads: dict[str, int | None] = {}
    for cells in lines.values():
        for column, cell in zip(columns, cells, strict=True):
            found, plain = LINK.findall(cell), re.sub("<[^>]*>", "", cell)
            nobody = plain in (("–",) if column.middle else ("–", "0", "0.0"))
            assert bool(found) == (column.figure in LISTED and not nobody), (column.name, cell)
            leads |= {to: None if column.middle or "%" in column.name else int(plain) for to, plain in found}
    assert leads or by in (By.LANE, By.CAMPAIGN)
    for to, n in leads.items():
        shown = unescape(client.get(to).content.decode())
        assert number(shown) == rows(shown) > 0, to
        assert n in (None, number(shown)), to


def test_numbers_of_a_council_lead_to_its_own_lists(small_hub: SmallHub, as_user: AsUser) -> None:
    client, address = as_user(small_hub.cast.kate), reverse("admin:dashboards_cell_council_numbers", args=["kent"])
    page = unescape(client.get(address, {**ASKED, "by": "year"}).content.decode())
    (year, *_), (whole, *_) = table(page, "The numbers")["2026-27"], table(page, "The numbers")["All"]
    for cell in (year, whole):
        ((to, n),) = LINK.findall(cell)
        assert to.startswith("/staff/dashboards/cell/council/kent/list/?period=months&first=2026-05&last=2026-06&")
        assert number(page_at(client, to)) == int(n) == 3


def test_who_may_see_no_cases_reads_the_numbers_without_links(small_hub: SmallHub, as_user: AsUser) -> None:
    client = as_user(small_hub.cast.rhea)
    for by in ("council", "month", "source", "stage"):
        page = client.get(reverse("admin:dashboards_cell_numbers"), {**ASKED, "by": by}).content.decode()
        assert "staff-table--figures" in page
        assert "/list/" not in page
        assert "is a link" not in page


def test_numbers_of_ten_years_ago_have_a_list_as_well(small_hub: SmallHub, as_user: AsUser) -> None:
    """All that can be chosen on the one page can be asked for on the other."""
    counts(small_hub.kent, {"visits": 1}, on=date(2017, 1, 3))
    client = as_user(small_hub.cast.olu)
    asked = {"since": "2017-01", "until": "2017-02", "by": "month", "part": "way"}
    page = unescape(client.get(reverse("admin:dashboards_cell_numbers"), asked).content.decode())
    ((to, _),) = LINK.findall(table(page, "The numbers")["January 2017"][0])
    shown = page_at(client, to)
    assert number(shown) == 1
    assert "All councils, January 2017" in shown


def test_numbers_with_their_lists_take_no_more_statements(
    small_hub: SmallHub, as_user: AsUser, django_assert_max_num_queries: Any
) -> None:
    made_up(small_hub.kent)
    client, address = as_user(small_hub.cast.olu), reverse("admin:dashboards_cell_numbers")
    client.get(address)  # what is read once a process is read now
    for by in ("council", "month"):
        with django_assert_max_num_queries(17):
            assert b"/list/" in client.get(address, {**ASKED, "by": by}).content
