"""A letter that must not leave, or cannot: it says why."""

import html
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import Outcome, State, Way
from outbox.states import Cover
from outbox.suppressions import suppress
from tests import factories
from tests.conftest import Cast
from tests.enquiries.letter_pages import (
    WORDS,
    address,
    begun,
    do,
    letters,
    send,
    words_of,
)

AsUser = Callable[[User], Client]
NO_EMAIL: dict[str, Callable[[Enquiry], object]] = {
    "bounced": lambda case: Enquiry.objects.filter(pk=case.pk).update(email_fails=True),
    "suppressed in the hub": lambda case: suppress(
        case.email, hub_id=case.council.hub_id, cover=Cover.EVERYTHING, reason="hard_bounce"
    ),
    "none": lambda case: Enquiry.objects.filter(pk=case.pk).update(email=""),
}
REFUSED = {
    "no subject": ({"subject": ""}, "Write a subject."),
    "a long subject": ({"subject": "s" * 101}, "Keep it to 100"),
    "no words": ({"text": " "}, "Write something first."),
    "too many words": ({"text": "w" * 5001}, "5,000 characters or fewer"),
    "no way": ({"way": ""}, "Choose email or text message."),
    "half a placeholder": ({"text": "Hello ((you)"}, "Two brackets beside each other"),
}


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, way=Way.EMAIL)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


@pytest.mark.parametrize(
    ("state", "sentence"), [(State.DUPLICATE, "joined with another"), (State.PASSED_ON, "passed on to another council")]
)
def test_nobody_writes_from_a_case_that_goes_on_elsewhere(
    kate: Client, case: Enquiry, state: State, sentence: str
) -> None:
    typed = begun(kate, case) | WORDS
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(state=state, closed_at=hub_now(), next_due_at=None)
    for answer in (do(kate, case, "look", typed), do(kate, case, "send", typed), kate.get(address(case))):
        assert answer.status_code == 409
        assert sentence in words_of(answer)
    assert letters(case) == []


@pytest.mark.parametrize(
    ("changed", "sentence"), [({"quarantined": True}, "Release the case first"), ({"to_confirm": True}, "Say so on")]
)
def test_nothing_leaves_to_whom_nobody_has_confirmed(
    kate: Client, case: Enquiry, changed: dict[str, bool], sentence: str
) -> None:
    typed = begun(kate, case) | WORDS
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**changed)
    answer = do(kate, case, "send", typed)
    assert answer.status_code == 409
    assert sentence in words_of(answer)
    assert letters(case) == []


@pytest.mark.parametrize("flag", ["stopped_at", "send_nothing"])
def test_whoever_asked_us_to_stop_is_written_to_only_if_they_expect_it(kate: Client, case: Enquiry, flag: str) -> None:
    value = hub_now() if flag == "stopped_at" else True
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**{flag: value})
    answer = send(kate, case)
    assert answer.status_code == 409
    assert "Say that they expect this letter" in words_of(answer)
    assert send(kate, case, agreed="on").status_code == 302
    with as_council(case.council_id):
        assert Event.objects.get(subject_id=case.pk, verb="enquiry.letter_sent").facts["expected"] is True


@pytest.mark.parametrize("why", NO_EMAIL)
def test_no_email_goes_where_none_arrives(kate: Client, case: Enquiry, why: str) -> None:
    typed = begun(kate, case) | WORDS
    with as_council(case.council_id):
        NO_EMAIL[why](case)
    assert do(kate, case, "send", typed).status_code == 409
    assert letters(case) == []
    assert "They can be neither emailed nor texted" in words_of(kate.get(address(case)))


def test_an_address_that_was_written_down_as_wrong_is_not_written_to(kate: Client, case: Enquiry, cast: Cast) -> None:
    actions.log_attempt(case, way=Way.EMAIL, outcome=Outcome.WRONG_DETAILS, by=access_of(cast.kate))
    assert "their email address is wrong" in words_of(kate.get(address(case)))


def test_a_letter_in_the_way_of_a_placeholder_is_refused(kate: Client, case: Enquiry) -> None:
    answer = send(kate, case, text="We meet on ((visit)).")
    assert answer.status_code == 409
    assert "((visit)) could not be filled in" in words_of(answer)
    assert "We meet on ((visit))." in html.unescape(answer.content.decode())


@pytest.mark.parametrize("name", REFUSED)
def test_a_letter_that_cannot_leave_says_why(kate: Client, case: Enquiry, name: str) -> None:
    changed, sentence = REFUSED[name]
    for what in ("look", "send"):
        answer = do(kate, case, what, begun(kate, case) | WORDS | changed)
        assert answer.status_code == 409
        assert sentence in words_of(answer)
    assert letters(case) == []


def test_another_councils_case_and_none_answer_alike(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    hal, nowhere = as_user(cast.hal), Enquiry(pk=uuid4())
    for answers in (
        [hal.get(address(each)) for each in (case, nowhere)],
        [do(hal, each, "send", WORDS) for each in (case, nowhere)],
        [hal.post(address(each, "take_back"), {"message": str(uuid4())}) for each in (case, nowhere)],
    ):
        assert [answer.status_code for answer in answers] == [404, 404]
    assert letters(case) == []


def test_whoever_only_looks_writes_nothing(case: Enquiry, kent: Council, as_user: AsUser) -> None:
    lead = as_user(factories.user("Sade", kent, Role.SAFEGUARDING))
    assert lead.get(address(case)).status_code == 404
    assert do(lead, case, "send", WORDS).status_code == 404
    assert "Write to them" not in words_of(lead.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])))
