"""The pages on which a person says whether two enquiries are of the same people."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.actions import claim
from enquiries.models import Enquiry, Merge, Suggestion
from enquiries.states import State
from tests import factories
from tests.conftest import Cast

Log = Callable[[User], Client]


@pytest.fixture
def one(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, email="one@example.org", name="Erin Example")


@pytest.fixture
def two(one: Enquiry, kent: Council, move_clock: Callable[[datetime], None]) -> Enquiry:
    """The same number."""
    move_clock(one.created_at + timedelta(minutes=5))
    return factories.enquiry(kent, email="two@example.org", name="E. Example")


@pytest.fixture
def kate(cast: Cast, as_user: Log) -> Client:
    return as_user(cast.kate)


def at(case: Enquiry, page: str = "change") -> str:
    return f"/staff/enquiries/enquiry/{case.pk}/{page}/"


def now(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def test_the_page_of_each_names_the_other_and_why(kate: Client, one: Enquiry, two: Enquiry) -> None:
    for case, other in ((one, two), (two, one)):
        page = kate.get(at(case)).content.decode()
        assert other.reference in page
        assert "The same phone number" in page


def test_both_stand_next_to_each_other_and_the_one_to_keep_is_chosen(
    kate: Client, one: Enquiry, two: Enquiry, cast: Cast
) -> None:
    page = kate.get(f"{at(two, 'same')}?with={one.pk}").content.decode()
    assert "one@example.org" in page
    assert "two@example.org" in page
    assert f'value="{one.pk}" checked' in page, "the older"
    assert now(two).state == State.NEW, "looking changes nothing"


def test_joined_on_the_page_and_separated_again(kate: Client, one: Enquiry, two: Enquiry) -> None:
    answer = kate.post(at(two, "same/join"), {"other": one.pk, "kept": one.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == at(one)
    assert f"{two.reference} goes on in this enquiry" in answer.content.decode()
    assert "This enquiry goes on in" in kate.get(at(two)).content.decode()
    with as_council(one.council_id):
        merge = Merge.objects.get()
    answer = kate.post(at(one, "same/separate"), {"merge": merge.pk}, follow=True)
    assert "is an enquiry of its own again" in answer.content.decode()
    assert now(two).state == State.NEW


def test_only_one_of_the_two_can_be_kept(kate: Client, one: Enquiry, two: Enquiry, kent: Council) -> None:
    third = factories.enquiry(kent, email="three@example.org", phone="+447700900777")
    answer = kate.post(at(two, "same/join"), {"other": one.pk, "kept": third.pk})
    assert answer.status_code == 409
    assert {now(each).state for each in (one, two, third)} == {State.NEW}


def test_not_the_same_people_is_said_once_for_good(kate: Client, one: Enquiry, two: Enquiry) -> None:
    with as_council(one.council_id):
        suggestion = Suggestion.objects.get()
    kate.post(at(one, "same/different"), {"suggestion": suggestion.pk})
    assert two.reference not in kate.get(at(one)).content.decode()
    with as_council(one.council_id):
        assert Suggestion.objects.get().state == "different"


def test_the_other_one_is_found_by_its_reference(kate: Client, one: Enquiry, kent: Council) -> None:
    other = factories.enquiry(kent, email="x@example.org", phone="", way="email", name="Zoe Zed")
    answer = kate.post(at(one, "same/find"), {"reference": other.reference.lower()})
    assert answer["Location"].endswith(f"?with={other.pk}")
    for wrong in ("", "KEN-0000-000", one.reference):
        assert kate.post(at(one, "same/find"), {"reference": wrong}).status_code == 409


def test_a_refusal_is_told_where_it_was_tried(kate: Client, one: Enquiry, two: Enquiry, cast: Cast) -> None:
    with as_council(one.council_id):
        Enquiry.objects.filter(pk=two.pk).update(state=State.VISITED)
    answer = kate.post(at(one, "same/join"), {"other": two.pk, "kept": one.pk})
    assert answer.status_code == 409
    assert "further along" in answer.content.decode()


def test_another_councils_case_is_nobodys(
    kate: Client, one: Enquiry, hampshire: Council, cast: Cast, as_user: Log
) -> None:
    elsewhere = factories.enquiry(hampshire)
    for client in (kate, as_user(cast.olu)):  # who may see both
        assert client.get(f"{at(one, 'same')}?with={elsewhere.pk}").status_code == 404
        assert client.post(at(one, "same/join"), {"other": elsewhere.pk, "kept": one.pk}).status_code == 404
        assert client.post(at(one, "same/find"), {"reference": elsewhere.reference}).status_code == 409
    assert kate.get(f"{at(one, 'same')}?with=nonsense").status_code == 404


def test_who_only_looks_is_offered_nothing(kent: Council, one: Enquiry, two: Enquiry, as_user: Log) -> None:
    looker = as_user(factories.user("Wanda", kent, Role.COORDINATOR))
    page = looker.get(f"{at(one, 'same')}?with={two.pk}").content.decode()
    assert "join them" not in page
    assert looker.post(at(one, "same/join"), {"other": two.pk, "kept": one.pk}).status_code == 409
    with as_council(kent):
        suggestion = Suggestion.objects.get()
    assert looker.post(at(one, "same/different"), {"suggestion": suggestion.pk}).status_code == 409
    assert now(two).state == State.NEW


def test_what_was_typed_cannot_become_markup(kate: Client, one: Enquiry, kent: Council) -> None:
    other = factories.enquiry(kent, email="x@example.org", name="<b>x</b> Example", message="<script>y</script>")
    page = kate.get(f"{at(one, 'same')}?with={other.pk}").content.decode()
    assert "<b>x" not in page
    assert "<script>y" not in page


def test_a_claim_on_the_merged_one_is_refused_with_a_sentence(
    kate: Client, one: Enquiry, two: Enquiry, cast: Cast
) -> None:
    claim(one, by=access_of(cast.kate))
    kate.post(at(two, "same/join"), {"other": one.pk, "kept": one.pk})
    assert kate.post(at(two, "claim")).status_code == 409


def test_two_of_which_one_has_ended_are_no_longer_counted(kate: Client, one: Enquiry, two: Enquiry) -> None:
    waiting = reverse("admin:enquiries_enquiry_changelist") + "?special=duplicates&state=all"
    assert two.reference in kate.get(waiting).content.decode()
    with as_council(one.council_id):
        Enquiry.objects.filter(pk=one.pk).update(state=State.APPROVED, closed_at=hub_now(), next_due_at=None)
    assert two.reference not in kate.get(waiting).content.decode()
