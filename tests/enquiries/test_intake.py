"""An enquiry arrives: once, whatever is sent how often, with its promise, its event and its messages."""

import threading
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection

from councils.access import access_of
from councils.models import Council, CouncilKind, Event, EventDetail, FirstContact, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries.actions import mark_seen, prepare, submit, take_step, tell_hub_of_unseen
from enquiries.answers import Preparation
from enquiries.models import Enquiry, SearchKey, Submission
from enquiries.states import Bedroom, CareKind, Channel, CloseReason, Slot, State, Step, Way
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

TOKEN = "a-token-of-one-visitor"
SATURDAY_NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=LONDON)


def messages(council: Council) -> list[tuple[str, str]]:
    with as_council(council):
        return sorted(Message.objects.values_list("kind", "to_address"))


def test_a_submission_writes_the_case_what_was_sent_its_event_and_its_messages(kent: Council, cast: Cast) -> None:
    Council.objects.filter(pk=kent.pk).update(duty_mailbox="duty@kent.example.org")
    receipt = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    with as_council(kent):
        case = Enquiry.objects.get(pk=receipt.enquiry_id)
        assert (case.reference, case.state, case.name) == (receipt.reference, State.NEW, "Erin Example")
        assert Submission.objects.get().answers["name"] == "Erin Example"
        assert Event.objects.get().verb == "enquiry.received"
    assert messages(kent) == [("confirmation", "erin@example.org"), ("new_enquiry", "duty@kent.example.org")]
    assert receipt.reference.startswith("KEN-")


def test_the_same_form_sent_twice_is_one_case(kent: Council) -> None:
    first = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    again = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    assert (again.reference, again.repeated, again.second_submission) == (first.reference, True, False)
    assert again.promise == first.promise
    with as_council(kent):
        assert Enquiry.objects.count() == Submission.objects.count() == 1


def test_until_somebody_looks_the_newest_answers_are_the_cases(kent: Council, cast: Cast) -> None:
    first = submit(factories.answers(kent, email="wrong@example.org"), token=TOKEN, channel=Channel.WEB)
    mended = submit(factories.answers(kent, email="right@example.org"), token=TOKEN, channel=Channel.WEB)
    assert (mended.reference, mended.second_submission, mended.emailed) == (first.reference, True, True)
    with as_council(kent):
        assert Enquiry.objects.get().email == "right@example.org"
        assert [sent.answers["email"] for sent in Submission.objects.order_by("number")] == [
            "wrong@example.org",
            "right@example.org",
        ]
        assert EventDetail.objects.get().old == "wrong@example.org"
        assert not ToDo.objects.exists()
    assert ("confirmation", "right@example.org") in messages(kent)


def test_once_seen_changed_answers_stand_beside_the_first_and_the_council_is_told(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, token=TOKEN)
    mark_seen(case, by=access_of(cast.kate))
    receipt = submit(factories.answers(kent, phone="+447700900999"), token=TOKEN, channel=Channel.WEB)
    assert (receipt.second_submission, receipt.emailed) == (True, False)
    with as_council(kent):
        assert Enquiry.objects.get().phone == "+447700900123", "somebody may be ringing that number now"
        assert Enquiry.objects.matching("07700 900999").get() == case, "but either number finds the case"
        assert ToDo.objects.get().kind == ToDoKind.SENT_AGAIN


def test_who_comes_back_to_a_closed_case_is_promised_an_answer_anew(
    kent: Council, cast: Cast, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(datetime(2026, 11, 18, 10, tzinfo=LONDON))
    case = factories.enquiry(kent, token=TOKEN)
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    move_clock(SATURDAY_NIGHT)
    receipt = submit(factories.answers(kent, message="I changed my mind"), token=TOKEN, channel=Channel.WEB)
    assert receipt.promise.sentence == "Kent Fostering will ring you by 5pm on Monday 23 November"
    with as_council(kent):
        case.refresh_from_db()
        assert (case.state, case.closed_at, case.next_due_at) == (State.IN_CONTACT, None, receipt.promise.due_at)
        assert ToDo.objects.get().kind == ToDoKind.SENT_AGAIN


def test_who_takes_the_email_away_is_mailed_nothing_more(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, token=TOKEN)
    mark_seen(case, by=access_of(cast.kate))
    assert submit(factories.answers(kent, email=""), token=TOKEN, channel=Channel.WEB).emailed is False
    assert [kind for kind, _ in messages(kent)].count("confirmation") == 1


def test_a_time_no_longer_asked_for_is_not_said_to_be(kent: Council, move_clock: Callable[[datetime], None]) -> None:
    move_clock(SATURDAY_NIGHT)
    submit(factories.answers(kent, times=(Slot.WEEKDAY_EVENING,)), token=TOKEN, channel=Channel.WEB)
    changed = submit(factories.answers(kent, way=Way.EMAIL), token=TOKEN, channel=Channel.WEB)
    assert changed.promise.sentence == "Kent Fostering will send you an email by 8pm on Monday 23 November"


def test_one_form_does_not_fill_strangers_mailboxes(kent: Council, cast: Cast) -> None:
    for number in range(6):
        submit(factories.answers(kent, email=f"person{number}@example.org"), token=TOKEN, channel=Channel.WEB)
    assert [kind for kind, _ in messages(kent)].count("confirmation") == 3


def test_a_changed_postcode_stays_with_the_first_council_and_is_flagged(kent: Council, hampshire: Council) -> None:
    first = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    moved = submit(factories.answers(hampshire), token=TOKEN, channel=Channel.WEB)
    assert moved.reference == first.reference
    with across([kent, hampshire], reason="test"):
        assert Enquiry.objects.get().check_council


def test_two_hundred_identical_sendings_make_one_case(committed_db: None) -> None:
    council = Council.objects.get(slug="kent")
    references: list[str] = []
    gate = threading.Barrier(20)

    def send() -> None:
        gate.wait()
        for _ in range(10):
            references.append(submit(factories.answers(council), token=TOKEN, channel=Channel.WEB).reference)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(references) == 200
    assert len(set(references)) == 1
    with as_council(council):
        assert Enquiry.objects.count() == Submission.objects.count() == 1
        assert Message.objects.filter(kind="confirmation").count() == 1


def test_a_failure_on_the_way_leaves_nothing_behind(kent: Council) -> None:
    with pytest.raises(ValueError, match="NUL"):
        submit(factories.answers(kent, message="a\x00b"), token=TOKEN, channel=Channel.WEB)
    with as_council(kent):
        assert Enquiry.objects.count() == Event.objects.count() == Message.objects.count() == 0
    assert submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB).repeated is False


def test_suspected_spam_is_kept_with_a_promise_and_no_mail_to_the_address_typed(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, suspicions=("honeypot",))
    assert case.quarantined
    assert case.next_due_at == case.promise_due_at
    assert ("confirmation", "erin@example.org") not in messages(kent)


def test_nothing_is_mailed_without_an_address_or_against_the_persons_wish(kent: Council, cast: Cast) -> None:
    factories.enquiry(kent, email="")
    submit(factories.answers(kent), token=TOKEN, channel=Channel.PHONE, send_nothing=True)
    assert [kind for kind, _ in messages(kent)].count("confirmation") == 0


def test_an_enquiry_on_saturday_night_is_promised_monday(kent: Council, move_clock: Callable[[datetime], None]) -> None:
    move_clock(SATURDAY_NIGHT)
    receipt = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    assert receipt.promise.sentence == "Kent Fostering will ring you by 5pm on Monday 23 November"


def test_times_that_suit_are_part_of_the_promise_and_said_again(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(SATURDAY_NIGHT)
    asked = factories.answers(kent, times=(Slot.WEEKDAY_EVENING,))
    first = submit(asked, token=TOKEN, channel=Channel.WEB)
    assert first.promise.sentence == (
        "Kent Fostering will ring you by 8pm on Monday 23 November, in the evening, as you asked"
    )
    assert submit(asked, token=TOKEN, channel=Channel.WEB).promise == first.promise


def test_where_the_hub_makes_first_contact_the_promise_names_the_hub(kent: Council) -> None:
    Council.objects.filter(pk=kent.pk).update(first_contact_by=FirstContact.HUB)
    receipt = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    assert receipt.promise.sentence.startswith("Local Authority Fostering South East will ring you")


def test_a_council_without_an_officer_is_on_the_hub_offices_list(kent: Council, office: Council) -> None:
    case = factories.enquiry(kent)
    with as_council(office):
        todo = ToDo.objects.get()
        assert (todo.kind, todo.subject_id, todo.about_council) == (ToDoKind.NOBODY_HERE, case.pk, kent)


def test_a_staffed_council_is_not(kent: Council, office: Council, cast: Cast) -> None:
    factories.enquiry(kent)
    with as_council(office):
        assert not ToDo.objects.exists()


def test_a_case_unseen_for_two_working_hours_goes_on_the_hub_offices_list_once(
    kent: Council, office: Council, cast: Cast, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(datetime(2026, 11, 20, 16, 0, tzinfo=LONDON))  # a Friday, one hour before closing
    factories.enquiry(kent)
    move_clock(datetime(2026, 11, 23, 9, 59, tzinfo=LONDON))
    assert tell_hub_of_unseen() == 0
    move_clock(datetime(2026, 11, 23, 10, 0, tzinfo=LONDON))
    assert tell_hub_of_unseen() == 1
    assert tell_hub_of_unseen() == 0
    with as_council(office):
        assert ToDo.objects.get().kind == ToDoKind.UNSEEN


def test_the_household_is_the_same_in_two_councils_of_the_hub(kent: Council, hampshire: Council) -> None:
    one = factories.enquiry(kent)
    other = factories.enquiry(hampshire, phone="")
    stranger = factories.enquiry(kent, email="someone@example.org", phone="+447700900777")
    assert one.household_id == other.household_id != stranger.household_id


def test_preparing_adds_to_the_same_enquiry_and_never_rejects(kent: Council) -> None:
    receipt = submit(factories.answers(kent), token=TOKEN, channel=Channel.WEB)
    told = Preparation(bedroom=Bedroom.NO, second_adult="Sam Beispiel", care_kinds=(CareKind.SIBLINGS,))
    assert prepare(TOKEN, told)
    with as_council(kent):
        case = Enquiry.objects.get(pk=receipt.enquiry_id)
        assert (case.bedroom, case.care_kinds, case.state) == (Bedroom.NO, [CareKind.SIBLINGS], State.NEW)
        assert SearchKey.objects.filter(key="beispiel").exists()


def test_preparing_without_an_enquiry_changes_nothing(kent: Council) -> None:
    assert prepare("never-sent", Preparation(bedroom=Bedroom.NO)) is False


@pytest.mark.parametrize(
    "typed", ["Erin", "exam", "erin@example.org", "ERIN@", "07700 900123", "+44 7700 900", "me14 1xx", "ME14"]
)
def test_a_case_is_found_by_what_people_type(kent: Council, typed: str) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        assert list(Enquiry.objects.matching(typed)) == [case]


@pytest.mark.parametrize("typed", ["Eric", "erin other", "07700 900124", "ME15", "%", "er%n"])
def test_and_not_by_anything_else(kent: Council, typed: str) -> None:
    factories.enquiry(kent)
    with as_council(kent):
        assert not Enquiry.objects.matching(typed).exists()


def test_a_case_is_found_by_its_reference_however_it_is_typed(kent: Council) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        assert Enquiry.objects.matching(case.reference.lower().replace("-", " ")).get() == case


def test_the_hub_office_answers_for_who_has_no_council(office: Council) -> None:
    case = factories.enquiry(office, way=Way.EMAIL)
    assert case.reference.startswith("LAF-")
    assert Council.objects.get(pk=case.council_id).kind == CouncilKind.HUB_OFFICE
    assert isinstance(case.pk, UUID)
