"""Please stop: on the page, by the link in every message, and by the button of a mail program (RFC 8058)."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from enquiries.states import State
from outbox.states import Lane
from outbox.suppressions import is_suppressed
from tests import factories
from tests.conftest import Cast
from tests.enquiries.status_visitor import Reader, status_path, stop_path

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Callable[[datetime], None]) -> Enquiry:
    move_clock(MONDAY)
    return factories.enquiry(kent, news_by_email=True, news_by_text=True)


@pytest.fixture
def mail_program() -> Client:
    """Without cookies, and with the checks against forged forms on."""
    return Client(enforce_csrf_checks=True)


def now_of(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def todos_of(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return list(ToDo.objects.filter(subject_id=case.pk, done_at=None).values_list("kind", flat=True))


def verbs(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        events = Event.objects.filter(subject_id=case.pk, verb__in=["enquiry.asked_to_stop", "enquiry.news_stopped"])
        return list(events.values_list("verb", flat=True))


def test_the_link_shows_one_button_and_the_button_stops_us(case: Enquiry, mail_program: Client) -> None:
    path = stop_path(case)
    page = mail_program.get(path)
    assert page["Referrer-Policy"] == "no-referrer"
    assert page.content.count(b'<button type="submit"') == 1
    assert case.reference not in page.content.decode()
    for _ in range(2):
        assert b"We have stopped" in mail_program.post(path, {"stop": "yes"}).content
    after = now_of(case)
    assert (after.stopped_at, after.news_by_email, after.news_by_text) == (MONDAY, False, False)
    assert after.state == State.NEW, "the promise stands"
    assert todos_of(case) == [ToDoKind.ASKED_TO_STOP]
    assert verbs(case) == ["enquiry.asked_to_stop"]


def test_a_mistake_is_undone_and_news_stays_off(case: Enquiry, mail_program: Client) -> None:
    path = stop_path(case)
    mail_program.post(path, {"stop": "yes"})
    assert b"We may write to you again" in mail_program.post(path, {"undo": "yes"}).content
    after = now_of(case)
    assert (after.stopped_at, after.news_by_email) == (None, False)
    assert todos_of(case) == []


def test_one_click_stops_news_and_nothing_else(case: Enquiry, kent: Council, mail_program: Client) -> None:
    path = stop_path(case)
    for _ in range(2):
        assert mail_program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    after = now_of(case)
    assert (after.news_by_email, after.news_by_text, after.stopped_at) == (False, True, None)
    assert is_suppressed("erin@example.org", hub_id=kent.hub_id, lane=Lane.CAMPAIGN)
    assert not is_suppressed("erin@example.org", hub_id=kent.hub_id, lane=Lane.SERVICE)
    assert verbs(case) == ["enquiry.news_stopped"]
    assert todos_of(case) == []


def test_one_click_also_comes_as_multipart(case: Enquiry, mail_program: Client) -> None:
    body = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    mail_program.post(stop_path(case), body, content_type="multipart/form-data; boundary=b")
    assert now_of(case).news_by_email is False


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "maybe"}, {"something": "else"}])
def test_a_scanner_that_posts_without_saying_so_stops_nothing(
    case: Enquiry, mail_program: Client, body: dict[str, str]
) -> None:
    before = now_of(case)
    answer = mail_program.post(stop_path(case), body)
    assert b"We have stopped" not in answer.content
    assert vars(now_of(case)) | {"_state": None} == vars(before) | {"_state": None}


def test_a_link_that_opens_nothing_does_not_claim_to_have_stopped(case: Enquiry, mail_program: Client) -> None:
    garbled = stop_path(case)[:-4] + "/"
    for path in (garbled, status_path(case).replace("your-enquiry", "stop")):
        answer = mail_program.post(path, {"stop": "yes"})
        assert b"This link does not work" in answer.content
    assert now_of(case).stopped_at is None


def test_on_the_page_the_way_out_is_offered_too(case: Enquiry) -> None:
    reader = Reader()
    reader.opens(case)
    reader.sends("messages/")
    page = reader.sees("messages/")
    assert "We have stopped our messages" in page
    assert "/your-enquiry/interest/" in page
    assert "Let us write to you again" in reader.sees()
    reader.sends("messages/", undo="yes")
    assert now_of(case).stopped_at is None


def test_the_link_of_one_council_stops_nothing_in_another(
    case: Enquiry, hampshire: Council, mail_program: Client
) -> None:
    theirs = factories.enquiry(hampshire, news_by_email=True)
    mail_program.post(stop_path(case), {"stop": "yes"})
    assert now_of(theirs).stopped_at is None
    assert now_of(theirs).news_by_email is True
