"""In which order councils stand, and who stands in none."""

from collections.abc import Callable
from html import unescape

from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from dashboards.pages.sparkline import sparkline
from tests.conftest import Cast
from tests.dashboards.counted import counts

AsUser = Callable[[User], Client]


def order(client: Client, sort: str, *councils: Council) -> list[str]:
    """Of these, from above to below."""
    answer = client.get(reverse("admin:dashboards_cell_promise"), {"sort": sort})
    table = unescape(answer.content.decode()).split("Councils beside each other</h2>")[1]
    return sorted((council.slug for council in councils), key=lambda slug: table.index(f"/council/{slug}/"))


def test_a_council_with_fewer_than_thirty_cases_stands_in_no_order(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    """Surrey's 29 of 29 is more than Kent's nine of ten, but 29 cases say little."""
    surrey = Council.objects.get(slug="surrey")
    counts(kent, {"promise_kept": 27, "promise_late": 3})
    counts(hampshire, {"promise_kept": 15, "promise_late": 15})
    counts(surrey, {"promise_kept": 29})
    rhea, three = as_user(cast.rhea), (kent, hampshire, surrey)
    assert order(rhea, "-promise", *three) == ["kent", "hampshire", "surrey"]
    assert order(rhea, "promise", *three) == ["hampshire", "kent", "surrey"]
    assert order(rhea, "nonsense", *three) == ["hampshire", "kent", "surrey"]
    shown = unescape(rhea.get(reverse("admin:dashboards_cell_promise"), {"sort": "-promise"}).content.decode())
    assert "29 of 29 (88% to 100%)" in shown
    assert 'aria-sort="descending"' in shown


def test_the_order_of_a_count_is_said_to_be_no_ranking(cast: Cast, as_user: AsUser) -> None:
    rhea, page = as_user(cast.rhea), reverse("admin:dashboards_cell_promise")
    told = {
        sort: "is no ranking" in rhea.get(page, {"sort": sort}).content.decode()
        for sort in ("", "promise_missed", "-promise")
    }
    assert told == {"": False, "promise_missed": True, "-promise": False}


def test_a_heading_sorts_and_keeps_the_months(cast: Cast, as_user: AsUser) -> None:
    asked = {"period": "last_year", "compare": "", "sort": "-promise"}
    shown = as_user(cast.rhea).get(reverse("admin:dashboards_cell_promise"), asked).content.decode()
    assert 'href="?period=last_year&amp;compare=&amp;sort=promise#by-council"' in shown
    assert '<input type="hidden" name="sort" value="-promise">' in shown


def test_the_hub_office_is_set_apart_and_counted_in(
    office: Council, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    counts(kent, {"promise_kept": 31})
    counts(office, {"promise_kept": 40, "promise_late": 29})
    rhea = as_user(cast.rhea)
    assert order(rhea, "promise", kent, office) == ["kent", "lafse-office"]
    foot = rhea.get(reverse("admin:dashboards_cell_promise")).content.decode().split("<tfoot>")[1]
    assert "71%" in foot


def test_a_line_of_many_months_stays_in_its_picture() -> None:
    drawn = sparkline([0, 5, 10], width=100, height=20)
    assert drawn.line == "3.0,17.0 50.0,10.0 97.0,3.0"
    assert sparkline([0, 5, 10], width=100, height=20, most=20).last_y == 10.0
    assert sparkline([0, 0]).last_y == 25.0
    assert sparkline([]).line == ""
