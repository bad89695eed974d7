"""Who asks for the second factor: the provider where it does, else we do."""

from typing import Any

import pytest
from django.urls import reverse

from councils.models import Council, User
from staff.models import SignOn
from tests.second_steps import code, enter, is_in, log_in, set_up_app
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, browser

FIRST_PAGE, SECOND_STEP = "admin:index", "mfa_authenticate"


@pytest.fixture
def secret(kate: User) -> str:
    return set_up_app(kate)


def test_ours_is_asked_for_where_the_provider_does_not_say(visit: Visit, secret: str) -> None:
    assert visit.goes_through("sub-kate")["Location"] == reverse(SECOND_STEP)
    assert not is_in(visit.client)
    enter(visit.client, code(secret))
    assert is_in(visit.client)


def test_ours_is_not_asked_for_where_the_provider_says_it_was(visit: Visit, secret: str, provider: Provider) -> None:
    provider.people["sub-kate"]["amr"] = ["pwd", "mfa"]
    assert visit.goes_through("sub-kate")["Location"] == reverse(FIRST_PAGE)
    assert is_in(visit.client)


@pytest.mark.parametrize("methods", [["pwd"], [], "mfa", "no-mfa", {"mfa": 1}, None])
def test_what_is_not_a_second_factor_is_none(visit: Visit, secret: str, provider: Provider, methods: Any) -> None:
    provider.people["sub-kate"]["amr"] = methods
    assert visit.goes_through("sub-kate")["Location"] == reverse(SECOND_STEP)


def test_ours_is_not_asked_for_where_the_provider_always_asks(visit: Visit, secret: str, kents: SignOn) -> None:
    SignOn.objects.update(asks_second_factor=True)
    assert visit.goes_through("sub-kate")["Location"] == reverse(FIRST_PAGE)


def test_whoever_has_none_and_was_asked_for_none_sets_one_up(visit: Visit, kate: User) -> None:
    User.objects.filter(pk=kate.pk).update(second_factor_at=None)
    visit.goes_through("sub-kate")
    assert visit.client.get(reverse(FIRST_PAGE))["Location"] == reverse("mfa_activate_totp")


def test_whoever_was_asked_for_one_there_needs_none_of_ours(visit: Visit, kate: User, provider: Provider) -> None:
    User.objects.filter(pk=kate.pk).update(second_factor_at=None)
    provider.people["sub-kate"]["amr"] = ["mfa"]
    visit.goes_through("sub-kate")
    assert is_in(visit.client)


def test_a_factor_asked_there_does_not_help_a_password(visit: Visit, secret: str, kate: User, kents: SignOn) -> None:
    """The session of an unfinished log-in goes on; what the provider said about it must not."""
    SignOn.objects.update(asks_second_factor=True)
    visit.goes_through("sub-kate")
    assert visit.client.session["sign_on_factor"] is True
    User.objects.filter(pk=kate.pk).update(second_factor_at=None)
    log_in(visit.client, kate)
    visit.client.post(reverse("account_logout"))
    assert log_in(visit.client, kate)["Location"] == reverse(SECOND_STEP)
    enter(visit.client, code(secret))
    assert "sign_on_factor" not in visit.client.session
    assert "vouched_for" not in visit.client.session


def test_a_password_does_not_widen_what_a_sign_on_has_begun(
    visit: Visit, secret: str, kate: User, kent: Council
) -> None:
    """allauth leads back to the step that waits: it is the sign-on that the code ends, with its limits."""
    visit.goes_through("sub-kate")
    log_in(visit.client, kate)
    enter(visit.client, code(secret))
    assert is_in(visit.client)
    assert visit.client.session["vouched_for"] == [kent.pk]


def test_nothing_is_vouched_for_before_the_second_step(visit: Visit, secret: str) -> None:
    visit.goes_through("sub-kate")
    assert not {"vouched_for", "sign_on_factor"} & set(visit.client.session.keys())


def test_what_waits_for_the_second_step_holds_no_password_and_no_token(visit: Visit, secret: str, kate: User) -> None:
    visit.goes_through("sub-kate")
    waiting = str(visit.client.session["account_login"])
    assert kate.password not in waiting
    assert "kate@example.org" not in waiting
    assert "id_token" not in waiting


def test_a_second_step_begun_before_the_sign_on_ended_opens_nothing(visit: Visit, secret: str, kents: SignOn) -> None:
    visit.goes_through("sub-kate")
    SignOn.objects.update(ended_at="2026-01-01T00:00Z")
    enter(visit.client, code(secret))
    assert not is_in(visit.client)


def test_a_client_without_a_cookie_gets_no_second_step(visit: Visit, secret: str) -> None:
    visit.goes_through("sub-kate")
    assert enter(browser(), code(secret))["Location"] == reverse("account_login")


def test_what_stands_in_a_session_already_does_not_outlive_a_log_in_by_password(
    visit: Visit, secret: str, kate: User
) -> None:
    session = visit.client.session
    session.update({"sign_on_factor": True, "vouched_for": [0]})
    session.save()
    log_in(visit.client, kate)
    enter(visit.client, code(secret))
    assert not {"vouched_for", "sign_on_factor"} & set(visit.client.session.keys())
