"""Paging of the list: every case once, in order, forwards and back, whatever the list and over several councils."""

from copy import copy
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries.board import Narrowed, SpecialFilter, Which
from enquiries.board_pages import PAGE, BoardPage, Place, in_text, order_of, page_of, up_to_most
from enquiries.models import Enquiry, SearchKey
from enquiries.models.enquiry import MOST
from enquiries.search import SearchKind
from enquiries.states import State
from tests import factories
from tests.conftest import Cast

LIST = reverse("admin:enquiries_enquiry_changelist")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)
MANY = PAGE + 20
WISHES = [
    Narrowed(),
    Narrowed(state=Which.CLOSED),
    Narrowed(state=Which.ALL),
    Narrowed(state=Which.ALL, special=SpecialFilter.REPLIED),
    Narrowed(state=Which.ALL, typed="Erin"),
]


@pytest.fixture
def olu(cast: Cast) -> Access:
    return access_of(cast.olu)


@pytest.fixture
def many(kent: Council, hampshire: Council) -> None:
    """In two councils, several of them at the same moment, half of them closed, all of them with a reply to read."""
    for council, count in ((kent, MANY + 40), (hampshire, MANY - 40)):
        pattern = factories.enquiry(council)
        with as_council(council):
            cases = [copy_of(pattern, number) for number in range(count * 2)]
            Enquiry.objects.bulk_create(cases)
            ToDo.objects.bulk_create(reply_to(case) for case in cases)
            SearchKey.objects.bulk_create(
                SearchKey(council=council, enquiry=case, kind=SearchKind.NAME, key="erin") for case in cases
            )
            SearchKey.objects.filter(enquiry=pattern).delete()


def copy_of(pattern: Enquiry, number: int) -> Enquiry:
    moment, closed = NOON + timedelta(minutes=number // 6), number % 2
    case = copy(pattern)
    case.pk, case.reference, case.created_at = uuid4(), f"{pattern.reference[:4]}{number}", moment
    case.state, case.closed_at = (State.NO_REPLY, moment) if closed else (State.NEW, None)
    case.next_due_at = None if closed else moment
    case.close_reason = ""
    return case


def reply_to(case: Enquiry) -> ToDo:
    about = {"subject_kind": "enquiry", "subject_id": case.pk, "about_council_id": case.council_id}
    return ToDo(council_id=case.council_id, kind=ToDoKind.REPLIED, **about)


def walked(wish: Narrowed, access: Access) -> list[BoardPage]:
    pages = [page_of(wish, access=access, now=hub_now())]
    while pages[-1].after:
        pages.append(page_of(wish, access=access, now=hub_now(), place=Place.from_text(pages[-1].after)))
    return pages


def keys(page: BoardPage) -> list[UUID]:
    return [case.pk for case in page.cases]


@pytest.mark.usefixtures("many")
def test_every_case_stands_on_one_page_in_order_forwards_and_back(olu: Access) -> None:
    for wish in WISHES:
        with across(olu.councils, reason="test"):
            pages = walked(wish, olu)
            assert len(pages) >= 3
            assert [len(page.cases) for page in pages[:-1]] == [PAGE] * (len(pages) - 1)
            shown = [key for page in pages for key in keys(page)]
            assert len(set(shown)) == len(shown) == pages[0].count
            in_order = order_of(wish).sorted(Enquiry.objects.filter(pk__in=shown), None)
            assert shown == list(in_order.values_list("pk", flat=True))
            for before, after in pairwise(pages):
                back = page_of(wish, access=olu, now=hub_now(), place=Place.from_text(after.before, backwards=True))
                assert keys(back) == keys(before)
                assert back.after
            assert not pages[0].before


@pytest.mark.usefixtures("many")
def test_what_comes_meanwhile_moves_nobody_to_another_page(olu: Access, kent: Council) -> None:
    with across(olu.councils, reason="test"):
        wish = Narrowed(state=Which.ALL)
        first = page_of(wish, access=olu, now=hub_now())
        second = page_of(wish, access=olu, now=hub_now(), place=Place.from_text(first.after))
        factories.enquiry(kent, email="new@example.org")
        again = page_of(wish, access=olu, now=hub_now(), place=Place.from_text(first.after))
    assert keys(again) == keys(second)


def test_another_councils_cases_are_on_no_page(kent: Council, hampshire: Council, cast: Cast) -> None:
    factories.enquiry(hampshire, name="Hana")
    ours = factories.enquiry(kent, name="Ken")
    kate = access_of(cast.kate)
    with across(kate.councils, reason="test"):
        for place in (None, Place((NOON - timedelta(days=9), uuid4()))):
            assert keys(page_of(Narrowed(), access=kate, now=hub_now(), place=place)) == [ours.pk]


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-11-24~", "2026-11-24T12:00:00~7c0e7a3e-2f7c-4e4f-9d0b-6f2f3c1d2e3f", "~~", "\x00", "9" * 5000],
)
def test_a_place_that_we_did_not_write_is_the_first_page(kent: Council, cast: Cast, text: str) -> None:
    factories.enquiry(kent, name="Ken")
    browser = Client()
    browser.force_login(cast.kate)
    assert Place.from_text(text) is None
    page = browser.post(LIST, {"typed": "Ken", "after": text.replace("\x00", "")})
    assert [row.case.name for row in page.context["rows"]] == ["Ken"]


def test_a_place_is_read_as_it_was_written() -> None:
    spot = (NOON.replace(microsecond=7), uuid4())
    assert Place.from_text(in_text(spot)) == Place(spot)


def test_counts_stop_at_999() -> None:
    assert [up_to_most(count) for count in (0, 998, 999, MOST)] == ["0", "998", "999", "999+"]
