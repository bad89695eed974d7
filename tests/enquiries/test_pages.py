"""The pages around the form: what they must say, and what they must never keep."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from councils.models import Council, Hub
from enquiries.privacy import CURRENT, VERSIONS

PAGES = (
    "home",
    "councils",
    "what_happens_next",
    "privacy",
    "accessibility",
    "cookies",
    "contact",
    "worried",
)


def text_of(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(f"pages:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_and_a_title_that_ends_with_the_hub(client: Client, lafse: Hub, name: str) -> None:
    page = text_of(client, name)
    assert len(re.findall(r"<h1\b", page)) == 1
    title = re.search(r"<title>(.+?)</title>", page)
    assert title is not None
    assert title[1].endswith(f" – {lafse.name}")
    assert not title[1].startswith(("Error", " "))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_cannot_be_posted_to(client: Client, lafse: Hub, name: str) -> None:
    assert client.post(reverse(f"pages:{name}")).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_where_the_postcodes_come_from(client: Client, lafse: Hub, name: str) -> None:
    page = text_of(client, name)
    assert "Office for National Statistics licensed under the Open Government Licence v3.0" in page
    assert "Contains OS data © Crown copyright" in page
    assert "Contains Royal Mail data © Royal Mail copyright" in page


def test_the_home_page_starts_the_form_with_a_postcode(client: Client, lafse: Hub) -> None:
    page = text_of(client, "home")
    assert f'<form action="{reverse("enquire:postcode")}" method="post"' in page
    assert 'name="postcode"' in page
    assert "csrfmiddlewaretoken" in page


def test_the_list_names_every_council_and_no_hub_office(client: Client, lafse: Hub, office: Council) -> None:
    page = text_of(client, "councils")
    for council in Council.objects.fostering().filter(hub=lafse):
        assert f'href="{council.get_absolute_url()}"' in page
    assert page.count('href="/councils/') == 20 + 1  # and the footer's link to the list
    assert "these 20 councils" in page


def test_a_council_answered_by_another_service_says_so(client: Client, lafse: Hub) -> None:
    page = text_of(client, "council", "kingston-upon-thames")
    assert "Achieving for Children answers for Royal Borough of Kingston upon Thames." in page


def test_a_council_with_a_phone_shows_its_own(client: Client, kent: Council) -> None:
    page = text_of(client, "council", kent.slug)
    assert f">{kent.phone}</a>" in page
    assert "Kent County Council’s own number" not in page


def test_a_council_without_a_phone_shows_the_hubs_and_says_so(client: Client, lafse: Hub) -> None:
    reading = Council.objects.get(slug="reading")
    assert not reading.phone
    page = text_of(client, "council", reading.slug)
    assert f">{lafse.phone}</a><br>We do not have Reading Borough Council’s own number." in page
    assert f">{lafse.email}</a><br>We do not have Reading Borough Council’s own address." in page


def test_a_number_from_an_old_page_says_how_old(client: Client, lafse: Hub) -> None:
    assert "We took the number from a public page of 2015." in text_of(client, "council", "oxfordshire")
    assert "We took the number from a public page." in text_of(client, "council", "medway")
    assert "We took the number" not in text_of(client, "council", "kent")


def test_a_council_page_names_the_districts_it_covers(client: Client, hampshire: Council) -> None:
    assert "Winchester" in text_of(client, "council", hampshire.slug)


def test_a_council_page_says_its_own_minimum_age(client: Client, lafse: Hub) -> None:
    assert "to be 18 or over" in text_of(client, "council", "portsmouth")
    assert "to be 21 or over" in text_of(client, "council", "kent")


@pytest.mark.parametrize("name", ["council", "worried_council"])
def test_a_hub_office_and_a_council_that_does_not_exist_have_no_page(
    client: Client, office: Council, name: str
) -> None:
    for slug in (office.slug, "nowhere"):
        assert client.get(reverse(f"pages:{name}", args=[slug])).status_code == 404


def test_another_hubs_council_has_no_page_here(client: Client, lafse: Hub) -> None:
    stranger = Council.objects.fostering().exclude(hub=lafse).first()
    assert stranger is not None
    assert client.get(stranger.get_absolute_url()).status_code == 404


def test_a_hub_with_its_own_address_gets_its_own_name(client: Client, lafse: Hub) -> None:
    other = Hub.objects.exclude(pk=lafse.pk).get(slug="foster4")
    other.domain = "testserver"
    other.save()
    for name in PAGES:
        page = text_of(client, name)
        assert other.name in page
        assert lafse.name not in page
        assert lafse.phone not in page


def test_every_stored_version_of_the_privacy_notice_can_be_read(client: Client, lafse: Hub) -> None:
    for version in VERSIONS:
        assert f"Version {version}." in text_of(client, "privacy_version", version)
    assert f"Version {CURRENT}." in text_of(client, "privacy")
    assert client.get(reverse("pages:privacy_version", args=["1999-01"])).status_code == 404


def test_the_privacy_notice_names_every_controller(client: Client, lafse: Hub) -> None:
    page = text_of(client, "privacy")
    names = Council.objects.fostering().filter(hub=lafse).values_list("name", flat=True)
    assert [name for name in names if f"<li>{name}</li>".replace("&", "&amp;") not in page] == []
    assert "Bracknell Forest Council leads the partnership." in page


def test_worried_about_a_child_leads_to_999_and_keeps_nothing(client: Client, kent: Council) -> None:
    for page in (text_of(client, "worried"), text_of(client, "worried_council", kent.slug)):
        assert 'href="tel:999"' in page
        assert "csrfmiddlewaretoken" not in page
        assert "This page keeps nothing and tells nobody" in page
        assert "have not kept" not in page  # whoever follows a link out of the form still has answers there
    assert not client.cookies
    assert kent.phone in page


def test_every_cookie_that_is_set_is_named(client: Client, lafse: Hub) -> None:
    client.get(reverse("pages:home"))
    page = text_of(client, "cookies")
    assert client.cookies
    assert all(f">{name}</th>" in page for name in client.cookies)


def test_an_unknown_address_gets_a_page_of_ours(client: Client, lafse: Hub) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()
    assert lafse.phone in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_page_needs_no_database(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert len(re.findall(r"<h1\b", page)) == 1


def test_a_council_page_costs_four_queries(client: Client, kent: Council) -> None:
    with CaptureQueriesContext(connection) as queries:  # hub, council, clock, areas
        client.get(kent.get_absolute_url())
    assert len(queries) == 4


def test_a_hub_with_a_domain_of_its_own_is_shown_there(client: Client, lafse: Hub, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["foster4.example.org", "testserver"]
    Hub.objects.filter(slug="foster4").update(domain="foster4.example.org")
    assert "Foster4" in client.get("/", headers={"host": "foster4.example.org"}).content.decode()
    assert "Local Authority Fostering South East" in client.get("/").content.decode()
