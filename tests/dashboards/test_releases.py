"""Releases: asked for once, made by a worker, never changed, and no count under the threshold in them or to be had."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

import pytest
from django.test import Client

from councils.access import access_of
from councils.models import Council, CouncilKind, Event, Hub, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council, as_hub
from councils.working_time import LONDON
from dashboards.actions.release_asking import ask
from dashboards.actions.release_making import make_releases
from dashboards.disclosure.grid import Period, of_code, over, period_of
from dashboards.figures import Split
from dashboards.models import Release
from dashboards.states import ReleaseKind
from dashboards.tasks import make_releases as task
from tests import factories
from tests.conftest import Cast
from tests.dashboards.counted import counts, parts

LogIn = Callable[[User], Client]
Clock = Callable[[datetime], None]
ADDRESS = "/staff/dashboards/cell/releases/"
MAY, AUGUST = date(2025, 5, 12), date(2025, 8, 3)
Q1, Q2, YEAR = Period(2025, "q1"), Period(2025, "q2"), Period(2025, "year")


@pytest.fixture
def autumn(move_clock: Clock) -> None:
    move_clock(datetime(2026, 9, 7, 10, tzinfo=LONDON))


@pytest.fixture
def counted(autumn: None, kent: Council, hampshire: Council) -> None:
    parts(kent, "enquiries", Split.SOURCE, {"search": 41, "print": 3}, on=MAY)
    parts(hampshire, "enquiries", Split.SOURCE, {"search": 30, "print": 12}, on=MAY)
    parts(kent, "enquiries", Split.SOURCE, {"search": 47}, on=AUGUST)
    counts(kent, {"wishes": 25}, on=MAY)
    parts(kent, "wishes", Split.ABOUT, {"money": 14, "single": 9, "working": 25}, on=MAY)


def released(office: Council, period: Period, kind: ReleaseKind, figure: str) -> Mapping[str, Mapping[str, int | None]]:
    with as_hub(office.hub):
        found = Release.objects.get(hub=office.hub, kind=kind, first=period.first, last=period.last).shown
    rows: Mapping[str, Mapping[str, int | None]] = found[figure]
    return rows


def make(office: Council, lead: User, *periods: Period) -> None:
    for period in periods:
        ask(office.hub, period, by=access_of(lead))
    task()


def test_periods_are_quarters_and_years_that_are_over() -> None:
    today = date(2026, 9, 7)
    assert [each.code for each in over(today)][:3] == ["2026-q1", "2025-year", "2025-q4"]
    assert of_code("2026-q2", today) is None
    assert [period_of(each.first, each.last) for each in over(today)] == over(today)
    assert (YEAR.first, YEAR.last) == (date(2025, 4, 1), date(2026, 3, 1))


def test_small_counts_are_masked_and_so_is_what_would_tell_them(counted: None, office: Council, cast: Cast) -> None:
    make(office, cast.rhea, Q1)
    sources = released(office, Q1, ReleaseKind.SOURCES, "enquiries")
    assert sources["all"] == {"q1": 86}
    assert sources["source search"] == {"q1": 71}
    assert sources["source direct"] == {"q1": None}  # nobody
    assert sources["source print"] == {"q1": None}  # 86 less 71 and 15 would tell that nobody came by another
    councils = released(office, Q1, ReleaseKind.COUNCILS, "enquiries")
    assert councils["all"] == {"q1": 86}
    assert all(columns["q1"] is None for row, columns in councils.items() if row != "all")  # Kent knows its own 44


def test_wishes_are_masked_under_ten_and_where_nearly_all_wish_the_same(
    counted: None, office: Council, cast: Cast
) -> None:
    make(office, cast.rhea, Q1)
    rows = released(office, Q1, ReleaseKind.WISHES, "wishes")
    assert rows["topic money"]["q1"] == 14
    assert rows["topic single"]["q1"] is None
    assert rows["topic working"]["q1"] is None  # all of them


def test_a_release_stays_as_it_was_and_so_does_its_quarter_in_the_year(
    counted: None, office: Council, kent: Council, cast: Cast
) -> None:
    make(office, cast.rhea, Q1)
    quarter = released(office, Q1, ReleaseKind.SOURCES, "enquiries")
    parts(kent, "enquiries", Split.SOURCE, {"search": 100}, on=MAY)
    assert not ask(office.hub, Q1, by=access_of(cast.rhea))
    assert make_releases() == 0
    assert released(office, Q1, ReleaseKind.SOURCES, "enquiries") == quarter
    make(office, cast.rhea, YEAR, Q2)
    year = released(office, YEAR, ReleaseKind.SOURCES, "enquiries")
    assert {row: columns["q1"] for row, columns in year.items()} == {
        row: columns["q1"] for row, columns in quarter.items()
    }
    assert year["all"]["year"] in (133, None)
    after = released(office, Q2, ReleaseKind.SOURCES, "enquiries")
    assert {row: columns["q2"] for row, columns in year.items()} == {
        row: columns["q2"] for row, columns in after.items()
    }


def test_who_sees_one_council_alone_does_not_ask_for_releases(autumn: None, office: Council, cast: Cast) -> None:
    with pytest.raises(Refused):
        ask(office.hub, Q1, by=access_of(cast.mina))


def test_a_quarter_that_is_not_over_is_not_released(autumn: None, office: Council, cast: Cast) -> None:
    with pytest.raises(Refused, match="once it is over"):
        ask(office.hub, Period(2026, "q2"), by=access_of(cast.rhea))


def test_asking_is_written_down(autumn: None, office: Council, cast: Cast) -> None:
    ask(office.hub, Q1, by=access_of(cast.rhea))
    with as_council(office):
        assert Event.objects.filter(verb="figures.release_asked").count() == 1


def test_whoever_sees_the_region_asks_on_a_page_and_a_council_reads_what_was_made(
    counted: None, office: Council, cast: Cast, as_user: LogIn
) -> None:
    lead, officer = as_user(cast.rhea), as_user(cast.kate)
    assert lead.post(ADDRESS, {"period": "2026-q9"}).status_code == 422
    assert lead.post(ADDRESS, {"period": Q1.code}).status_code == 302
    assert "being made" in lead.get(ADDRESS).text
    assert lead.get(f"{ADDRESS}{Q1.code}/").status_code == 404
    task()
    listed, page = officer.get(ADDRESS), officer.get(f"{ADDRESS}{Q1.code}/")
    assert "April 2025 to June 2025" in listed.text
    assert "Release figures" not in listed.text
    assert "fewer than 10 are masked" in page.text
    assert "<td>86</td>" in page.text
    assert ">44<" not in page.text
    assert officer.post(ADDRESS, {"period": YEAR.code}).status_code == 403


def test_the_file_holds_what_the_page_shows(counted: None, office: Council, cast: Cast, as_user: LogIn) -> None:
    make(office, cast.rhea, Q1)
    lines = as_user(cast.kate).get(f"{ADDRESS}{Q1.code}/?file=csv").text.splitlines()
    enquiries = "How people heard of us,Initial enquiries"
    months = '"April to June, April 2025 to June 2025"'
    assert f'{enquiries},"Search, unpaid",{months},71' in lines
    assert f'{enquiries},"Posters, leaflets, newspapers",{months},[c]' in lines


def test_another_hub_has_releases_of_its_own(counted: None, office: Council, cast: Cast, as_user: LogIn) -> None:
    make(office, cast.rhea, Q1)
    other = Hub.objects.create(slug="other", name="Other", short_name="O")
    elsewhere = Council.objects.create(hub=other, kind=CouncilKind.HUB_OFFICE, slug="oo", code="OOO", name="Other")
    stranger = as_user(factories.user("Sam", elsewhere, Role.REGIONAL_LEAD))
    assert "Nothing has been released yet." in stranger.get(ADDRESS).text
    assert stranger.get(f"{ADDRESS}{Q1.code}/").status_code == 404
