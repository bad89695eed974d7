"""Pages of lists behind figures, as tests read them."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from councils.models import Council
from councils.tenancy import as_council
from dashboards.actions.writing import write_difference
from tests.dashboards.made_up import MadeUp

YEAR = {"period": "months", "first": "2026-04", "last": "2026-11"}
MONTHS = {"period": "months", "first": "2026-05", "last": "2026-06"}
LINK = re.compile(r'<a [^>]*href="([^"]*/list/\?[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
TOLD = re.compile(r"<strong>([\d,]+)</strong>, as counted at \d\d:\d\d:\d\d")


def behind(client: Client, figure: str, council: Council | None = None, **asked: str) -> str:
    name, args = ("council_behind", [council.slug]) if council else ("behind", [])
    answer = client.get(reverse(f"admin:dashboards_cell_{name}", args=args), {"figure": figure, **MONTHS, **asked})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def rows(page: str) -> int:
    return page.count('<th scope="row">')


def number(page: str) -> int:
    found = TOLD.search(page)
    assert found, page
    return int(found[1].replace(",", ""))


def number_in(words: str) -> int | None:
    """Not of a share or of a time: those have a unit."""
    first, *rest = re.sub(r"<[^>]*>", " ", words).split()
    of_time = rest[:1] and rest[0] in ("h", "hour", "hours", "day", "days")
    return int(first.replace(",", "")) if re.fullmatch(r"[\d,]+", first) and not of_time else None


def made_up(council: Council) -> None:
    """Journeys without cases, in which everything took its time."""
    with as_council(council):
        write_difference(council.hub_id, [], MadeUp([council]).journeys(60))


def table(page: str, title: str) -> dict[str, list[str]]:
    """Of a page: what stands in the cells of each row, and before them where its first word leads."""
    body = page.partition(f'aria-label="{title}"')[2].partition("<tbody>")[2].partition("</table>")[0]
    lines = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    leads = {re.sub("<[^>]*>", "", head): re.findall('href="([^"]*)"', head) for head, _ in lines}
    return {
        name: [*leads[name], *re.findall(r"<td[^>]*>(.*?)</td>", cells)]
        for name, (_, cells) in zip(leads, lines, strict=True)
    }


def page_at(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())
