"""What else happened stands beside the figures of its month, and is the hub's own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from councils.access import access_of
from councils.models import Council, CouncilKind, Event, Hub, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council, as_hub
from dashboards.actions.annotating import annotate, show_names, take_away
from dashboards.beside import shows_names
from dashboards.days import remarks_of
from dashboards.models import Annotation
from dashboards.span import Span
from tests import factories
from tests.conftest import Cast
from tests.dashboards.test_council_page import count

LogIn = Callable[[User], Client]
ADDRESS, NAMES = "/staff/dashboards/cell/days/", "/staff/dashboards/cell/names/"
TOLD = {"on": "2026-05-11", "words": "TV campaign started"}


@pytest.fixture
def manager(office: Council) -> User:
    return factories.user("Maya", office, Role.HUB_MANAGER)


def test_the_lead_adds_a_day_and_it_stands_beside_its_month(
    kent: Council,
    office: Council,
    cast: Cast,
    as_user: LogIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    count(kent, "enquiries", 4)
    with django_capture_on_commit_callbacks(execute=True):
        assert as_user(cast.rhea).post(ADDRESS, TOLD).status_code == 302
    span = Span(date(2026, 4, 1), date(2026, 5, 1))
    assert remarks_of(kent.hub_id, span) == {"May 2026": ["11 May: TV campaign started"]}
    assert (
        "11 May: TV campaign started" in as_user(cast.kate).get("/staff/dashboards/cell/council/kent/").content.decode()
    )
    with as_council(office):
        event = Event.objects.get(verb="figures.day_added")
        assert event.by == cast.rhea
        assert "TV" not in str(event.facts)


def test_a_button_pressed_twice_writes_one_day(office: Council, cast: Cast, as_user: LogIn) -> None:
    for _ in range(2):
        as_user(cast.rhea).post(ADDRESS, TOLD)
    with as_hub(office.hub):
        assert Annotation.objects.count() == 1


def test_a_day_is_taken_away_once(office: Council, cast: Cast, as_user: LogIn) -> None:
    made = annotate(office.hub, on=date(2026, 5, 11), words="Radio", by=access_of(cast.olu))
    client = as_user(cast.olu)
    for told in ("Taken away.", "It is not there any more."):
        answer = client.post(ADDRESS, {"take_away": made.pk}, follow=True)
        assert told in answer.content.decode()
    with as_hub(office.hub):
        assert not Annotation.objects.exists()


@pytest.mark.parametrize("wrong", [{"words": ""}, {"words": "x" * 121}, {"on": "31/2/2026"}, {"on": "1999-01-01"}])
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, as_user: LogIn, wrong: dict[str, str]) -> None:
    answer = as_user(cast.rhea).post(ADDRESS, TOLD | wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is a problem" in page
    assert (TOLD | wrong)["on"] in page


def test_a_councils_own_staff_write_no_days(kent: Council, cast: Cast, as_user: LogIn) -> None:
    assert as_user(cast.mina).post(ADDRESS, TOLD).status_code == 403
    with pytest.raises(Refused):
        annotate(kent.hub, on=date(2026, 5, 11), words="Radio", by=access_of(cast.mina))


def test_another_hubs_days_are_neither_seen_nor_taken_away(lafse: Hub, cast: Cast, as_user: LogIn) -> None:
    other = Hub.objects.create(slug="other", name="Other", short_name="O")
    theirs = Council.objects.create(hub=other, kind=CouncilKind.HUB_OFFICE, slug="oo", code="OOO", name="Other office")
    lead = factories.user("Lea", theirs, Role.REGIONAL_LEAD)
    made = annotate(other, on=date(2026, 5, 11), words="Their own", by=access_of(lead))
    assert "Their own" not in as_user(cast.rhea).get(ADDRESS).content.decode()
    assert take_away(lafse, made.pk, by=access_of(cast.rhea)) is False
    with pytest.raises(Refused):
        take_away(other, made.pk, by=access_of(cast.rhea))
    with as_hub(other):
        assert Annotation.objects.get().words == "Their own"


def test_only_the_hub_manager_says_whether_councils_are_named(
    lafse: Hub, manager: User, cast: Cast, as_user: LogIn
) -> None:
    assert as_user(cast.rhea).post(NAMES, {"names": "yes"}).status_code == 403
    with pytest.raises(Refused):
        show_names(lafse, names=True, by=access_of(cast.olu))
    assert as_user(manager).post(NAMES, {"names": "yes"}).status_code == 302
    with as_hub(lafse):
        assert shows_names(lafse.pk)
    assert "Councils see each other’s names." in as_user(cast.rhea).get(NAMES).content.decode()
