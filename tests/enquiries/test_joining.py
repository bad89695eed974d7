"""Who enquires again under the same address has one case; whoever types somebody else's address learns nothing."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client

from councils.access import access_of
from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries.actions import claim, joining, log_attempt, prepare, submit, take_step
from enquiries.actions.entry import enter
from enquiries.actions.fresh_links import send_to_who_lost_it
from enquiries.actions.merging import merge
from enquiries.actions.status import ask_to_stop
from enquiries.answers import Answers, Preparation
from enquiries.models import Enquiry, SearchKey, Submission
from enquiries.reference import parse_reference
from enquiries.search import SearchKind
from enquiries.states import Bedroom, Channel, CloseReason, HeardFrom, Outcome, Slot, State, Step, Way
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=LONDON)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)
NEXT_WEEK = datetime(2026, 11, 30, 10, tzinfo=LONDON)
Move = Callable[[datetime], None]


def erin(council: Council, **given: object) -> Answers:
    return factories.answers(council, **({"name": "Erin E.", "phone": "+447700900777"} | given))


def messages(council: Council) -> list[tuple[str, str]]:
    with as_council(council):
        return sorted(Message.objects.filter(to_staff=False).values_list("kind", "to_address"))


def test_the_same_address_in_the_same_council_is_one_case(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    receipt = submit(erin(kent, email="Erin@Example.ORG"), token="another", channel=Channel.WEB)
    assert receipt.enquiry_id == case.pk
    with as_council(kent):
        assert Enquiry.objects.count() == 1
        assert Submission.objects.count() == 2
        assert ToDo.objects.get().kind == ToDoKind.SENT_AGAIN
        assert Event.objects.filter(verb="enquiry.joined", subject_id=case.pk).count() == 1


def test_nothing_that_stands_is_changed_by_it_even_before_anybody_has_looked(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    submit(erin(kent, way=Way.TEXT, text_ok=True), token="another", channel=Channel.WEB)
    with as_council(kent):
        now = Enquiry.objects.get()
        assert (now.name, now.phone, now.way, now.text_ok) == (case.name, case.phone, case.way, False)
        assert Enquiry.objects.matching("07700 900777").get() == case, "but either number finds the case"


def test_in_another_council_it_is_a_case_of_its_own(kent: Council, hampshire: Council, cast: Cast) -> None:
    factories.enquiry(kent)
    receipt = submit(erin(hampshire), token="another", channel=Channel.WEB)
    with across([kent, hampshire], reason="test"):
        assert Enquiry.objects.count() == 2
        assert Enquiry.objects.get(pk=receipt.enquiry_id).council == hampshire


def test_the_page_says_what_it_says_to_anybody_new(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    case = factories.enquiry(kent)
    claim(case, by=access_of(cast.kate))
    move_clock(NEXT_WEEK)
    known = submit(erin(kent), token="one", channel=Channel.WEB)
    new = submit(erin(kent, email="somebody.else@example.org"), token="two", channel=Channel.WEB)
    assert known.reference != case.reference
    assert parse_reference(known.reference) == known.reference
    assert known.promise == new.promise
    assert (known.emailed, known.repeated, known.second_submission) == (
        new.emailed,
        new.repeated,
        new.second_submission,
    )


def test_the_reference_that_was_shown_finds_the_case(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    receipt = submit(erin(kent), token="another", channel=Channel.WEB)
    with as_council(kent):
        assert Enquiry.objects.matching(receipt.reference).get() == case


def test_the_reference_that_was_shown_brings_a_new_link(kent: Council, cast: Cast) -> None:
    factories.enquiry(kent)
    receipt = submit(erin(kent), token="another", channel=Channel.WEB)
    send_to_who_lost_it(reference=receipt.reference, email="erin@example.org", hub=kent.hub)
    assert ("fresh_link", "erin@example.org") in messages(kent)


def test_the_same_form_sent_again_is_answered_alike(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    factories.enquiry(kent)
    first = submit(erin(kent), token="another", channel=Channel.WEB)
    move_clock(MONDAY)
    again = submit(erin(kent), token="another", channel=Channel.WEB)
    changed = submit(erin(kent, message="One thing more"), token="another", channel=Channel.WEB)
    assert {again.reference, changed.reference} == {first.reference}
    assert {again.promise, changed.promise} == {first.promise}
    assert (again.repeated, changed.second_submission) == (True, True)


def test_a_form_that_repeats_what_stands_joins_as_well(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    receipt = submit(factories.answers(kent), token="another", channel=Channel.WEB)
    assert receipt.enquiry_id == case.pk
    assert receipt.reference != case.reference
    again = submit(factories.answers(kent), token="another", channel=Channel.WEB)
    assert (again.reference, again.repeated) == (receipt.reference, True)


def test_one_calm_message_a_day_goes_to_the_address_of_the_case(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    case = factories.enquiry(kent)
    for number in range(10):
        submit(erin(kent, message=f"form {number}"), token=f"token {number}", channel=Channel.WEB)
    assert messages(kent) == [("confirmation", "erin@example.org"), ("joined", "erin@example.org")]
    with as_council(kent):
        text = Message.objects.get(kind="joined").text
    assert case.reference in text
    assert "Kent Fostering will ring you by 5pm on Monday 23 November" in text
    assert "form 0" not in text
    assert "Erin" not in text
    move_clock(MONDAY)
    submit(erin(kent, message="and today"), token="monday", channel=Channel.WEB)
    assert [kind for kind, _ in messages(kent)].count("joined") == 2


def test_who_had_typed_another_address_by_mistake_has_an_enquiry_of_their_own(kent: Council, cast: Cast) -> None:
    """And is told nothing of the case that their form had joined: else whoever knows an address could have the link to
    somebody's page sent to their own."""
    case = factories.enquiry(kent)
    first = submit(erin(kent), token="another", channel=Channel.WEB)
    changed = submit(erin(kent, email="stranger@example.net"), token="another", channel=Channel.WEB)
    assert changed.enquiry_id != case.pk
    assert (changed.reference, changed.promise, changed.emailed) == (first.reference, first.promise, True)
    with as_council(kent):
        assert Enquiry.objects.matching(first.reference).get().pk == changed.enquiry_id
        theirs = Message.objects.get(to_address="stranger@example.net")
    assert (theirs.subject_id, theirs.kind) == (changed.enquiry_id, "confirmation")
    assert case.reference not in theirs.text


@pytest.mark.parametrize("changes", [["message", "times"], ["email"]])
def test_a_joined_form_changed_again_is_answered_as_a_new_one_changed_again(
    kent: Council, cast: Cast, move_clock: Move, changes: list[str]
) -> None:
    """Whoever tries an address learns nothing from what the page says, whatever they change."""
    move_clock(FRIDAY)
    factories.enquiry(kent)
    told = []
    for address, token in (("erin@example.org", "joined"), ("new@example.org", "new")):
        evening = erin(kent, email=address, times=(Slot.WEEKDAY_EVENING,))
        changed = {
            "message": replace(evening, message="More"),
            "times": replace(evening, times=(), way=Way.EMAIL),
            "email": replace(evening, email=f"changed-{address}"),
        }
        forms = [evening, evening, *(changed[name] for name in changes)]
        receipts = [submit(form, token=token, channel=Channel.WEB) for form in forms]
        assert len({receipt.reference for receipt in receipts}) == 1
        told.append([(each.promise, each.emailed, each.repeated, each.second_submission) for each in receipts])
    assert told[0] == told[1]


def test_an_address_typed_beside_a_case_joins_nothing(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        SearchKey.objects.create(council=kent, enquiry=case, kind=SearchKind.EMAIL, key="stranger@example.net")
    stranger = submit(erin(kent, email="stranger@example.net"), token="third", channel=Channel.WEB)
    assert stranger.enquiry_id != case.pk


def test_the_case_is_due_by_what_the_page_said(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    case = factories.enquiry(kent)
    log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=access_of(cast.kate))
    move_clock(MONDAY)
    receipt = submit(erin(kent, way=Way.EMAIL), token="another", channel=Channel.WEB)
    with as_council(kent):
        now = Enquiry.objects.get()
        assert now.next_due_at == receipt.promise.due_at
        assert now.promise_kept_at == FRIDAY, "the first promise was kept and stays so"


def test_a_sooner_promise_stands(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    case = factories.enquiry(kent)
    move_clock(MONDAY)
    submit(erin(kent), token="another", channel=Channel.WEB)
    with as_council(kent):
        now = Enquiry.objects.get()
        assert (now.promise_due_at, now.next_due_at) == (case.promise_due_at, case.promise_due_at)


def test_a_case_closed_without_an_end_is_open_again_with_a_promise(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    case = factories.enquiry(kent)
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    move_clock(MONDAY)
    receipt = submit(erin(kent, way=Way.EMAIL), token="another", channel=Channel.WEB)
    with as_council(kent):
        now = Enquiry.objects.get()
        assert (now.state, now.closed_at, now.promise_kept_at) == (State.IN_CONTACT, None, None)
        assert now.next_due_at == receipt.promise.due_at
        assert now.way == Way.CALL


def test_a_case_that_has_ended_is_left_alone(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(state=State.NOT_APPROVED, closed_at=case.created_at)
    assert submit(erin(kent), token="another", channel=Channel.WEB).enquiry_id != case.pk


@pytest.mark.parametrize("spam", ["the first", "the second"])
def test_what_may_be_spam_joins_nothing_by_itself(kent: Council, cast: Cast, spam: str) -> None:
    case = factories.enquiry(kent, suspicions=("honeypot",) if spam == "the first" else ())
    suspicions = ("honeypot",) if spam == "the second" else ()
    assert submit(erin(kent, suspicions=suspicions), token="another", channel=Channel.WEB).enquiry_id != case.pk


def test_who_asked_us_to_stop_and_enquires_again_is_answered_once_and_the_stop_stands(
    kent: Council, cast: Cast
) -> None:
    case = factories.enquiry(kent)
    ask_to_stop(case)
    submit(erin(kent), token="another", channel=Channel.WEB)
    assert ("joined", "erin@example.org") in messages(kent)
    with as_council(kent):
        assert Enquiry.objects.get().stopped_at is not None


def test_what_is_added_to_a_joined_form_stands_beside(
    kent: Council, cast: Cast, as_user: Callable[..., Client]
) -> None:
    case = factories.enquiry(kent)
    submit(erin(kent), token="another", channel=Channel.WEB)
    assert prepare("another", Preparation(bedroom=Bedroom.NO, second_adult="Sam Sample"))
    with as_council(kent):
        now = Enquiry.objects.get()
        assert (now.bedroom, now.second_adult) == ("", "")
    page = as_user(cast.kate).get(f"/staff/enquiries/enquiry/{case.pk}/change/").content.decode()
    assert "Sam Sample" in page


def test_a_call_written_down_by_the_phone_team_joins_too(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    receipt = enter(
        erin(kent),
        token="call",
        channel=Channel.PHONE,
        send_nothing=True,
        heard_from=HeardFrom.RADIO_TV,
        by=access_of(cast.olu),
    )
    assert receipt.enquiry_id == case.pk
    with as_council(kent):
        now = Enquiry.objects.get()
        assert now.send_nothing, "a colleague heard that nothing may be sent"
        assert now.heard_from == ""
    assert ("joined", "erin@example.org") not in messages(kent)


def test_another_councils_officer_learns_nothing_from_a_call_that_joins(
    kent: Council, hampshire: Council, cast: Cast
) -> None:
    case = factories.enquiry(kent)
    receipt = enter(erin(kent), token="call", channel=Channel.PHONE, by=access_of(cast.hal))
    assert receipt.enquiry_id == case.pk
    assert receipt.reference != case.reference


def test_two_references_are_never_the_same(kent: Council, cast: Cast) -> None:
    factories.enquiry(kent)
    shown = {submit(erin(kent), token=f"{n}", channel=Channel.WEB).reference for n in range(5)}
    with as_council(kent):
        keys = list(SearchKey.objects.filter(kind=SearchKind.REFERENCE).values_list("key", flat=True))
    assert len(shown) == 5
    assert len(keys) == len(set(keys)) == 6


def sent_at_once(council: Council, forms: int) -> int:
    """How many cases are made of so many forms under one address, each with a token of its own."""
    gate = threading.Barrier(forms)

    def send(number: int) -> None:
        answers = erin(council, message=str(number))
        gate.wait()
        submit(answers, token=f"token {number}", channel=Channel.WEB)
        connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(forms)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with as_council(council):
        return Enquiry.objects.count()


def test_forms_under_one_address_at_the_same_moment_are_one_case(committed_db: None) -> None:
    council = Council.objects.get(slug="kent")
    assert sent_at_once(council, forms=8) == 1
    with as_council(council):
        assert Submission.objects.count() == 8
        assert Message.objects.filter(kind="joined").count() == 1


def test_the_control_without_the_lock_they_are_as_many_cases(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All look before any has written: that is what the lock is there to prevent."""
    gate = threading.Barrier(4)
    monkeypatch.setattr(joining, "_one_at_a_time", lambda *_: gate.wait())
    assert sent_at_once(Council.objects.get(slug="kent"), forms=4) == 4


@pytest.mark.django_db
def test_a_form_that_joined_is_answered_alike_after_its_case_was_merged(kent: Council, cast: Cast) -> None:
    """Whoever typed somebody else's address learns nothing of the case into which theirs went."""
    kept, merged = factories.enquiry(kent), factories.enquiry(kent)
    answers = factories.answers(kent, email=merged.email, name="Erin Else")
    first = submit(answers, token="joined", channel=Channel.WEB)
    merge(kept=kept, merged=merged, by=access_of(cast.kate))
    again = submit(answers, token="joined", channel=Channel.WEB)
    assert (again.enquiry_id, again.reference) == (kept.pk, first.reference)
    assert again.reference not in (kept.reference, merged.reference)
