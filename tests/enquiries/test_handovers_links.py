"""After a handover every link, address and reference of the enquirer goes on working: they lead to the new case."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from councils.access import access_of
from councils.doors import find_door
from councils.models import Council, Door, Hub, ToDo
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import contact_change, fresh_links, log_attempt, submit
from enquiries.actions.bounced import raise_bounced
from enquiries.actions.contact_change import ContactDetails
from enquiries.actions.incoming import receive
from enquiries.actions.preparing import prepare
from enquiries.answers import Preparation
from enquiries.incoming_states import Came
from enquiries.links import reply_address
from enquiries.models import Enquiry, Reply, Submission
from enquiries.states import Channel, HeardFrom, Outcome, Way
from outbox.incoming import parse
from outbox.states import Cover
from outbox.suppressions import HARD_BOUNCE, suppress
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import accept, ask, fresh, mail, passed_on, todos
from tests.enquiries.status_visitor import Reader, status_path, stop_path

MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
TOKEN = "a-form-in-progress"  # of a form


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(TUESDAY)
    return factories.enquiry(kent, token=TOKEN)


def letter(text: str = "Hello", key: str = "") -> bytes:
    head = f"From: erin@example.org\nSubject: Re: fostering\nMessage-ID: <{key or secrets.token_hex(4)}@example.org>"
    return f"{head}\n\n{text}\n".encode()


def test_every_door_leads_to_the_new_case_open_or_not(
    case: Enquiry, hampshire: Council, cast: Cast, move_clock: MoveClock
) -> None:
    doors = Door.objects.filter(subject_id=case.pk)
    of_others = {DoorPurpose.AMBASSADOR, DoorPurpose.RELAY, DoorPurpose.BOOKING, DoorPurpose.NEWS, DoorPurpose.CONFIRM}
    assert set(doors.values_list("purpose", flat=True)) == set(DoorPurpose) - of_others
    keys = list(doors.values_list("pk", flat=True))
    move_clock(TUESDAY + timedelta(hours=26))  # the form's own is closed by now
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert set(Door.objects.filter(pk__in=keys).values_list("council_id", "subject_id")) == {(hampshire.pk, new.pk)}


def test_the_link_in_an_old_mail_shows_the_new_council(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    path, reader = status_path(case), Reader()
    assert "Kent Fostering" in reader.follows(path)
    asked = ask(case, hampshire, cast.kate)
    assert "Hampshire" not in reader.sees()
    accept(asked, cast.hal)
    for page in (reader.sees(), Reader().follows(path)):  # opened before the handover, and after
        assert "Hampshire County Council will ring you by" in page
        assert "Kent" not in page


def test_who_waits_for_the_new_council_reads_by_when(
    case: Enquiry, hampshire: Council, cast: Cast, move_clock: MoveClock
) -> None:
    log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=access_of(cast.kate))
    move_clock(TUESDAY + timedelta(hours=1))
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert "Hampshire County Council will get in touch by 5pm on Wednesday 25 November." in Reader().opens(new)


def test_the_old_link_to_stop_stops_the_new_council(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    path = stop_path(case)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    Client().post(path, {"stop": "yes"})
    assert fresh(new).stopped_at is not None
    assert fresh(case).stopped_at is None


def test_an_answer_to_an_old_mail_reaches_the_new_case(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    with as_council(case.council_id):
        to = reply_address(case)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert receive(parse(letter("Can we talk?")), to=to) == Came.REPLY
    with as_council(hampshire):
        assert Reply.objects.get(enquiry=new).text.strip() == "Can we talk?"
    assert todos(hampshire) == [ToDoKind.REPLIED]


def test_the_same_form_sent_again_is_answered_by_the_new_council(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    receipt = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    assert (receipt.repeated, receipt.reference, receipt.council_id) == (True, new.reference, hampshire.pk)
    changed = submit(factories.answers(kent, message="One more thing"), token=TOKEN, channel=Channel.WEB)
    assert (changed.second_submission, changed.reference) == (True, new.reference)
    with as_council(hampshire):
        assert list(Submission.objects.filter(enquiry=new).order_by("number").values_list("number", flat=True)) == [
            1,
            2,
        ]
    assert fresh(new).message == ""  # the council before has looked: it stands beside
    assert ToDoKind.SENT_AGAIN in todos(hampshire)


def test_what_helps_to_prepare_reaches_the_new_case(
    case: Enquiry, hampshire: Council, cast: Cast, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY + timedelta(hours=1))
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert prepare(TOKEN, Preparation(heard_from=HeardFrom.RADIO_TV))
    with as_council(hampshire):
        sent = Submission.objects.get(enquiry=new)
    assert sent.answers["prepared"]["heard_from"] == HeardFrom.RADIO_TV  # beside: the council before has looked


def links_sent(council: Council) -> int:
    return len(mail(council, "fresh_link"))


@pytest.mark.parametrize("which", ["old", "new"])
def test_either_reference_gets_a_link_to_the_new_case(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, lafse: Hub, which: str
) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    reference = case.reference if which == "old" else new.reference
    fresh_links.send_to_who_lost_it(reference=reference, email="ERIN@example.org ", hub=lafse)
    assert (links_sent(kent), links_sent(hampshire)) == (0, 1)


def test_the_address_of_now_counts_for_an_old_reference(
    case: Enquiry, hampshire: Council, cast: Cast, lafse: Hub
) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    with as_council(hampshire):
        Enquiry.objects.filter(pk=new.pk).update(email="new@example.org")
    fresh_links.send_to_who_lost_it(reference=case.reference, email="erin@example.org", hub=lafse)
    assert links_sent(hampshire) == 0
    fresh_links.send_to_who_lost_it(reference=case.reference, email="new@example.org", hub=lafse)
    assert links_sent(hampshire) == 1


def test_a_reference_leads_through_every_council_that_had_it(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, lafse: Hub
) -> None:
    back = passed_on(passed_on(case, hampshire, cast.kate, cast.hal), kent, cast.hal, cast.kate)
    fresh_links.send_to_who_lost_it(reference=case.reference, email="erin@example.org", hub=lafse)
    (message,) = mail(kent, "fresh_link")
    assert message.subject_id == back.pk
    assert links_sent(hampshire) == 0


def test_an_expired_link_gets_a_new_one_to_the_new_case(
    case: Enquiry, hampshire: Council, cast: Cast, move_clock: MoveClock
) -> None:
    path = status_path(case)
    passed_on(case, hampshire, cast.kate, cast.hal)
    move_clock(TUESDAY + timedelta(days=91))
    reader = Reader()
    assert "This link does not work any more" in reader.follows(path)
    reader.sends("new-link/")
    assert links_sent(hampshire) == 1


def test_a_new_address_closes_the_links_of_before_the_handover(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    path = status_path(case)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    details = ContactDetails(
        email="new@example.org", phone=new.phone, way=Way.EMAIL, times=(), voicemail_ok=False, text_ok=False
    )
    contact_change.change_contact(new, details)
    token = path.rstrip("/").rpartition("/")[2]
    assert find_door(token, DoorPurpose.STATUS) is None


def test_mail_that_comes_back_later_is_the_new_councils_to_ring(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, lafse: Hub
) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    with as_council(kent):
        ToDo.objects.create(
            council=kent,
            about_council=kent,
            kind=ToDoKind.RING_INSTEAD,
            subject_kind="enquiry",
            subject_id=case.pk,
        )
    suppress("erin@example.org", hub_id=lafse.pk, cover=Cover.EVERYTHING, reason=HARD_BOUNCE)
    raise_bounced()
    raise_bounced()
    assert todos(kent) == []
    assert fresh(case).next_due_at is None
    assert ToDoKind.RING_INSTEAD in todos(hampshire)
    assert fresh(new).email_fails


def test_what_the_enquirer_says_on_a_page_opened_before_counts_for_the_new_case(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    reader = Reader()
    reader.opens(case)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    reader.sends("interest/", answer="yes")
    assert ToDoKind.STILL_INTERESTED in todos(hampshire)
    assert fresh(new).heard_at is not None
    assert ToDoKind.STILL_INTERESTED not in todos(kent)
