"""The pages of handovers: on the case, and the one where councils answer and the hub manager decides."""

from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.handover_states import HandoverState
from enquiries.models import Enquiry, Handover
from enquiries.states import RouteChoice, State
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import again, ask, fresh, own, passed_on, refuse

AsUser = Callable[[User], Client]
MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
WEDNESDAY_EVENING = datetime(2026, 11, 25, 17, 1, tzinfo=LONDON)
PAGE = reverse("admin:enquiries_handover_changelist")


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(TUESDAY)
    return factories.enquiry(kent, name="Erin Example")


@pytest.fixture
def hana(office: Council) -> User:
    return factories.user("Hana", office, Role.HUB_MANAGER)


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(unescape(answer.content.decode()).split())


def case_page(client: Client, case: Enquiry) -> str:
    return words(client.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])))


def pass_on(client: Client, case: Enquiry, council: Council, **sent: str) -> Any:
    told = {"to": str(council.pk), "reason": "lives_there", "explanation": ""} | sent
    return client.post(reverse("admin:enquiries_enquiry_pass_on", args=[case.pk]), told)


def settle(client: Client, handover: Handover, name: str, **sent: str) -> Any:
    return client.post(reverse(f"admin:enquiries_handover_{name}", args=[handover.pk]), sent)


def test_asked_on_the_case_accepted_on_the_page_and_the_new_case_opens(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    kate, hal = as_user(cast.kate), as_user(cast.hal)
    assert "Ask another council to take it" in case_page(kate, case)
    assert pass_on(kate, case, hampshire, explanation="Moved last week.").status_code == 302
    page = case_page(kate, case)
    assert "Hampshire County Council is asked</strong> since 24 November." in page
    assert "They answer by 5:00pm on Wednesday 25 November" in page
    there = words(hal.get(PAGE))
    assert "Kent County Council asks Hampshire County Council" in there
    assert "“Moved last week.” Asked by Kate" in there
    assert "Erin" not in there and case.email not in there
    with as_council(hampshire):
        asked = Handover.objects.get()
    answer = settle(hal, asked, "answer", accept="yes")
    with as_council(hampshire):
        new = Enquiry.objects.get()
    assert answer.url == reverse("admin:enquiries_enquiry_change", args=[new.pk])
    page = case_page(hal, new)
    assert "Erin Example" in page
    came = "Kent County Council passed this enquiry on to Hampshire County Council on 24 November 2026. There it was "
    assert f"{came}{case.reference}." in page
    assert "Came from another council" in page
    assert "<strong>Hampshire County Council answers this enquiry now</strong>" in case_page(kate, case)
    assert "answers this enquiry now" not in page
    assert f"Open {new.reference}" in words(hal.get(PAGE))
    assert f"Open {case.reference}" in words(kate.get(PAGE))


def test_refused_with_a_reason_the_sender_reads_why(
    case: Enquiry, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    asked, hal = ask(case, hampshire, cast.kate), as_user(cast.hal)
    assert "Choose why you do not take the enquiry." in words(settle(hal, asked, "answer", accept="no"), 409)
    assert settle(hal, asked, "answer", accept="no", refusal="not_ours", words="Tidworth is Wiltshire.").url == PAGE
    page = case_page(as_user(cast.kate), case)
    assert "refused by Hal. They do not live in our area, and we do not recruit there. “Tidworth is Wiltshire.”" in page


def test_taken_back_on_the_case(case: Enquiry, hampshire: Council, cast: Cast, as_user: AsUser) -> None:
    asked, kate = ask(case, hampshire, cast.kate), as_user(cast.kate)
    address = reverse("admin:enquiries_enquiry_keep", args=[case.pk])
    assert kate.post(address).status_code == 302
    assert again(asked).state == HandoverState.WITHDRAWN
    assert "No council is asked at the moment" in words(kate.post(address), 409)


def test_a_refusal_on_the_case_keeps_what_was_typed(
    case: Enquiry, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    page = words(pass_on(as_user(cast.kate), case, hampshire, explanation="Ask Mrs Example about it"), 409)
    assert "Leave the name" in page
    assert "Ask Mrs Example about it" in page
    assert f'<option value="{hampshire.pk}" selected>' in page


@pytest.mark.parametrize("sent", [{"to": ""}, {"to": "999999"}, {"reason": ""}, {"reason": "because"}])
def test_what_is_not_offered_is_refused(
    case: Enquiry, hampshire: Council, cast: Cast, as_user: AsUser, sent: dict[str, str]
) -> None:
    assert pass_on(as_user(cast.kate), case, hampshire, **sent).status_code == 409
    with as_council(case.council_id):
        assert not Handover.objects.exists()


def test_another_council_finds_neither_the_question_nor_the_case(
    case: Enquiry, hampshire: Council, office: Council, cast: Cast, as_user: AsUser
) -> None:
    asked = ask(case, office, cast.kate)
    hal = as_user(cast.hal)
    assert case.reference not in words(hal.get(PAGE))
    assert settle(hal, asked, "answer", accept="yes").status_code == 404
    assert pass_on(hal, case, hampshire).status_code == 404
    assert settle(as_user(cast.kate), asked, "answer", accept="yes").status_code == 404


def test_the_hub_officer_sees_each_question_once_and_answers_none(
    case: Enquiry, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    asked, olu = ask(case, hampshire, cast.kate), as_user(cast.olu)
    page = words(olu.get(PAGE))
    assert page.count("asks Hampshire County Council</h3>") == 1
    assert "Accept" not in page
    assert settle(olu, asked, "answer", accept="yes").status_code == 403
    assert settle(olu, asked, "decide", to_receiver="yes", words="Now").status_code == 403


def test_the_hub_manager_decides_on_the_page(
    case: Enquiry, hampshire: Council, cast: Cast, hana: User, as_user: AsUser, move_clock: MoveClock
) -> None:
    asked = ask(case, hampshire, cast.kate)
    client = as_user(hana)
    assert "The councils agree." in words(client.get(PAGE))
    move_clock(WEDNESDAY_EVENING)
    client = as_user(hana)
    assert "Who answers this enquiry?" in words(client.get(PAGE))
    assert "Choose which council" in words(settle(client, own(asked), "decide", words="Nearer"), 409)
    assert settle(client, own(asked), "decide", to_receiver="yes", words="Nearer").url == PAGE
    assert fresh(case).state == State.PASSED_ON
    assert "decided for both" in words(client.get(PAGE))


def test_what_was_refused_twice_waits_for_the_hub_manager_on_the_page(
    case: Enquiry, hampshire: Council, office: Council, cast: Cast, hana: User, as_user: AsUser
) -> None:
    refuse(ask(case, office, cast.kate), cast.olu)
    second = ask(case, hampshire, cast.kate)
    refuse(second, cast.hal)
    page = words(as_user(hana).get(PAGE))
    assert "Refused twice" in page
    assert page.count("Who answers this enquiry?") == 1
    assert "It was refused twice. The hub manager decides" in case_page(as_user(cast.kate), case)


def test_who_lives_elsewhere_and_chose_us_is_told_and_nothing_is_passed_on_by_itself(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    route = factories.answers(kent).route
    there = type(route)(
        typed="SO23 8UJ", postcode="SO23 8UJ", outcome="exact", authority=hampshire.authority_code, area="E07000094"
    )
    case = factories.enquiry(kent, route=there, route_choice=RouteChoice.CHOSE_COUNCIL)
    page = case_page(as_user(cast.kate), case)
    assert "Lives in the area of <strong>Hampshire County Council</strong>, and chose to foster for Kent" in page
    assert f'<option value="{hampshire.pk}" selected>' not in page
    moved = factories.enquiry(kent, email="moved@example.org", route=there)
    assert f'<option value="{hampshire.pk}" selected>' in case_page(as_user(cast.kate), moved)
    with as_council(kent):
        assert not Handover.objects.exists()


def test_the_page_costs_the_same_however_much_waits(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser, django_assert_max_num_queries: Any
) -> None:
    hal = as_user(cast.hal)
    for number in range(4):
        ask(factories.enquiry(kent, email=f"erin{number}@example.org"), hampshire, cast.kate)
    passed_on(factories.enquiry(kent, email="last@example.org"), hampshire, cast.kate, cast.hal)
    hal.get(PAGE)
    with django_assert_max_num_queries(10):
        assert words(hal.get(PAGE)).count('class="staff-panel"') == 4


def test_a_to_do_leads_to_the_page(case: Enquiry, hampshire: Council, cast: Cast, as_user: AsUser) -> None:
    ask(case, hampshire, cast.kate)
    page = words(as_user(cast.hal).get(reverse("admin:enquiries_enquiry_todos")))
    assert "Another council asks you to take an enquiry" in page
    assert f'href="{PAGE}"' in page
