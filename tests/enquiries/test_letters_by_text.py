"""A letter as a text message: only where it may go, in parts that are counted, by day."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from councils.access import access_of
from councils.models import Council, User
from councils.tenancy import as_council
from enquiries import actions
from enquiries.models import ContactAttempt, Enquiry
from enquiries.states import Outcome, Way
from outbox.states import ChannelKind, Window
from tests import factories
from tests.conftest import Cast
from tests.enquiries.letter_pages import begun, do, fresh, letters, send, words_of

AsUser = Callable[[User], Client]
Move = Callable[[datetime], None]
BY_TEXT = {"way": "text", "subject": "", "text": "It’s Kate of Kent Fostering. May I ring you on Friday?"}


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, way=Way.TEXT, text_ok=True)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def test_a_text_message_leaves_in_plain_letters_and_says_how_to_stop(kate: Client, case: Enquiry) -> None:
    looked = do(kate, case, "look", begun(kate, case) | BY_TEXT).context["looked"]
    assert send(kate, case, **BY_TEXT).status_code == 302
    (message,) = letters(case)
    assert (message.channel, message.to_address, message.subject) == (ChannelKind.SMS, case.phone, "")
    assert message.text.startswith("It's Kate of Kent Fostering. May I ring you on Friday? http")
    assert "To stop: http" in message.text
    assert len(looked.message.text) == len(message.text)
    assert (looked.parts, looked.html) == (2, "")


def test_it_keeps_the_promise_of_whoever_asked_for_a_text(kate: Client, case: Enquiry) -> None:
    send(kate, case, **BY_TEXT)
    with as_council(case.council_id):
        attempt = ContactAttempt.objects.get(enquiry=case)
    assert (attempt.way, attempt.outcome) == (Way.TEXT, Outcome.SENT)
    assert fresh(case).promise_kept_at == attempt.at


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text_ok": False}, "They have not said that a text message may mention fostering."),
        ({"phone": ""}, "We have no phone number."),
        ({"phone": "+441622000000"}, "not a mobile number in the UK"),
    ],
)
def test_no_text_message_goes_where_none_may(kate: Client, kent: Council, given: dict[str, Any], sentence: str) -> None:
    about: dict[str, Any] = {"way": Way.EMAIL, "text_ok": True} | given
    case = factories.enquiry(kent, **about)
    assert sentence in words_of(kate.get(f"/staff/enquiries/enquiry/{case.pk}/write/"))
    assert send(kate, case, **BY_TEXT).status_code == 409
    assert letters(case) == []


def test_a_wrong_number_gets_no_text_message(kate: Client, case: Enquiry, cast: Cast) -> None:
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.WRONG_DETAILS, by=access_of(cast.kate))
    assert send(kate, case, **BY_TEXT).status_code == 409


REFUSED = {
    "a letter that cannot be sent": ("See you 😀", "cannot hold 😀"),
    "four parts": ("a" * 400, "letters too long"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_text_message_cannot_hold_is_refused(kate: Client, case: Enquiry, name: str) -> None:
    text, sentence = REFUSED[name]
    answer = send(kate, case, **BY_TEXT | {"text": text})
    assert answer.status_code == 409
    assert sentence in words_of(answer)
    assert letters(case) == []


def test_nobodys_telephone_rings_at_night(kate: Client, case: Enquiry, move_clock: Move) -> None:
    move_clock(datetime(2026, 11, 24, 22, tzinfo=UTC))
    looked = do(kate, case, "look", begun(kate, case) | BY_TEXT).context["looked"]
    assert looked.leaves.startswith("Tomorrow at 8am")
    send(kate, case, **BY_TEXT)
    assert letters(case)[0].window == Window.DAYTIME


def test_without_a_carrier_there_are_no_text_messages(kate: Client, case: Enquiry, settings: object) -> None:
    settings.DEV_MAILBOX = False  # type: ignore[attr-defined]  # pytest-django's
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]  # as above
    assert "nobody who carries text messages" in words_of(kate.get(f"/staff/enquiries/enquiry/{case.pk}/write/"))
