"""A provider speaks for its own councils: through it, nothing of another council opens, whoever one is."""

import pytest
from django.urls import reverse

from councils.models import Council, Membership
from councils.roles import Role
from enquiries.models import Enquiry
from staff.models import SignOn
from tests import factories
from tests.conftest import Cast
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, browser, set_up

LIST = "admin:enquiries_enquiry_changelist"


@pytest.fixture(autouse=True)
def asks_for_the_second_factor(kents: SignOn) -> None:
    SignOn.objects.update(asks_second_factor=True)


@pytest.fixture
def both(cast: Cast, provider: Provider, hampshire: Council) -> Cast:
    """Kate works for Kent and for Hampshire."""
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.MANAGER)
    provider.knows("sub-kate", "kate@example.org")
    return cast


@pytest.fixture
def kents_case(kent: Council) -> Enquiry:
    return factories.enquiry(kent, name="Kentish Canary")


@pytest.fixture
def hampshires_case(hampshire: Council) -> Enquiry:
    return factories.enquiry(hampshire, name="Hampshire Canary")


def case_page(enquiry: Enquiry) -> str:
    return reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])


def test_kents_log_in_shows_kents_cases_alone(
    visit: Visit, both: Cast, kents_case: Enquiry, hampshires_case: Enquiry
) -> None:
    visit.goes_through("sub-kate")
    shown = visit.client.get(reverse(LIST)).content.decode()
    assert "Kentish Canary" in shown
    assert "Hampshire Canary" not in shown


def test_kents_log_in_does_not_open_hampshires_case(
    visit: Visit, both: Cast, kents_case: Enquiry, hampshires_case: Enquiry
) -> None:
    visit.goes_through("sub-kate")
    assert visit.client.get(case_page(kents_case)).status_code == 200
    page = visit.client.get(case_page(hampshires_case))
    assert page.status_code == 404
    assert "Hampshire" not in page.content.decode()


def test_her_own_password_opens_both(both: Cast, kents_case: Enquiry, hampshires_case: Enquiry) -> None:
    client = browser()
    client.force_login(both.kate)
    shown = client.get(reverse(LIST)).content.decode()
    assert "Kentish Canary" in shown
    assert "Hampshire Canary" in shown


def test_the_switcher_offers_no_more(visit: Visit, both: Cast, hampshire: Council, hampshires_case: Enquiry) -> None:
    visit.goes_through("sub-kate")
    session = visit.client.session
    session["council"] = hampshire.pk
    session.save()
    assert visit.client.get(case_page(hampshires_case)).status_code == 404


def test_a_hub_officers_work_for_every_council_is_not_kents_to_vouch_for(
    visit: Visit, cast: Cast, kent: Council, provider: Provider, kents_case: Enquiry, hampshires_case: Enquiry
) -> None:
    Membership.objects.create(user=cast.olu, council=kent, role=Role.OFFICER)
    provider.knows("sub-olu", "olu@example.org")
    visit.goes_through("sub-olu")
    shown = visit.client.get(reverse(LIST)).content.decode()
    assert "Kentish Canary" in shown
    assert "Hampshire Canary" not in shown


def test_without_any_council_it_opens_nothing(visit: Visit, both: Cast, kents_case: Enquiry, kents: SignOn) -> None:
    """The council went over to another provider while Kate was logged in: an empty list is not `everything`."""
    visit.goes_through("sub-kate")
    session = visit.client.session
    session["vouched_for"] = []
    session.save()
    assert visit.client.get(case_page(kents_case)).status_code in (403, 404)


def test_hampshires_log_in_after_kents_opens_hampshires_alone(
    visit: Visit, both: Cast, provider: Provider, hampshire: Council, kents_case: Enquiry, hampshires_case: Enquiry
) -> None:
    set_up(provider, hampshire, slug="hampshire", asks_second_factor=True)
    visit.goes_through("sub-kate")
    Visit(visit.client, provider, "hampshire").goes_through("sub-kate")
    assert visit.client.get(case_page(kents_case)).status_code == 404
    assert visit.client.get(case_page(hampshires_case)).status_code == 200
