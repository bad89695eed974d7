"""Codes of campaigns: what they may be, who makes them, and the pictures of their addresses."""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from campaigns.actions import codes
from campaigns.actions.campaigns import Planned, begin
from campaigns.actions.codes import Wanted
from campaigns.came import qr
from campaigns.came.codes import is_word, known_code, open_code, short_address
from campaigns.models import Campaign, Code
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.came import Code as Known
from enquiries.came_states import Source
from tests import factories
from tests.conftest import Cast

WANTED = Wanted(word="Teens ", source=Source.PRINT, path="/councils/kent/", label="Surgeries in Ashford")


@pytest.fixture
def campaign(kent: Council, cast: Cast) -> Campaign:
    return begin(kent, Planned(name="Teenagers", starts_on=hub_now().date()), by=access_of(cast.mina))


@pytest.fixture
def code(campaign: Campaign, cast: Cast) -> Code:
    return codes.make(campaign, WANTED, by=access_of(cast.mina))


@pytest.mark.parametrize("word", ["teens", "winter-2", "20261122", "a1"])
def test_a_word_is_short_and_plain(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize(
    "word", ["", "a", "-teens", "teens-", "two words", "07700900123", "me141xx", "a" * 41, "TEENS", "ü1"]
)
def test_what_nobody_can_say_or_what_may_be_personal_is_no_word(word: str) -> None:
    assert not is_word(word)


def test_a_code_is_found_however_it_is_typed(code: Code) -> None:
    assert (code.code, open_code(code.hub, " TEENS ")) == ("teens", code)
    assert known_code(code.hub_id, "teens") == Known(Source.PRINT, "Surgeries in Ashford")
    with as_council(code.council_id):
        assert Event.objects.filter(verb="campaign.code_made", facts__code="teens").count() == 1


def test_a_word_is_taken_once_in_the_hub(code: Code, campaign: Campaign, cast: Cast) -> None:
    with pytest.raises(Refused, match="taken"):
        codes.make(campaign, WANTED, by=access_of(cast.mina))


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/", "//elsewhere.example/", "/staff/", "/councils/hampshire/"]
)
def test_a_code_leads_only_to_a_page_of_ours(campaign: Campaign, cast: Cast, path: str) -> None:
    with pytest.raises(Refused, match="our own pages"):
        codes.make(campaign, Wanted(word="teens", source=Source.PRINT, path=path), by=access_of(cast.mina))


def test_whoever_edits_no_campaigns_there_makes_and_ends_no_code(campaign: Campaign, code: Code, cast: Cast) -> None:
    for user in (cast.kate, cast.hal):
        with pytest.raises(RoleRefused):
            codes.make(campaign, WANTED, by=access_of(user))
        with pytest.raises(RoleRefused):
            codes.end(code, by=access_of(user))


def test_an_ended_code_still_tells_where_somebody_came_from(code: Code, cast: Cast) -> None:
    first = codes.end(code, by=access_of(cast.mina))
    again = codes.end(code, by=access_of(cast.mina))
    assert first.ended_at == again.ended_at is not None
    assert open_code(code.hub, "teens") is None
    assert known_code(code.hub_id, "teens")
    with as_council(code.council_id):
        assert Event.objects.filter(verb="campaign.code_ended").count() == 1


def test_a_qr_code_has_its_quiet_zone_and_its_address_below(code: Code) -> None:
    drawn = qr.svg(short_address(code), "hub.example/go/<teens>")
    assert "hub.example/go/&lt;teens&gt;</text>" in drawn
    assert "script" not in drawn
    picture = Image.open(io.BytesIO(qr.png(short_address(code), "hub.example/go/teens")))
    assert picture.height > picture.width
    quiet = 4 * 24
    edges = [picture.crop((0, 0, picture.width, quiet)), picture.crop((0, 0, quiet, picture.width))]
    assert all(edge.getextrema() == (255, 255) for edge in edges)
    below = picture.crop((0, picture.width, picture.width, picture.height))
    assert below.histogram()[0] > 100


def test_a_hub_with_a_site_of_its_own_prints_that(code: Code) -> None:
    assert short_address(code).endswith("/go/teens")
    code.hub.domain = "fostering.example.org"
    assert short_address(code).endswith("://fostering.example.org/go/teens")


class Desk:
    """Somebody's browser, at one campaign."""

    def __init__(self, client: Client, campaign: Campaign) -> None:
        self.client, self.at = client, f"/staff/campaigns/campaign/{campaign.pk}/codes/"

    def make(self, **typed: str) -> Any:
        asked = {"word": "teens", "source": "print", "path": "/councils/kent/", "label": ""} | typed
        return self.client.post(self.at, asked, follow=True)


def test_an_editor_makes_a_code_downloads_it_and_ends_it(campaign: Campaign, cast: Cast, as_user: Any) -> None:
    desk = Desk(as_user(cast.mina), campaign)
    assert "No codes yet" in desk.client.get(desk.at).content.decode()
    page = desk.make(word="Teens")
    assert "/go/teens" in page.content.decode()
    code = Code.objects.get()
    at = f"/staff/campaigns/campaign/code/{code.pk}/"
    drawn, painted = desk.client.get(f"{at}svg/"), desk.client.get(f"{at}png/")
    assert (drawn["Content-Type"], painted["Content-Type"]) == ("image/svg+xml", "image/png")
    assert painted["Content-Disposition"] == 'attachment; filename="qr-teens.png"'
    assert painted.content.startswith(b"\x89PNG")
    assert "Ended" in desk.client.post(f"{at}end/", follow=True).content.decode()
    assert desk.client.get(f"{at}end/").status_code == 405


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"word": "two words"}, "Write the word with 2 to 40"),
        ({"word": ""}, "Write the word."),
        ({"source": "x"}, "Say where people will see or hear it."),
        ({"path": "//elsewhere.example"}, "Choose one of our own pages."),
    ],
)
def test_what_is_wrong_stands_at_the_field(
    campaign: Campaign, cast: Cast, as_user: Any, typed: dict[str, str], told: str
) -> None:
    page = Desk(as_user(cast.mina), campaign).make(**typed)
    assert page.status_code == 409
    assert page.content.decode().count(told) == 2
    assert not Code.objects.exists()


def test_a_colleague_next_door_finds_neither_code_nor_picture(
    campaign: Campaign, code: Code, hampshire: Council, as_user: Any
) -> None:
    client = as_user(factories.user("Ed", hampshire, Role.CAMPAIGN_EDITOR))
    at = f"/staff/campaigns/campaign/code/{code.pk}/"
    pages = [f"/staff/campaigns/campaign/{campaign.pk}/codes/", at, f"{at}svg/", f"{at}png/"]
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(f"{at}end/").status_code == 404


def test_an_email_has_a_word_of_its_own_that_says_where_somebody_came_from(campaign: Campaign) -> None:
    with as_council(campaign.council_id):
        words = {codes.code_of_email(campaign, "November").code for _ in range(3)}
    assert len(words) == 3
    assert all(
        is_word(word) and known_code(campaign.council.hub_id, word) == Known(Source.EMAIL, "November") for word in words
    )
