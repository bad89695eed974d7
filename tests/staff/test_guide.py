"""The first-day guide: whoever is logged in may read it, its links lead somewhere, its pictures are there and small."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from councils.roles import Role
from staff.guide import PAGES
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
PICTURES = Path(__file__).resolve().parents[2] / "static" / "staff" / "guide"
MOST_BYTES = 400_000
PAGE = [page.slug for page in PAGES]
READERS = {
    "officer": Role.OFFICER,
    "coordinator": Role.COORDINATOR,
    "campaign-editor": Role.CAMPAIGN_EDITOR,
    "manager": Role.MANAGER,
    "hub-officer": Role.HUB_MANAGER,
    "safeguarding": Role.SAFEGUARDING,
}


@pytest.fixture
def reader(kent: Council, office: Council, as_user: AsUser) -> Callable[[str], Client]:
    def reading(slug: str) -> Client:
        role = READERS[slug]
        return as_user(factories.user("Reader", office if role is Role.HUB_MANAGER else kent, role))

    return reading


def read(client: Client, slug: str) -> str:
    answer = client.get(reverse("admin:guide_page", args=[slug]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("slug", PAGE)
def test_every_link_leads_whom_the_page_is_for_to_a_page(reader: Callable[[str], Client], slug: str) -> None:
    client = reader(slug)
    links = set(re.findall(r'<a href="(/staff/[^"#?]*)"', content_of(read(client, slug))))
    assert len(links) > 2
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def content_of(page: str) -> str:
    return page.split('<main id="content-start"')[1].split("</main>")[0]


@pytest.mark.parametrize("slug", PAGE)
def test_the_index_says_which_page_is_ones_own(reader: Callable[[str], Client], slug: str) -> None:
    index = reader(slug).get(reverse("admin:guide")).content.decode()
    assert f'href="{reverse("admin:guide_page", args=[slug])}"' in index
    own = [each.split("</strong>")[0] for each in index.split("<strong>") if "For you" in each.split("</li>")[0]]
    assert next(page.title for page in PAGES if page.slug == slug) in own


@pytest.mark.parametrize("slug", PAGE)
def test_every_picture_is_there_and_is_told_in_words(reader: Callable[[str], Client], slug: str) -> None:
    pictures = re.findall(r'<img src="[^"]*/staff/guide/([\w-]+\.webp)" alt="([^"]*)"', read(reader(slug), slug))
    assert pictures
    for name, words in pictures:
        assert (PICTURES / name).is_file(), name
        assert len(words) > 30, name


def test_no_picture_is_left_over_and_all_are_small(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.kate)
    shown = {name for slug in PAGE for name in re.findall(r"/staff/guide/([\w-]+\.webp)", read(client, slug))}
    files = {file.name: file.stat().st_size for file in PICTURES.glob("*.webp")}
    assert set(files) == shown
    assert sum(files.values()) < MOST_BYTES


def test_whoever_is_not_logged_in_reads_nothing(client: Client, db: None) -> None:
    assert client.get(reverse("admin:guide")).status_code == 302


def test_a_page_that_there_is_not_is_not_found(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.kate).get(reverse("admin:guide_page", args=["nobody"])).status_code == 404


@pytest.mark.parametrize("name", ["Your work", "Enquiries", "To do", "Handovers", "Absences", "Guide"])
def test_the_pages_that_the_guide_names_are_called_so_in_the_navigation(cast: Cast, as_user: AsUser, name: str) -> None:
    page = as_user(cast.kate).get(reverse("admin:guide")).content.decode()
    navigation = page.split('aria-label="Main"')[1].split("</nav>")[0]
    assert f">{name}</a>" in navigation
