"""The enquirer changes how they are reached, and nobody else takes the enquiry over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from councils.access import access_of
from councils.models import Council, Event, EventDetail, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import log_attempt, mark_seen
from enquiries.actions.todos import open_todo
from enquiries.models import Enquiry
from enquiries.states import Outcome, Slot, State, Way
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.enquiries.status_visitor import Reader, path_of, status_path

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
SAME: dict[str, Any] = {"email": "erin@example.org", "phone": "07700 900123", "way": "call"}


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Callable[[datetime], None]) -> Enquiry:
    move_clock(MONDAY)
    return factories.enquiry(kent, times=(Slot.WEEKDAY_EVENING,))


@pytest.fixture
def reader(case: Enquiry) -> Reader:
    """Of somebody with whom we have talked."""
    with as_council(case.council_id):
        Enquiry.objects.update(reached_at=MONDAY)
    reader = Reader()
    reader.opens(case)
    return reader


def now_of(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def mails(case: Enquiry) -> dict[str, Message]:
    with as_council(case.council_id):
        found = Message.objects.filter(kind__in=["fresh_link", "changed_address"])
        return {message.to_address: message for message in found}


def test_phone_way_times_and_permissions_are_changed(reader: Reader, case: Enquiry) -> None:
    answer = reader.sends(
        "contact/", **SAME | {"phone": "07700 900456", "way": "text", "times": ["saturday"], "mentions": ["text"]}
    )
    assert answer.status_code == 302
    after = now_of(case)
    assert (after.phone, after.way, after.times) == ("+447700900456", Way.TEXT, [Slot.SATURDAY])
    assert (after.text_ok, after.voicemail_ok, after.promise_slot) == (True, False, "")
    assert "We have saved how to reach you." in reader.sees()
    assert mails(case) == {}, "the address is the same"


def test_old_values_are_kept_where_only_the_eraser_deletes(reader: Reader, case: Enquiry) -> None:
    reader.sends("contact/", **SAME | {"phone": "07700 900456"})
    with as_council(case.council_id):
        event = Event.objects.get(verb="enquiry.details_changed")
        assert event.facts == {"changed": ["phone", "times"]}
        assert event.by is None
        old = dict(EventDetail.objects.filter(event=event).values_list("field", "old"))
    assert old == {"phone": "+447700900123", "times": "weekday_evening"}


def test_the_case_is_found_by_the_new_details_and_the_old(reader: Reader, case: Enquiry) -> None:
    reader.sends("contact/", **SAME | {"email": "new@example.org"})
    with as_council(case.council_id):
        for typed in ("new@example.org", "erin@example.org"):
            assert Enquiry.objects.matching(typed).get().pk == case.pk


def test_the_household_is_known_by_the_new_address_too(reader: Reader, case: Enquiry, hampshire: Council) -> None:
    reader.sends("contact/", **SAME | {"email": "new@example.org"})
    elsewhere = factories.enquiry(hampshire, email="new@example.org", phone="")
    assert elsewhere.household_id == case.household_id


def test_nothing_new_is_nothing_done(reader: Reader, case: Enquiry) -> None:
    assert reader.sends("contact/", **SAME | {"times": ["weekday_evening"]}).status_code == 302
    with as_council(case.council_id):
        assert not Event.objects.filter(verb="enquiry.details_changed").exists()


def test_a_new_address_ends_the_call_that_the_old_one_asked_for(reader: Reader, case: Enquiry) -> None:
    with as_council(case.council_id):
        open_todo(case, case.council, ToDoKind.RING_INSTEAD)
    for changed in ({"phone": "07700 900456"}, {"email": "new@example.org"}):
        reader.sends("contact/", **SAME | {"phone": "07700 900456"} | changed)
        with as_council(case.council_id):
            waits = ToDo.objects.filter(kind=ToDoKind.RING_INSTEAD, done_at=None).exists()
        assert waits is ("phone" in changed)


def test_who_has_seen_the_case_is_told(reader: Reader, case: Enquiry, cast: Cast) -> None:
    reader.sends("contact/", **SAME | {"phone": "07700 900456"})
    with as_council(case.council_id):
        assert not ToDo.objects.filter(kind=ToDoKind.CHANGED_DETAILS).exists()
    mark_seen(case, by=access_of(cast.kate))
    reader.sends("contact/", **SAME | {"phone": "07700 900789"})
    with as_council(case.council_id):
        assert ToDo.objects.get(kind=ToDoKind.CHANGED_DETAILS).subject_id == case.pk


def test_a_new_address_gets_the_link_and_the_old_one_a_word_without_a_link(reader: Reader, case: Enquiry) -> None:
    reader.sends("contact/", **SAME | {"email": "new@example.org"})
    sent = mails(case)
    assert set(sent) == {"erin@example.org", "new@example.org"}
    assert "/your-enquiry/" in sent["new@example.org"].text
    notice = sent["erin@example.org"]
    assert "/your-enquiry/" not in notice.text
    assert "new@example.org" not in notice.text
    assert b"Reply-To: reply+" in bytes(notice.mime)


def test_links_in_the_old_mailbox_close_and_this_visit_goes_on(reader: Reader, case: Enquiry) -> None:
    old_link = status_path(case)
    reader.sends("contact/", **SAME | {"email": "new@example.org"})
    assert case.reference in reader.sees()
    stranger = Reader()
    assert case.reference not in stranger.follows(old_link)
    link = next(line for line in mails(case)["new@example.org"].text.splitlines() if "/your-enquiry/" in line)
    assert case.reference in Reader().follows(path_of(link))


def test_a_fresh_link_goes_to_the_new_address_only(
    reader: Reader, case: Enquiry, move_clock: Callable[[datetime], None]
) -> None:
    stranger = Reader()
    stranger.follows(status_path(case))
    reader.sends("contact/", **SAME | {"email": "new@example.org"})
    move_clock(MONDAY.replace(hour=15))
    stranger.sends("new-link/")
    with as_council(case.council_id):
        assert set(Message.objects.filter(kind="fresh_link").values_list("to_address", flat=True)) == {
            "new@example.org"
        }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"email": "", "phone": ""}, "Enter an email address or a phone number, so that we can reach you"),
        ({"phone": ""}, "Enter a phone number, or choose another way to get in touch"),
        ({"email": "", "way": "email"}, "Enter an email address, or choose another way to get in touch"),
        ({"phone": "01622 900123", "way": "text"}, "Enter a mobile number, or choose another way to get in touch"),
        ({"email": "erin@"}, "The email address is not complete"),
        ({"phone": "07700"}, "The phone number is not a phone number we can use"),
        ({"way": "pigeon"}, "Choose how we should get in touch"),
    ],
)
def test_what_the_form_refuses_is_refused_here(
    reader: Reader, case: Enquiry, changed: dict[str, str], sentence: str
) -> None:
    answer = reader.sends("contact/", **SAME | changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert now_of(case).version == case.version


def test_without_a_phone_nothing_may_be_said_on_it(reader: Reader, case: Enquiry) -> None:
    reader.sends("contact/", email="erin@example.org", way="email", mentions=["voicemail", "text"])
    after = now_of(case)
    assert (after.phone, after.voicemail_ok, after.text_ok) == ("", False, False)


def test_a_new_address_is_tried_again(reader: Reader, case: Enquiry) -> None:
    with as_council(case.council_id):
        Enquiry.objects.update(email_fails=True)
    assert "Our emails to you come back." in reader.sees()
    reader.sends("contact/", **SAME | {"email": "new@example.org"})
    assert now_of(case).email_fails is False


def test_nobody_fills_strangers_mailboxes_from_here(reader: Reader, case: Enquiry) -> None:
    for number in range(5):
        reader.sends("contact/", **SAME | {"email": f"stranger{number}@example.org"})
    assert now_of(case).email == "stranger2@example.org"
    assert "You have changed your email address several times today." in reader.sees()


def test_a_name_is_not_changed_here(reader: Reader, case: Enquiry) -> None:
    reader.sends("contact/", **SAME | {"name": "Somebody Else"})
    assert now_of(case).name == "Erin Example"


def test_a_closed_enquiry_is_not_changed(reader: Reader, case: Enquiry) -> None:
    with as_council(case.council_id):
        Enquiry.objects.update(state=State.WITHDRAWN, closed_at=MONDAY, next_due_at=None)
    assert reader.sends("contact/", **SAME | {"phone": "07700 900456"}).status_code == 302
    assert now_of(case).phone == "+447700900123"


@pytest.fixture
def stranger(case: Enquiry) -> Reader:
    """Nobody has talked with them: perhaps the address was mistyped, and this is its owner."""
    reader = Reader()
    reader.opens(case)
    return reader


@pytest.mark.parametrize("page", ["", "contact/"])
def test_a_mistyped_address_tells_its_owner_nothing(stranger: Reader, page: str) -> None:
    shown = stranger.sees(page)
    for typed in ("erin@example.org", "Erin", "07700 900123", "7700900123"):
        assert typed not in shown
    assert "e…@example.org" in shown
    assert "A number that ends in 123" in shown


def test_a_new_address_is_nobodys_until_somebody_has_talked_with_them(
    reader: Reader, case: Enquiry, cast: Cast, move_clock: Callable[[datetime], None]
) -> None:
    assert "07700 900123" in reader.sees()
    reader.sends("contact/", **SAME | {"email": "mistyped@example.org"})
    for page in ("", "contact/"):
        assert "07700 900123" not in reader.sees(page)
    move_clock(MONDAY.replace(hour=12))
    log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=access_of(cast.kate))
    assert "07700 900123" in reader.sees()


def test_what_is_left_empty_is_kept(stranger: Reader, case: Enquiry) -> None:
    assert stranger.sends("contact/", email="", phone="", way="text", times=["saturday"]).status_code == 302
    after = now_of(case)
    assert (after.email, after.phone, after.way) == ("erin@example.org", "+447700900123", Way.TEXT)
    assert stranger.sends("contact/", email="", phone="07700 900456", way="call").status_code == 302
    assert (now_of(case).email, now_of(case).phone) == ("erin@example.org", "+447700900456")
