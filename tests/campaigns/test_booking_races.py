"""Several people at the same moment: nobody is given a place twice, and no place stays empty while somebody waits."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from campaigns.actions.bookings import Booker, book, cancel, seated
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState
from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry
from tests.campaigns import made_up


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    yield Council.objects.get(slug="kent")


def at_once(*acts: Callable[[], object]) -> None:
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def booker(number: int, people: int = 1) -> Booker:
    return Booker(f"Person {number}", email=f"person{number}@example.org", postcode="ME14 1XX", people=people)


def states(gathering: Gathering) -> list[str]:
    with as_council(gathering.council_id):
        return sorted(Booking.objects.filter(gathering=gathering).values_list("state", flat=True))


def test_the_last_place_is_given_once_however_many_want_it_in_the_same_second(kent: Council) -> None:
    evening = made_up.gathering(kent, places=3)
    at_once(*(partial(book, evening, booker(number), by=None) for number in range(8)))
    assert states(evening) == ["booked"] * 3 + ["waiting"] * 5
    with as_council(kent):
        assert seated(evening) == 3
        assert Enquiry.objects.count() == 8, "who waits for a place has enquired, too"


def test_a_form_that_is_sent_twice_at_once_books_once(kent: Council) -> None:
    evening = made_up.gathering(kent)
    at_once(*[partial(book, evening, booker(1), by=None)] * 4)
    assert states(evening) == ["booked"]
    with as_council(kent):
        assert Enquiry.objects.count() == 1


def test_places_that_come_free_at_once_are_all_given_and_none_twice(kent: Council) -> None:
    evening = made_up.gathering(kent, places=2)
    sitting = [book(evening, booker(n), by=None).booking for n in range(2)]
    for number in range(2, 5):
        book(evening, booker(number), by=None)
    at_once(
        *(partial(cancel, booking, by=None) for booking in (sitting[0], sitting[0], sitting[1])),
        partial(book, evening, booker(9), by=None),
    )
    assert states(evening) == ["booked"] * 2 + ["cancelled"] * 2 + ["waiting"] * 2
    with as_council(kent):
        assert seated(evening) == 2
        waits = Booking.objects.filter(state=BookingState.WAITING).values_list("email", flat=True)
        assert "person9@example.org" in waits, "whoever waited longer goes first"
