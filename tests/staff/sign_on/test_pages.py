"""The buttons, where they lead, and where one comes out."""

import pytest
from django.test import Client
from django.urls import reverse

from staff.models import SignOn
from tests.conftest import Cast
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, onward, sent_along, set_up

pytestmark = pytest.mark.usefixtures("kate")


def test_opening_the_address_asks_first(visit: Visit) -> None:
    answer = visit.client.get(reverse("openid_connect_login", args=["kent"]))
    assert "Go to Kent’s own log-in" in answer.content.decode()
    assert visit.provider.asked == []


def test_a_button_on_another_site_sends_nobody_off(provider: Provider, kents: SignOn) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("openid_connect_login", args=["kent"])).status_code == 403


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(visit: Visit, elsewhere: str) -> None:
    answer = visit.goes_through("sub-kate", next=elsewhere)
    assert answer["Location"] == reverse("admin:index")


def test_it_leads_to_the_page_that_was_asked_for(visit: Visit) -> None:
    answer = visit.goes_through("sub-kate", next="/staff/enquiries/enquiry/")
    assert answer["Location"] == "/staff/enquiries/enquiry/"


def test_another_work_account_can_be_chosen_after_a_refusal(visit: Visit) -> None:
    visit.provider.knows("sub-nobody", "nobody@example.org")
    assert 'name="another"' in visit.goes_through("sub-nobody").content.decode()
    assert sent_along(onward(visit.leaves(another="1")))["prompt"] == "select_account"


def test_a_refusal_leaves_whoever_was_logged_in_logged_in(visit: Visit, cast: Cast) -> None:
    visit.client.force_login(cast.hal)
    visit.provider.knows("sub-nobody", "nobody@example.org")
    visit.goes_through("sub-nobody")
    assert visit.client.session["_auth_user_id"] == str(cast.hal.pk)


def test_nobodys_account_is_joined_to_another_providers(visit: Visit, cast: Cast) -> None:
    """Logged in as Mina, somebody comes back as Kate: they are Kate from then on, and Mina has no link."""
    visit.client.force_login(cast.mina)
    state = visit.client.post(f"{reverse('openid_connect_login', args=['kent'])}?process=connect")
    visit.comes_back(visit.logs_in_there(onward(state), "sub-kate"))
    assert visit.client.session["_auth_user_id"] == str(cast.kate.pk)
    assert not cast.mina.socialaccount_set.exists()


def test_each_current_one_has_its_button(client: Client, kents: SignOn, provider: Provider) -> None:
    set_up(provider, slug="ended", name="Ended one", ended_at="2026-01-01T00:00Z")
    page = client.get(reverse("account_login")).content.decode()
    assert 'formaction="/staff/account/sign-on/kent/">Kent’s own log-in</button>' in page
    assert "Ended one" not in page
    assert "<details" not in page


def test_many_are_folded_away(client: Client, kents: SignOn, provider: Provider) -> None:
    for number in range(6):
        set_up(provider, slug=f"another-{number}", name=f"Another {number}")
    assert "<summary>Choose your organisation</summary>" in client.get(reverse("account_login")).content.decode()


def test_without_any_the_log_in_page_speaks_of_none(client: Client, db: None) -> None:
    assert "your organisation’s account" not in client.get(reverse("account_login")).content.decode()
