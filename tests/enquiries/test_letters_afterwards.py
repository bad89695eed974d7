"""What becomes of a letter to one person: answered, called back while it waits, shown on the timeline."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.attempts import withdraw_attempt
from enquiries.models import ContactAttempt, Enquiry
from enquiries.states import CloseReason, State, Step, Way
from outbox.mail_pages import parsed
from outbox.models import Message
from outbox.states import State as MessageState
from tests import factories
from tests.conftest import Cast
from tests.enquiries.letter_pages import (
    WORDS,
    address,
    begun,
    body,
    do,
    fresh,
    letters,
    send,
    todo,
    verbs,
    words_of,
    wrote,
)

AsUser = Callable[[User], Client]


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, way=Way.EMAIL)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def test_their_message_stands_below_the_answer_and_its_to_do_is_done(kate: Client, case: Enquiry) -> None:
    wrote(case, "When can you come?\n<b>Soon?</b>")
    assert todo(case).done_at is None
    typed = begun(kate, case)
    assert typed["subject"] == "Re: A question"
    assert typed["with_quote"] == "True"
    do(kate, case, "send", typed | {"text": "On Friday."})
    mail = parsed(letters(case)[0])
    assert "you wrote:\n> When can you come?\n> <b>Soon?</b>" in body(mail, "plain").replace("\r\n", "\n")
    assert "&lt;b&gt;Soon?&lt;/b&gt;" in body(mail, "html")
    with as_council(case.council_id):
        assert mail["In-Reply-To"] == case.replies.get().message_id
    assert todo(case).done_at is not None
    assert todo(case).done_by_id is not None


def test_a_reply_of_another_case_is_not_quoted(kate: Client, case: Enquiry, kent: Council) -> None:
    other = factories.enquiry(kent, email="other@example.org")
    wrote(other, "A secret of others", sender="other@example.org")
    with as_council(kent):
        reply = other.replies.get()
    send(kate, case, quote=str(reply.pk), with_quote="on")
    assert "A secret of others" not in letters(case)[0].text


def test_a_letter_is_called_back_while_it_waits_and_was_no_attempt(kate: Client, case: Enquiry) -> None:
    wrote(case)
    before = fresh(case)
    send(kate, case)
    page = kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)})
    assert page.status_code == 200
    assert page.context["form"]["text"].value() == WORDS["text"]
    assert page.context["form"]["subject"].value() == WORDS["subject"]
    assert letters(case)[0].state == MessageState.CANCELLED
    after = fresh(case)
    assert (after.promise_kept_at, after.next_due_at) == (None, before.next_due_at)
    assert todo(case).done_at is None
    assert "enquiry.letter_called_back" in verbs(case)
    with as_council(case.council_id):
        assert not ContactAttempt.objects.filter(enquiry=case).exists()


def test_a_letter_called_back_in_a_closed_case_leaves_it_closed(kate: Client, case: Enquiry, cast: Cast) -> None:
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.mina))
    send(kate, case)
    assert kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)}).status_code == 200
    assert letters(case)[0].state == MessageState.CANCELLED
    assert fresh(case).state == State.WITHDRAWN


@pytest.mark.parametrize("changed", [{"state": "sent", "smtp_reply": "250"}, {"attempts": 1}])
def test_what_has_left_is_not_called_back(kate: Client, case: Enquiry, changed: dict[str, object]) -> None:
    send(kate, case)
    (message,) = letters(case)
    with as_council(case.council_id):
        settled = {"settled_at": hub_now()} if "state" in changed else {}
        Message.objects.filter(pk=message.pk).update(**changed, **settled)
    answer = kate.post(address(case, "take_back"), {"message": str(message.pk)})
    assert answer.status_code == 409
    assert "It is too late" in words_of(answer)
    assert fresh(case).promise_kept_at is not None


def test_only_letters_are_called_back(kate: Client, case: Enquiry) -> None:
    with as_council(case.council_id):
        confirmation = Message.objects.get(subject_id=case.pk, kind="confirmation")
    assert kate.post(address(case, "take_back"), {"message": str(confirmation.pk)}).status_code == 409
    with as_council(case.council_id):
        assert Message.objects.get(pk=confirmation.pk).state == MessageState.QUEUED


@pytest.mark.parametrize("closed", [False, True])
def test_a_colleague_calls_nothing_back_and_a_manager_does(
    kate: Client, case: Enquiry, kent: Council, cast: Cast, as_user: AsUser, closed: bool
) -> None:
    if closed:
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.mina))
    send(kate, case)
    sent = {"message": str(letters(case)[0].pk)}
    colleague = as_user(factories.user("Kim", kent, Role.OFFICER))
    assert colleague.post(address(case, "take_back"), sent).status_code == 409
    assert letters(case)[0].state == MessageState.QUEUED
    assert as_user(cast.mina).post(address(case, "take_back"), sent).status_code == 200


def test_the_words_called_back_can_be_sent_after_all(kate: Client, case: Enquiry) -> None:
    typed = begun(kate, case) | WORDS
    do(kate, case, "send", typed)
    page = kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)})
    assert do(kate, case, "send", typed).status_code == 409, "the page of before"
    again = {field.name: str(field.value() or "") for field in page.context["form"]}
    assert do(kate, case, "send", again).status_code == 302
    assert sorted(letter.state for letter in letters(case)) == [MessageState.CANCELLED, MessageState.QUEUED]


def test_it_is_held_for_a_minute(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    (message,) = letters(case)
    assert message.not_before - message.created_at == timedelta(minutes=1)
    page = kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk]))
    assert "“About fostering” is waiting to leave" in words_of(page)


def test_the_timeline_shows_the_words_and_how_they_fared(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    shown = words_of(kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])))
    assert shown.count("shall we talk?") == 1
    assert "Waiting to be sent" in shown


def test_a_letter_is_one_entry_of_the_timeline_and_nobodys_mistake(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    with as_council(case.council_id):
        Message.objects.filter(kind="letter").update(
            state="sent", smtp_reply="250", settled_at=hub_now(), receipt="delivered"
        )
    page = kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk]))
    assert words_of(page).count("About fostering") == 1
    assert "Email to the enquirer: Sent, delivered" in words_of(page)
    assert "Written down by mistake" not in words_of(page)


def test_a_letter_called_back_is_told_once(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)})
    shown = words_of(kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])))
    assert shown.count("Called the message back before it left") == 1
    assert "mistake" not in shown
    assert "Email to the enquirer: Cancelled" in shown


def test_a_letter_that_was_sent_is_no_attempt_written_down_by_mistake(kate: Client, case: Enquiry, cast: Cast) -> None:
    send(kate, case)
    with as_council(case.council_id):
        attempt = ContactAttempt.objects.get(enquiry=case)
    with pytest.raises(Refused, match="This is a letter"):
        withdraw_attempt(case, attempt.pk, by=access_of(cast.kate))
    assert fresh(case).promise_kept_at == attempt.at
