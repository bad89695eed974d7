"""What follow-ups look like in the outbox, and what staff see and do on the page of a case."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.doors import find_door
from councils.models import Council, User
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import log_attempt, run_due, take_step
from enquiries.followups.composing import MOST_IN_TWO
from enquiries.models import Enquiry, FollowUpRecord
from enquiries.states import CloseReason, Outcome, State, Step, Way
from outbox.models import Message
from outbox.states import ChannelKind, Lane, Window
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def kate(cast: Cast, move_clock: MoveClock) -> Access:
    move_clock(TUESDAY)
    return access_of(cast.kate)


def sent(case: Enquiry, kind: str, channel: ChannelKind = ChannelKind.EMAIL) -> Message:
    with as_council(case.council_id):
        return Message.objects.about(case.pk).get(kind=kind, channel=channel)


def tried(case: Enquiry, by: Access, move_clock: MoveClock, outcome: Outcome = Outcome.NO_ANSWER) -> None:
    log_attempt(case, way=Way.CALL, outcome=outcome, by=by)
    move_clock(TUESDAY + HALF_AN_HOUR)
    run_due()


def page(client: Client, case: Enquiry, name: str = "change", **sent: str) -> Any:
    address = reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])
    return client.post(address, sent) if sent or name != "change" else client.get(address)


def words(client: Client, case: Enquiry) -> str:
    return unescape(page(client, case).content.decode())


@pytest.mark.parametrize("kind", ["confirmation", "tried"])
def test_every_follow_up_has_doors_of_its_own(kind: str, kent: Council, kate: Access, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent)
    tried(case, kate, move_clock)
    message = sent(case, kind)
    mail = message_from_bytes(bytes(message.mime), policy=default)
    reply_to = str(mail["Reply-To"])
    status, stop = _after(message.text, "/your-enquiry/"), _after(message.text, "/stop/")
    for token, purpose in (
        (status, DoorPurpose.STATUS),
        (stop, DoorPurpose.STOP),
        (reply_to.partition("+")[2].partition("@")[0], DoorPurpose.REPLY),
    ):
        door = find_door(token, purpose)
        assert door is not None
        assert (door.council_id, door.subject_id) == (kent.pk, case.pk)


def _after(text: str, path: str) -> str:
    return text.partition(path)[2].partition("/")[0]


def test_the_confirmation_leaves_at_any_hour_and_the_rest_by_day(
    kent: Council, kate: Access, move_clock: MoveClock
) -> None:
    case = factories.enquiry(kent)
    tried(case, kate, move_clock)
    assert sent(case, "confirmation").window == Window.ANY_TIME
    assert (sent(case, "tried").window, sent(case, "tried").lane) == (Window.DAYTIME, Lane.SERVICE)


def test_sorry_comes_first_where_the_promise_was_missed(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent)
    late = TUESDAY + timedelta(days=2)
    move_clock(late)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    move_clock(late + HALF_AN_HOUR)
    run_due()
    text = sent(case, "tried").text
    assert text.startswith(
        "Hello,\n\nWe are sorry. We said that you would hear from Kent Fostering by 5pm on Wednesday"
    )
    assert "We rang you on Thursday 26 November, but missed you." in text


def test_nobody_is_called_by_a_name_that_nobody_has_heard(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent, name="Cheap Pills")
    tried(case, kate, move_clock)
    with as_council(kent):
        messages = Message.objects.about(case.pk).filter(to_staff=False)
        assert not [message for message in messages if "Cheap" in message.text + message.subject]


def test_after_a_conversation_they_are(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent)
    log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=kate)
    move_clock(datetime(2026, 11, 25, 10, tzinfo=LONDON))
    run_due()
    assert sent(case, "information").text.startswith("Hello Erin,")


def test_who_asked_for_texts_gets_a_text(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent, way=Way.TEXT, text_ok=True)
    tried(case, kate, move_clock)
    text = sent(case, "tried", ChannelKind.SMS)
    assert (text.to_address, bytes(text.mime), text.subject) == ("+447700900123", b"", "")
    assert text.text.startswith("Kent Fostering: we tried to reach you about your enquiry.")
    assert "/your-enquiry/" in text.text and "To stop: http://localhost:8000/stop/" in text.text
    assert len(text.text) <= MOST_IN_TWO
    with as_council(kent):
        assert not Message.objects.about(case.pk).filter(kind="tried", channel=ChannelKind.EMAIL).exists()


def test_where_no_text_can_leave_an_email_goes(
    kent: Council, kate: Access, move_clock: MoveClock, settings: LazySettings
) -> None:
    settings.DEV_MAILBOX, settings.NOTIFY_API_KEY = False, ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    case = factories.enquiry(kent, way=Way.TEXT, text_ok=True)
    tried(case, kate, move_clock)
    assert sent(case, "tried").channel == ChannelKind.EMAIL


def test_nobody_is_texted_who_did_not_allow_it(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent, way=Way.TEXT, text_ok=False)
    tried(case, kate, move_clock)
    assert sent(case, "tried").channel == ChannelKind.EMAIL


def test_a_visit_is_reminded_by_email_and_by_text(kent: Council, kate: Access, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent, text_ok=True)
    take_step(case, Step.BOOK_VISIT, visit_at=TUESDAY + timedelta(days=7), by=kate)
    move_clock(TUESDAY + timedelta(days=6))
    run_due()
    sent(case, "visit_reminder", ChannelKind.EMAIL)
    sent(case, "visit_reminder", ChannelKind.SMS)
    with as_council(kent):
        assert len(FollowUpRecord.objects.get(step__startswith="visit_reminder").message_ids) == 2


def test_news_go_in_the_campaign_lane_with_one_click_to_end_them(
    kent: Council, kate: Access, move_clock: MoveClock
) -> None:
    case = factories.enquiry(kent, news_by_email=True)
    take_step(case, Step.POSTPONE, reason=CloseReason.NO_ROOM, wake_on=date(2027, 6, 1), by=kate)
    move_clock(datetime(2026, 12, 22, 10, tzinfo=LONDON))
    run_due()
    news = sent(case, "nurture")
    mail = message_from_bytes(bytes(news.mime), policy=default)
    assert news.lane == Lane.CAMPAIGN
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert find_door(_after(str(mail["List-Unsubscribe"]), "/stop/"), DoorPurpose.STOP)


def test_the_page_says_what_goes_next_when_and_why(kent: Council, kate: Access, cast: Cast, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    assert "Nothing is planned." in words(as_user(cast.kate), case)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    shown = words(as_user(cast.kate), case)
    assert "“We tried to reach you”</strong>: by email today at 10:30am" in shown
    assert "You tried to reach them (Tuesday 24 November)" in shown


def test_and_why_not(kent: Council, kate: Access, cast: Cast, as_user: AsUser, move_clock: MoveClock) -> None:
    case = factories.enquiry(kent)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    move_clock(TUESDAY + timedelta(minutes=1))
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(stopped_at=TUESDAY)
    assert "They asked us to stop writing on Tuesday 24 November." in words(as_user(cast.kate), case)
    move_clock(TUESDAY + HALF_AN_HOUR)
    run_due()
    assert "“We tried to reach you” was not sent. They had asked us to stop." in words(as_user(cast.kate), case)


def test_a_step_is_seen_as_it_will_arrive_and_skipped(kent: Council, kate: Access, cast: Cast, as_user: AsUser) -> None:
    case, client = factories.enquiry(kent), as_user(cast.kate)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    address = reverse("admin:enquiries_enquiry_next", args=[case.pk])
    seen = client.get(address, {"step": "tried:1"})
    assert "We rang you on Tuesday 24 November, but missed you." in seen.content.decode()
    framed = client.get(address, {"step": "tried:1", "part": "html"})
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert b"We rang you on Tuesday 24 November" in framed.content
    assert page(client, case, "skip", planned="tried:1").status_code == 302
    assert "“We tried to reach you” was not sent. Skipped." in words(client, case)
    assert client.get(address, {"step": "tried:1"}).status_code == 302, "there is nothing to see any more"


def test_looking_at_a_message_makes_no_links(kent: Council, kate: Access, cast: Cast, as_user: AsUser) -> None:
    case, client = factories.enquiry(kent), as_user(cast.kate)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    seen = client.get(reverse("admin:enquiries_enquiry_next", args=[case.pk]), {"step": "tried:1"})
    assert "https://example.org/your-enquiry/" in seen.content.decode()


@pytest.mark.parametrize("name", ["next", "skip", "ask", "visit"])
def test_another_councils_case_answers_like_none(
    name: str, kent: Council, kate: Access, cast: Cast, as_user: AsUser
) -> None:
    case, hal = factories.enquiry(kent), as_user(cast.hal)
    address = reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])
    answer = hal.get(address) if name == "next" else hal.post(address, {"planned": "tried:1"})
    assert answer.status_code == 404


def test_an_officer_asks_whether_they_are_still_interested(
    kent: Council, kate: Access, cast: Cast, as_user: AsUser
) -> None:
    case, client = factories.enquiry(kent), as_user(cast.kate)
    assert page(client, case, "ask").status_code == 302
    assert sent(case, "still_interested").subject == "Are you still interested in fostering?"
    assert "They were asked on Tuesday 24 November whether they are still interested." in words(client, case)
    assert page(client, case, "ask").status_code == 409


def test_a_visit_is_booked_and_moved_on_the_page(kent: Council, kate: Access, cast: Cast, as_user: AsUser) -> None:
    case, client = factories.enquiry(kent), as_user(cast.kate)
    refused = page(client, case, "step", step="book_visit", visit_at="")
    assert "Enter the day and time of the visit." in refused.content.decode()
    refused = page(client, case, "step", step="book_visit", visit_at="yesterday")
    assert "Enter the day and time like 24/11/2026 16:05." in refused.content.decode()
    assert page(client, case, "step", step="book_visit", visit_at="2026-12-01T14:00").status_code == 302
    assert "Tuesday 1 December, 2:00pm" in words(client, case)
    assert page(client, case, "visit", visit_at="2026-12-02T14:00").status_code == 302
    with as_council(kent):
        after = Enquiry.objects.get(pk=case.pk)
    assert (after.state, after.visit_at) == (State.VISIT_BOOKED, datetime(2026, 12, 2, 14, tzinfo=LONDON))
    assert after.next_due_at == datetime(2026, 12, 3, 17, tzinfo=LONDON)
