"""Your enquiry: the page behind the link."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from councils.access import access_of
from councils.models import Council, Event
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries import status_pass
from enquiries.actions import claim, log_attempt, take_step
from enquiries.links import STATUS_OPEN_FOR
from enquiries.models import Enquiry
from enquiries.states import CLOSED_STATES, CloseReason, Outcome, Slot, State, Step, Way
from tests import factories
from tests.conftest import Cast
from tests.enquiries.status_visitor import Reader, status_path, stop_path

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
TUESDAY = MONDAY + timedelta(days=1)
PINNED = 14  # four of them ask for introductions and mentors
MoveClock = Callable[[datetime], None]


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(MONDAY)
    return factories.enquiry(kent)


@pytest.fixture
def reader(case: Enquiry) -> Reader:
    return Reader()


def change(case: Enquiry, **fields: object) -> None:
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**fields)


def test_the_token_is_exchanged_at_once_and_stays_in_no_address(case: Enquiry) -> None:
    path = status_path(case)
    answer = Client().get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/your-enquiry/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies["your-enquiry"]["httponly"]
    token = path.rstrip("/").rsplit("/", 1)[1]
    assert token not in str(answer.cookies) + answer.content.decode()


def test_the_page_says_who_has_it_and_what_was_promised(reader: Reader, case: Enquiry) -> None:
    page = reader.opens(case)
    assert "Kent Fostering will ring you by 5pm on Tuesday 24 November." in page
    assert "Kent Fostering, for Kent County Council." in page
    assert case.reference in page
    assert "looks after it" not in page, "nobody has claimed it"


def test_an_officer_is_named_by_first_name_once_the_case_is_theirs(reader: Reader, case: Enquiry, cast: Cast) -> None:
    claim(case, by=access_of(cast.kate))
    assert "Kate looks after it." in reader.opens(case)


def test_a_late_promise_says_sorry_first(reader: Reader, case: Enquiry, move_clock: MoveClock) -> None:
    move_clock(TUESDAY.replace(hour=18))
    page = reader.opens(case)
    assert "We are sorry. We promised that we would ring you by 5pm on Tuesday 24 November, and we did not." in page
    assert page.index("We are sorry") < page.index("can see that you are waiting") < page.index("Who has your enquiry")
    assert "If you would rather not wait, ring" in page


def test_an_unsuccessful_try_and_the_next_one_are_told(
    reader: Reader, case: Enquiry, cast: Cast, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY.replace(hour=14, minute=10))
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(cast.kate))
    page = reader.opens(case)
    assert "We rang you on Tuesday 24 November at 2:10pm and could not reach you." in page
    assert "Kent Fostering will try again by 5pm on Wednesday 25 November." in page
    move_clock(TUESDAY + timedelta(days=2))
    assert "We are sorry. We said that we would get in touch again by now" in reader.sees()


def test_a_wrong_number_is_asked_about_until_it_is_put_right(
    reader: Reader, case: Enquiry, cast: Cast, move_clock: MoveClock
) -> None:
    log_attempt(case, way=Way.CALL, outcome=Outcome.WRONG_DETAILS, by=access_of(cast.kate))
    page = reader.opens(case)
    assert "the phone number did not work. Please check it below." in page
    assert "Kent Fostering will ring you by 5pm on Tuesday 24 November." in page, "it kept no promise"
    move_clock(MONDAY + timedelta(minutes=5))
    reader.sends("contact/", phone="07700 900456", way="call")
    assert "did not work" not in reader.sees()


def test_where_the_hub_office_has_it_the_hub_is_named(reader: Reader, office: Council) -> None:
    page = reader.opens(factories.enquiry(office))
    assert "Local Authority Fostering South East." in page


def test_a_get_changes_nothing_however_often_a_scanner_follows_the_links(case: Enquiry) -> None:
    paths = [status_path(case), stop_path(case)]
    with as_council(case.council_id):
        before = (Event.objects.count(), Enquiry.objects.values().get())
    for path in paths * 2:
        Reader().follows(path)
    reader = Reader()
    reader.opens(case)
    for page in ("contact/", "interest/", "messages/", "link/", "on-its-way/"):
        reader.sees(page)
    with as_council(case.council_id):
        assert (Event.objects.count(), Enquiry.objects.values().get()) == before


def test_the_visit_stands_there(reader: Reader, case: Enquiry) -> None:
    change(
        case, state=State.VISIT_BOOKED, visit_at=datetime(2026, 12, 1, 14, 30, tzinfo=LONDON), promise_kept_at=MONDAY
    )
    assert "Your visit is on Tuesday 1 December at 2:30pm." in reader.opens(case)


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_page(reader: Reader, case: Enquiry, state: State) -> None:
    change(case, state=state, closed_at=MONDAY if state in CLOSED_STATES else None)
    assert case.reference in reader.opens(case)


def test_a_closed_enquiry_is_spoken_of_kindly_with_a_way_back(reader: Reader, case: Enquiry, cast: Cast) -> None:
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    page = reader.opens(case)
    assert "Thank you for asking." in page
    assert "You can come back at any time." in page
    assert "no room" not in page.lower()
    assert "will ring you" not in page


def test_a_duplicate_leads_to_the_case_that_goes_on(reader: Reader, case: Enquiry, kent: Council) -> None:
    other = factories.enquiry(kent, name="Erin Example")
    change(case, state=State.DUPLICATE, closed_at=MONDAY, next_due_at=None)
    assert "Kent Fostering answers you there" in reader.opens(case)
    change(case, journey_id=other.journey_id)
    page = reader.opens(case)
    assert other.reference in page
    assert case.reference not in page


def test_nothing_of_the_notes_is_shown(reader: Reader, case: Enquiry, cast: Cast) -> None:
    log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, comment="Sounded tired", by=access_of(cast.kate))
    page = reader.opens(case)
    assert "We were in touch with you on Monday 23 November, as we promised." in page
    assert "tired" not in page


def test_a_pass_is_good_for_an_hour(reader: Reader, case: Enquiry) -> None:
    reader.opens(case)
    cookies = reader.client.cookies
    body, given_at, _ = cookies["your-enquiry"].value.split(":")
    sign = signing.Signer(salt="enquiries.status_pass").sign
    an_hour = int(status_pass.GOOD_FOR.total_seconds())
    cookies["your-enquiry"] = sign(f"{body}:{signing.b62_encode(signing.b62_decode(given_at) - an_hour + 60)}")
    assert case.reference in reader.sees()
    cookies["your-enquiry"] = sign(f"{body}:{signing.b62_encode(signing.b62_decode(given_at) - an_hour - 1)}")
    assert "Open the link in our email" in reader.sees()


def test_a_pass_cannot_be_made_up(case: Enquiry) -> None:
    reader = Reader()
    reader.client.cookies["your-enquiry"] = signing.dumps({"door": 1, "token": ""}, salt="another")
    assert "Open the link in our email" in reader.sees()


def test_a_closed_door_shuts_the_page_also_for_who_is_inside(
    reader: Reader, case: Enquiry, move_clock: MoveClock
) -> None:
    reader.opens(case)
    move_clock(MONDAY + STATUS_OPEN_FOR)
    page = reader.sees()
    assert "This link does not work any more" in page
    assert case.reference not in page


def test_a_link_of_one_council_never_shows_anothers_case(case: Enquiry, hampshire: Council) -> None:
    theirs = factories.enquiry(hampshire, name="Hedy Hampshire", email="hedy@example.org")
    page = Reader().opens(case)
    assert "hedy@example.org" not in page
    assert theirs.reference not in page
    change(theirs, journey_id=case.journey_id)
    change(case, state=State.PASSED_ON, closed_at=MONDAY, next_due_at=None)
    page = Reader().opens(case)
    assert "passed to another council" in page
    assert theirs.reference not in page


def test_who_leaves_a_shared_computer_leaves_nothing(reader: Reader, case: Enquiry) -> None:
    reader.opens(case)
    assert reader.sends("leave/").status_code == 302
    assert "Open the link in our email" in reader.sees()


def test_times_that_suit_are_shown(reader: Reader, kent: Council) -> None:
    page = reader.opens(factories.enquiry(kent, times=(Slot.SATURDAY,), voicemail_ok=True))
    assert "Saturdays, 10am to 4pm" in page
    assert "In a voicemail" in page


def test_the_page_costs_few_queries(reader: Reader, case: Enquiry, cast: Cast) -> None:
    claim(case, by=access_of(cast.kate))
    for _ in range(5):
        log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(cast.kate))
    reader.opens(case)
    with CaptureQueriesContext(connection) as queries:
        reader.sees()
    assert len(queries) <= PINNED, "\n".join(query["sql"][:200] for query in queries.captured_queries)
