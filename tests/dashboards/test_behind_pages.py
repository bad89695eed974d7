"""Pages of the lists behind figures: as many rows as a figure says, for those alone who may see the cases."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, CouncilKind, User
from councils.roles import Role
from councils.tenancy import as_council
from dashboards.actions.writing import write_difference
from dashboards.behind.listed import MOST, PAGE
from dashboards.behind.sought import LISTED
from dashboards.measures import MEASURES, Unit
from enquiries.models import Enquiry
from enquiries.models.enquiry_personal import WHEN_ERASED
from tests import factories
from tests.dashboards.counted import counts
from tests.dashboards.lists import LINK, MONTHS, YEAR, behind, made_up, number, number_in, page_at, rows
from tests.dashboards.made_up import MadeUp
from tests.dashboards.small_hub import SmallHub, small_hub, sown

__all__ = ["small_hub", "sown"]
AsUser = Callable[[User], Client]


def test_each_figure_of_a_council_opens_a_list_of_as_many(small_hub: SmallHub, as_user: AsUser) -> None:
    for who, council in ((small_hub.cast.kate, small_hub.kent), (small_hub.cast.olu, small_hub.hampshire)):
        client = as_user(who)
        for figure in LISTED.keys() - {"cohort", "cohort_source", "stage_days"}:
            page = behind(client, figure, council, **YEAR)
            assert rows(page) == number(page)
            assert ("Nobody was counted here." in page) == (number(page) == 0)
            assert LISTED[figure].definition in page


PAGES = ["region", "councils", "funnel", "promise", "sources", "ambassadors"]
OF_A_COUNCIL = ["council", "council_funnel", "council_promise", "council_sources", "council_ambassadors"]


@pytest.mark.parametrize("name", [*PAGES, *OF_A_COUNCIL])
def test_a_number_on_a_page_leads_to_a_list_that_says_the_same(name: str, small_hub: SmallHub, as_user: AsUser) -> None:
    client = as_user(small_hub.cast.olu)
    address = reverse(f"admin:dashboards_cell_{name}", args=["kent"] if name in OF_A_COUNCIL else [])
    page = unescape(client.get(address, MONTHS).content.decode())
    links = {unescape(to): plain for to, words in LINK.findall(page) if (plain := number_in(words)) is not None}
    assert links
    for to, n in links.items():
        shown = unescape(client.get(to).content.decode())
        assert (number(shown), rows(shown)) == (n, n), to


@pytest.mark.parametrize("figure", MEASURES)
def test_a_number_beside_the_map_leads_to_a_list_that_says_the_same(
    figure: str, small_hub: SmallHub, as_user: AsUser
) -> None:
    made_up(small_hub.kent)
    client, asked = as_user(small_hub.cast.olu), {**MONTHS, "figure": figure}
    page = unescape(client.get(reverse("admin:dashboards_cell_map"), asked).content.decode())
    links = dict(LINK.findall(page.partition("staff-map__table")[2]))
    assert any(to.startswith(f"/staff/dashboards/cell/council/kent/list/?{urlencode(MONTHS)}") for to in links)
    for to, words in links.items():
        shown = page_at(client, to)
        assert number(shown) == rows(shown) > 0
        if MEASURES[figure].unit is Unit.COUNT or " of " in words:
            assert int(words.split()[0]) == number(shown), "of a share, those who make it up"


def test_the_map_leads_to_the_running_year_where_its_figure_is_none(small_hub: SmallHub, as_user: AsUser) -> None:
    asked = {**MONTHS, "figure": "nothing"}
    page = as_user(small_hub.cast.olu).get(reverse("admin:dashboards_cell_map"), asked).content.decode()
    assert "/council/kent/list/?figure=enquiries" in page
    assert "/list/" not in as_user(small_hub.cast.rhea).get(reverse("admin:dashboards_cell_map")).content.decode()


def test_the_list_tells_what_the_case_is_and_where(small_hub: SmallHub, as_user: AsUser) -> None:
    page = behind(as_user(small_hub.cast.kate), "approvals", small_hub.kent)
    case = small_hub.approved
    assert f'<a href="/staff/enquiries/enquiry/{case.pk}/change/">{case.reference}</a>' in page
    for words in (case.name, "9 June 2026", "Approved", small_hub.kent.name, "May 2026 to June 2026"):
        assert words in page


@pytest.mark.parametrize(
    ("split", "value", "n", "words"),
    [
        ("source", "print", 1, "Posters, leaflets, newspapers"),
        ("source", "email", 0, "Email"),
        ("code", "=teens", 1, "=teens"),
    ],
)
def test_a_part_of_a_figure_has_a_list_as_well(
    split: str, value: str, n: int, words: str, small_hub: SmallHub, as_user: AsUser
) -> None:
    page = behind(as_user(small_hub.cast.kate), "enquiries", small_hub.kent, split=split, value=value)
    assert (number(page), rows(page)) == (n, n)
    assert words in page


def test_who_was_passed_on_is_counted_and_not_shown_to_who_sees_the_first_council_alone(
    small_hub: SmallHub, as_user: AsUser
) -> None:
    client = as_user(small_hub.cast.hal)
    page = behind(client, "received", small_hub.hampshire)
    assert (number(page), rows(page)) == (2, 1)
    assert "And <strong>1</strong> that another council has by now" in page
    page = behind(client, "passed_on", small_hub.hampshire)
    assert (number(page), rows(page)) == (1, 0)
    assert f"/staff/enquiries/enquiry/?state=passed_on&council={small_hub.hampshire.pk}" in page
    assert rows(behind(as_user(small_hub.cast.olu), "passed_on", small_hub.hampshire)) == 1


def test_who_may_see_no_cases_opens_no_list(small_hub: SmallHub, as_user: AsUser) -> None:
    kent = reverse("admin:dashboards_cell_council_behind", args=["kent"])
    region = reverse("admin:dashboards_cell_behind")
    cast = small_hub.cast
    for who in (cast.rhea, small_hub.ada):
        assert {as_user(who).get(address).status_code for address in (kent, region)} == {403}
        assert "/list/" not in as_user(who).get(reverse("admin:dashboards_cell_councils")).content.decode()
    assert [as_user(cast.hal).get(address).status_code for address in (kent, region)] == [404, 403]
    assert [as_user(cast.kate).get(address).status_code for address in (kent, region)] == [200, 403]
    assert [as_user(cast.olu).get(address).status_code for address in (kent, region)] == [200, 200]


def test_who_leads_the_region_and_works_in_a_council_opens_the_lists_of_that_one(
    small_hub: SmallHub, as_user: AsUser
) -> None:
    office = Council.objects.get(hub=small_hub.hub, kind=CouncilKind.HUB_OFFICE)
    both = factories.user("Both", office, Role.REGIONAL_LEAD)
    both.memberships.create(council=small_hub.kent, role=Role.OFFICER)
    client = as_user(both)
    page = client.get(reverse("admin:dashboards_cell_councils"), MONTHS).content.decode()
    assert "/council/kent/list/" in page
    assert "/region/list/" not in page
    assert "/council/hampshire/list/" not in page
    assert client.get(reverse("admin:dashboards_cell_behind")).status_code == 403


def test_who_was_erased_counts_and_is_not_named(small_hub: SmallHub, as_user: AsUser) -> None:
    case = small_hub.approved
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**WHEN_ERASED, erased_at=hub_now(), next_follow_up_at=None)
    page = behind(as_user(small_hub.cast.kate), "approvals", small_hub.kent)
    assert (number(page), rows(page)) == (1, 1)
    assert "Erased on 20 November 2026" in page
    assert case.name not in page


@pytest.mark.parametrize(
    "asked",
    [
        *({"figure": "nothing"}, {"figure": "clicks"}, {"figure": "cohort"}, {"split": "about", "value": "money"}),
        *({"split": "source", "value": "<b>"}, {"split": "stage", "value": "visited"}, {"page": "0"}, {"page": "²"}),
        *(
            {"figure": "cohort", "split": "stage", "value": ""},
            {"figure": "wishes", "split": "about", "value": "money"},
        ),
        *({"since": "2026-05-40", "until": "2026-06-01"}, {"since": "2026-06-01"}),
        {"since": "2026-05-01", "until": "2026-06-01", "split": "source", "value": "print"},
        {"figure": "cohort_source", "split": "source", "value": "print"},
        {"split": "source", "value": "print|visited"},
    ],
)
def test_there_is_no_list_of_what_is_not_counted(asked: dict[str, str], small_hub: SmallHub, as_user: AsUser) -> None:
    address = reverse("admin:dashboards_cell_council_behind", args=["kent"])
    assert as_user(small_hub.cast.kate).get(address, asked).status_code == 404


@pytest.mark.parametrize("value", ["money", "", "nothing"])
def test_that_topics_of_wishes_have_no_list_is_said_in_words(value: str, small_hub: SmallHub, as_user: AsUser) -> None:
    """The same whatever was counted, so that nothing is told by it."""
    asked = {"figure": "wishes", "split": "about", "value": value}
    kent, region = (f"admin:dashboards_cell_{name}" for name in ("council_behind", "behind"))
    pages = [
        as_user(small_hub.cast.kate).get(reverse(kent, args=["kent"]), asked),
        as_user(small_hub.cast.olu).get(reverse(region), asked),
    ]
    for page in pages:
        assert page.status_code == 404
        assert "There is no list of who wished to talk about what" in page.content.decode()
    assert as_user(small_hub.cast.rhea).get(reverse(region), asked).status_code == 403


def test_days_are_asked_for_as_well(small_hub: SmallHub, as_user: AsUser) -> None:
    client = as_user(small_hub.cast.kate)
    page = behind(client, "approvals", small_hub.kent, since="2026-06-09", until="2026-06-09")
    assert (number(page), rows(page)) == (1, 1)
    assert "9 June 2026 to 9 June 2026" in page
    assert rows(behind(client, "approvals", small_hub.kent, until="2026-06-08")) == 0


def test_a_long_list_is_read_page_by_page(small_hub: SmallHub, as_user: AsUser) -> None:
    kent = small_hub.kent
    with as_council(kent):
        many = [each for each in MadeUp([kent]).journeys(3 * PAGE) if each.real or each.state == "duplicate"]
        write_difference(kent.hub_id, [], many)
    client = as_user(small_hub.cast.kate)
    first = behind(client, "received", kent, **YEAR)
    assert rows(first) == PAGE
    assert f"These are 1 to {PAGE}." in first
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    listed_there = [rows(first), *(rows(page_at(client, f"{following[:-1]}{page}")) for page in (2, 3))]
    assert sum(listed_there) == number(first) > 2 * PAGE
    assert "There is no such page" in behind(client, "received", kent, page="9", **YEAR)


def test_where_list_and_figure_differ_the_page_says_that_figures_are_being_made(
    small_hub: SmallHub, as_user: AsUser
) -> None:
    counts(small_hub.kent, {"introduced": 3}, on=date(2026, 5, 3))
    told = "being made anew just now: 0 are listed"
    assert told in behind(as_user(small_hub.cast.olu), "introduced", small_hub.kent)
    assert told not in behind(as_user(small_hub.cast.kate), "introduced", small_hub.kent)


def test_of_too_many_shorter_lists_are_offered(small_hub: SmallHub, as_user: AsUser) -> None:
    """Each with its count, by month; of a single month by council."""
    counts(small_hub.hampshire, {"visits": MOST}, on=date(2026, 5, 3))
    counts(small_hub.kent, {"visits": 7}, on=date(2026, 5, 3))
    client = as_user(small_hub.cast.olu)
    page = behind(client, "visits")
    assert rows(page) == 0
    (month,) = [to for to, words in LINK.findall(page) if words == "May 2026"]
    page = page_at(client, month)
    assert f"A list holds up to {MOST:,}" in page
    (kent,) = [to for to, words in LINK.findall(page) if words == small_hub.kent.name]
    page = page_at(client, kent)
    assert number(page) == 9, "with two that came before"
