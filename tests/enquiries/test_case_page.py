"""What the page of a case tells, and what it costs. What is done there: test_casework.py."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions import submit
from enquiries.models import Enquiry
from enquiries.states import (
    OFFERED_WAYS,
    OUTCOMES_BY_WAY,
    Channel,
    CloseReason,
    FostersWith,
    Kind,
    Outcome,
    RouteChoice,
    Step,
    Way,
)
from enquiries.suspicion import suspicions
from tests import factories
from tests.conftest import Cast
from tests.enquiries.test_casework import address, page

AsUser = Callable[[User], Client]
QUERIES = 34


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


@pytest.mark.parametrize("way", OFFERED_WAYS)
def test_the_page_offers_only_outcomes_that_can_come_of_the_way(
    kate: Client, kent: Council, cast: Cast, way: Way
) -> None:
    shown = kate.get(address("change", factories.enquiry(kent, way=way).pk))
    buttons = [button for _, row in shown.context["file"].quick for button in row]
    assert {button.way for button in buttons} == {way, Way.CALL}
    assert all(button.outcome in OUTCOMES_BY_WAY[button.way] for button in buttons)
    by_default = shown.context["forms"]["attempt"].fields
    assert by_default["outcome"].choices[0][0] in OUTCOMES_BY_WAY[by_default["way"].choices[0][0]]


def test_the_page_offers_the_reasons_of_its_state_only(kate: Client, case: Enquiry) -> None:
    shown = page(kate, case)
    assert "No spare room" in shown
    assert "AW1" not in shown


def test_why_a_case_is_perhaps_spam_is_told_in_plain_words(kate: Client, kent: Council, cast: Cast) -> None:
    signs = suspicions(took=timedelta(0), trap="x", name="www.x.example", message="http://a http://b")
    shown = page(kate, factories.enquiry(kent, suspicions=signs))
    assert len(signs) == 4
    assert "a field was filled in that people cannot see" in shown
    assert not [sign for sign in signs if sign in shown]


def test_the_page_says_that_no_confirmation_was_chosen(kate: Client, kent: Council, cast: Cast) -> None:
    receipt = submit(
        factories.answers(kent), token="a-form-token-0123456789-0123456789", channel=Channel.PHONE, send_nothing=True
    )
    shown = kate.get(address("change", receipt.enquiry_id)).content.decode()
    assert "“Send them no confirmation” was chosen" in shown
    assert "They asked for no email" not in shown


def test_a_form_sent_again_for_another_council_is_told_by_that_councils_name(
    kate: Client, kent: Council, hampshire: Council, cast: Cast
) -> None:
    token = "a-form-token-that-is-sent-twice-0123456789"
    for council in (kent, hampshire):
        receipt = submit(factories.answers(council), token=token, channel=Channel.WEB)
    warnings, _, _ = kate.get(address("change", receipt.enquiry_id)).content.decode().partition("How to reach them")
    assert "They sent the form again, and it named Hampshire County Council." in warnings
    assert "the postcode decided" not in warnings


def test_a_council_in_doubt_is_told_with_what_the_person_said(kate: Client, kent: Council, cast: Cast) -> None:
    shown = page(kate, factories.enquiry(kent, route_choice=RouteChoice.NOT_SURE))
    assert "It is in doubt which council should answer: the person was not sure" in shown


def test_the_page_tells_how_to_reach_them_first_of_all(kate: Client, kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, uses_bsl=True, language="Polish", needs_interpreter=True, voicemail_ok=False)
    shown = page(kate, case)
    assert 'href="tel:+447700900123">07700 900123' in shown
    for told in ("Uses British Sign Language", "Speaks Polish", "Needs an interpreter", "do not mention fostering"):
        assert told in shown


def test_the_page_tells_the_promise_and_why_this_council(kate: Client, kent: Council, cast: Cast) -> None:
    route = factories.answers(kent).route
    told = type(route)(typed="ME14 1XX", reason="ME14 1XX is in Maidstone.", release="R7")
    case = factories.enquiry(kent, route=told)
    shown = page(kate, case)
    assert "Kent Fostering will ring you by" in shown
    assert "ME14 1XX is in Maidstone." in shown
    assert "R7" in shown


def test_a_second_sending_is_shown_by_its_differences(kate: Client, kent: Council, cast: Cast) -> None:
    token = "a-form-token-that-is-sent-twice-0123456789"
    submit(factories.answers(kent), token=token, channel=Channel.WEB)
    again = factories.answers(
        kent, phone="+447700900999", kind=Kind.TRANSFER, fosters_with=FostersWith.AGENCY, voicemail_ok=True
    )
    receipt = submit(again, token=token, channel=Channel.WEB)
    answer = kate.get(address("change", receipt.enquiry_id)).content.decode()
    assert "sent the form again with other answers" in answer
    for told in ("+447700900999", "Transfer from another agency", "A voicemail may mention fostering"):
        assert told in answer


def test_what_a_person_typed_cannot_become_markup(kate: Client, kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, name="<script>x</script>", message="<img src=x>")
    shown = page(kate, case)
    assert "<script>x" not in shown
    assert "<img src=x>" not in shown


def test_a_case_page_takes_the_same_queries_whatever_happened_to_it(
    kate: Client, cast: Cast, case: Enquiry, django_assert_num_queries: Callable[[int], object]
) -> None:
    actions.claim(case, by=access_of(cast.kate))  # what is hers she may give away, and the page offers colleagues
    page(kate, case)
    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]  # a context manager
        page(kate, case)
    with as_council(case.council_id):
        for number in range(5):
            actions.add_note(case, f"note {number}", by=access_of(cast.kate))
            actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(cast.kate))
        actions.take_step(case, Step.BOOK_VISIT, visit_at=hub_now() + timedelta(days=9), by=access_of(cast.kate))
    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]  # as above
        page(kate, case)


def test_a_closed_case_is_nobodys_any_more(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    actions.claim(case, by=access_of(cast.kate))
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.kate))
    told = page(as_user(cast.kate), case)
    assert "You had this case" in told and "This case is <strong>yours" not in told


def test_the_address_of_a_button_says_that_it_shows_nothing(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.kate).get(address("claim", case.pk))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "belongs to a button" in answer.content.decode()
