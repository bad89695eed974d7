"""What staff do with a case on its page. Each: it works, it is refused, it is refused to the other council."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Council, Event, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.models import ContactAttempt, Enquiry, Note
from enquiries.states import (
    OUTCOMES_BY_WAY,
    CloseReason,
    Outcome,
    State,
    Step,
    Way,
)
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.in_order import as_written

AsUser = Callable[[User], Client]
ACTIONS: dict[str, dict[str, str]] = {
    "claim": {},
    "attempt": {"way": "call", "outcome": "reached"},
    "note": {"text": "Rang twice."},
    "step": {"step": "withdraw", "reason": "no_room"},
    "release": {},
}


def address(name: str, enquiry_id: object) -> str:
    return reverse(f"admin:enquiries_enquiry_{name}", args=[enquiry_id])


def send(client: Client, name: str, case: Enquiry, **sent: str) -> Any:
    return client.post(address(name, case.pk), ACTIONS[name] | sent)


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.select_related("owner").get(pk=case.pk)


def events(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return list(as_written(Event.objects.filter(subject_id=case.pk)).values_list("verb", flat=True))


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def page(client: Client, case: Enquiry) -> str:
    answer = client.get(address("change", case.pk))
    assert answer.status_code == 200
    return answer.content.decode()


def plain(content: bytes) -> str:
    """Without what is fresh each time."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+', "", content.decode())


@pytest.mark.parametrize("name", ACTIONS)
def test_another_councils_case_and_none_answer_alike(case: Enquiry, cast: Cast, as_user: AsUser, name: str) -> None:
    client = as_user(cast.hal)
    others = client.post(address(name, case.pk), ACTIONS[name])
    nobodys = client.post(address(name, uuid4()), ACTIONS[name])
    assert (others.status_code, nobodys.status_code) == (404, 404)
    assert plain(others.content) == plain(nobodys.content)
    assert fresh(case).version == case.version


def test_another_councils_case_page_answers_like_none(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.hal)
    others, nobodys = client.get(address("change", case.pk)), client.get(address("change", uuid4()))
    assert others.status_code == nobodys.status_code == 404
    assert plain(others.content) == plain(nobodys.content)
    assert "enquiry.seen" not in events(case)


def test_a_slip_in_a_form_is_not_written_down_as_a_refusal(kate: Client, case: Enquiry) -> None:
    slips = [("note", {"text": " "}), ("attempt", {"at": "yesterday"}), ("attempt", {"outcome": "sent"})]
    for name, sent in [*slips, ("attempt", {"at": "2126-01-01T10:00"})]:
        assert send(kate, name, case, **sent).status_code == 409
    assert "enquiry.refused" not in events(case)


def test_what_the_workflow_refuses_is_written_down(kate: Client, case: Enquiry) -> None:
    send(kate, "step", case, step="approve")
    assert events(case).count("enquiry.refused") == 1
    send(kate, "step", case)
    send(kate, "claim", case)
    assert events(case).count("enquiry.refused") == 2


@pytest.mark.parametrize("name", ACTIONS)
def test_a_link_alone_does_nothing(kate: Client, case: Enquiry, name: str) -> None:
    assert kate.get(address(name, case.pk)).status_code == 405
    assert fresh(case).version == case.version


@pytest.mark.parametrize("name", ACTIONS)
def test_who_may_only_read_is_refused_with_a_sentence(case: Enquiry, kent: Council, as_user: AsUser, name: str) -> None:
    reader = factories.user("Sage", kent, Role.SAFEGUARDING)
    answer = send(as_user(reader), name, case)
    assert answer.status_code == 409
    assert "Your role does not allow this." in answer.content.decode()
    assert {"enquiry.refused", "enquiry.seen"} <= set(events(case))


@pytest.mark.parametrize("name", ACTIONS)
def test_without_the_forms_own_token_nothing_is_done(cast: Cast, case: Enquiry, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.kate)
    assert send(client, name, case).status_code == 403
    assert fresh(case).version == case.version


def test_a_hub_officer_works_the_cases_of_every_council(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    send(as_user(cast.olu), "claim", case)
    assert fresh(case).owner_id == cast.olu.pk


def test_opening_a_case_writes_down_who_saw_it(kate: Client, case: Enquiry) -> None:
    page(kate, case)
    page(kate, case)
    assert fresh(case).first_seen_at is not None
    assert events(case).count("enquiry.seen") == 2


def test_an_officer_takes_a_case(kate: Client, cast: Cast, case: Enquiry) -> None:
    answer = kate.post(address("claim", case.pk), follow=True)
    assert "This case is yours." in answer.content.decode()
    assert fresh(case).owner_id == cast.kate.pk


def test_a_case_that_a_colleague_has_is_not_taken(kate: Client, cast: Cast, as_user: AsUser, case: Enquiry) -> None:
    send(as_user(cast.mina), "claim", case)
    answer = send(kate, "claim", case)
    assert "Mina has this case already." in answer.content.decode()
    assert fresh(case).owner_id == cast.mina.pk


def test_one_click_logs_a_call_and_keeps_the_promise(kate: Client, case: Enquiry) -> None:
    assert send(kate, "attempt", case).status_code == 302
    after = fresh(case)
    assert (after.state, after.promise_kept_at is not None) == (State.IN_CONTACT, True)
    assert "Phone call: Reached" in page(kate, case)


def test_an_attempt_may_be_written_down_later_with_a_comment(kate: Client, case: Enquiry) -> None:
    send(kate, "attempt", case, way="email", outcome="sent", comment="Sent the guide.\nAsked for a time.")
    with as_council(case.council_id):
        attempt = ContactAttempt.objects.get(enquiry=case)
    assert (attempt.way, attempt.outcome) == (Way.EMAIL, Outcome.SENT)
    assert "Asked for a time." in page(kate, case)


def test_an_attempt_in_the_future_is_refused_and_what_was_typed_stays(kate: Client, case: Enquiry) -> None:
    answer = send(kate, "attempt", case, at="2126-01-01T10:00", comment="Tomorrow, perhaps")
    assert answer.status_code == 409
    assert "cannot be in the future" in answer.content.decode()
    assert "Tomorrow, perhaps" in answer.content.decode()
    assert fresh(case).promise_kept_at is None


@pytest.mark.parametrize("sent", [{"way": "pigeon"}, {"outcome": ""}, {"at": "yesterday"}])
def test_an_attempt_that_is_none_of_ours_is_refused(kate: Client, case: Enquiry, sent: dict[str, str]) -> None:
    assert send(kate, "attempt", case, **sent).status_code == 409
    with as_council(case.council_id):
        assert not ContactAttempt.objects.filter(enquiry=case).exists()


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("outcome", Outcome)
def test_an_attempt_is_kept_where_the_outcome_can_come_of_the_way(
    kate: Client, case: Enquiry, way: Way, outcome: Outcome
) -> None:
    answer = send(kate, "attempt", case, way=way.value, outcome=outcome.value, comment="Typed already")
    fits = outcome in OUTCOMES_BY_WAY[way]
    assert answer.status_code == (302 if fits else 409)
    with as_council(case.council_id):
        assert ContactAttempt.objects.filter(enquiry=case).exists() == fits
    if not fits:
        assert f"“{outcome.label}” cannot come of “{way.label}”." in answer.content.decode()
        assert "Typed already" in answer.content.decode()
        assert fresh(case).promise_kept_at is None


def test_a_voicemail_and_an_email_sent_are_different_things() -> None:
    assert Outcome.VOICEMAIL not in OUTCOMES_BY_WAY[Way.EMAIL]
    assert Outcome.SENT not in OUTCOMES_BY_WAY[Way.CALL]
    assert OUTCOMES_BY_WAY[Way.VISIT] == (Outcome.REACHED, Outcome.NO_ANSWER)


def test_a_note_is_shown_as_it_was_typed(kate: Client, cast: Cast, case: Enquiry) -> None:
    send(kate, "note", case, text="<b>Two</b> dogs")
    with as_council(case.council_id):
        assert Note.objects.get(enquiry=case).by_id == cast.kate.pk
    assert "&lt;b&gt;Two&lt;/b&gt; dogs" in page(kate, case)


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_a_note_that_cannot_be_kept_is_refused(kate: Client, case: Enquiry, text: str) -> None:
    assert send(kate, "note", case, text=text).status_code == 409


def test_a_case_is_closed_with_a_reason_of_its_state(kate: Client, case: Enquiry) -> None:
    send(kate, "step", case, step="withdraw", reason="no_room", comment="Perhaps next year")
    after = fresh(case)
    assert (after.state, after.close_reason, after.next_due_at) == (State.WITHDRAWN, CloseReason.NO_ROOM, None)
    assert "Perhaps next year" in page(kate, case)


def test_a_reason_of_another_state_is_refused(kate: Client, case: Enquiry) -> None:
    answer = send(kate, "step", case, step="withdraw", reason="AW1")
    assert "Choose another one from the list." in answer.content.decode()
    assert fresh(case).state == State.NEW


def test_not_yet_asks_for_the_day_to_ask_again(kate: Client, case: Enquiry) -> None:
    answer = send(kate, "step", case, step="postpone", reason="no_room")
    assert "Say on which future day to ask again." in answer.content.decode()
    day = date.today() + timedelta(days=90)  # noqa: DTZ011  # any day ahead
    send(kate, "step", case, step="postpone", reason="no_room", wake_on=day.isoformat())
    assert (fresh(case).state, fresh(case).wake_on) == (State.NOT_YET, day)


def test_a_closed_case_takes_notes_and_no_attempts(kate: Client, case: Enquiry) -> None:
    send(kate, "step", case)
    assert send(kate, "attempt", case).status_code == 409
    assert send(kate, "note", case).status_code == 302
    assert "Write down a contact attempt" not in page(kate, case)


def test_a_case_out_of_quarantine_is_confirmed_to_the_enquirer(kate: Client, kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, suspicions=("too fast",))
    assert "Perhaps spam" in page(kate, case)
    send(kate, "release", case)
    assert not fresh(case).quarantined
    with as_council(kent):
        assert Message.objects.filter(subject_id=case.pk, kind="confirmation").count() == 1


def test_a_case_is_moved_on_by_a_choice_and_a_button(kate: Client, case: Enquiry) -> None:
    assert "Move the case on" in page(kate, case)
    assert send(kate, "step", case, step="visit").status_code == 302
    assert fresh(case).state == State.VISITED


@pytest.mark.parametrize("step", [Step.REACH, Step.VISIT, Step.APPLY])
def test_going_on_along_the_path_means_that_somebody_got_in_touch(kate: Client, case: Enquiry, step: Step) -> None:
    send(kate, "step", case, step=step.value)
    after = fresh(case)
    assert after.promise_kept_at == after.state_changed_at
    assert after.next_due_at is not None
    assert after.next_due_at > case.promise_due_at
    with as_council(case.council_id):
        facts = Event.objects.get(subject_id=case.pk, verb=f"enquiry.{step.value}").facts
    assert (facts["promise_kept"], facts["promise_evidence"]) == (True, "implied")
    assert "so the promise counts as kept" in page(kate, case)


def test_a_step_after_the_promise_was_kept_changes_nothing_about_it(kate: Client, case: Enquiry) -> None:
    send(kate, "attempt", case)
    kept = fresh(case)
    send(kate, "step", case, step="visit")
    assert (fresh(case).promise_kept_at, fresh(case).next_due_at) == (kept.promise_kept_at, kept.next_due_at)
    assert "so the promise counts as kept" not in page(kate, case)


def test_closing_and_opening_again_keeps_no_promise(kate: Client, case: Enquiry) -> None:
    for step in ("withdraw", "reopen"):
        send(kate, "step", case, step=step)
        assert fresh(case).promise_kept_at is None


def test_a_step_that_only_a_manager_may_take_is_not_offered_to_an_officer(
    kate: Client, cast: Cast, as_user: AsUser, case: Enquiry
) -> None:
    assert '<option value="approve">' not in page(kate, case)
    assert '<option value="approve">' in page(as_user(cast.mina), case)
    assert "Only" in send(kate, "step", case, step="approve").content.decode()
    assert fresh(case).state == State.NEW
