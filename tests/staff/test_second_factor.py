"""A password alone opens nothing; what a second factor is, and how it comes and goes."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from lafse.isolation.addresses import Address, addresses
from lafse.isolation.expected import EXPECTED
from tests import factories
from tests.conftest import Cast
from tests.factories import PASSWORD
from tests.second_steps import code, confirm, enter, is_in, log_in, passkey, recovery_codes, set_up_app

AsUser = Callable[[User], Client]
SET_UP = reverse("mfa_activate_totp")
PAGES = [address for address in addresses() if address.route.startswith("staff/")]
# What somebody without a second factor needs to set one up, to leave, and to look after their password. It shows
# nobody's rows but their own.
OWN_ACCOUNT = "staff/account/"


@pytest.fixture
def newcomer(cast: Cast) -> User:
    """Kate on her first day: a password, and nothing else."""
    cast.kate.second_factor_at = None
    cast.kate.save()
    return cast.kate


@pytest.fixture
def inside(client: Client, newcomer: User) -> Client:
    """A session that her password has opened."""
    log_in(client, newcomer)
    return client


def sets_up_app(client: Client) -> Any:
    secret = client.get(SET_UP).context["form"].secret
    return client.post(SET_UP, {"code": code(secret)})


def second_factor_at(user: User) -> object:
    return User.objects.get(pk=user.pk).second_factor_at


def path_of(address: Address) -> str:
    made = EXPECTED.get(address.name)
    if made and made.path:
        return made.path
    number, uuid = "1900000099", "00000000-0000-4000-8000-000000000001"
    values = {"slug": "guide", "which": "1-tried", "app_label": "councils", "url": "nothing"}
    parameters = {"object_id", "absence_id", "pk", "session_id", "user_id", "membership_id", "invitation_id"}

    class Values(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return number if name in parameters else uuid

    return address.path(Values(values))


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_second_factor_every_staff_page_leads_to_setting_one_up(inside: Client, method: str) -> None:
    asked = [address for address in PAGES if not address.route.startswith(OWN_ACCOUNT)]
    answers = {address: getattr(inside, method)(path_of(address)) for address in asked}
    assert len(asked) > 60
    assert [
        each for each, got in answers.items() if (got.status_code, got.headers.get("Location")) != (302, SET_UP)
    ] == []


def test_the_pages_of_ones_own_account_show_no_councils_rows(inside: Client, kent: Council) -> None:
    reference = factories.enquiry(kent, name="Erin Canary").reference
    asked = [each for each in PAGES if each.route.startswith(OWN_ACCOUNT)]
    answers = [inside.get(path_of(address)) for address in asked]
    assert len(asked) > 20
    assert {answer.status_code for answer in answers} <= {200, 302, 403, 404, 405}
    assert [answer for answer in answers if b"Canary" in answer.content or reference.encode() in answer.content] == []


def test_a_password_leads_a_newcomer_to_setting_up(client: Client, newcomer: User) -> None:
    answer = client.get(log_in(client, newcomer)["Location"])
    assert answer["Location"] == SET_UP


def test_a_newcomer_is_not_asked_for_the_password_twice(inside: Client) -> None:
    for page in (SET_UP, reverse("mfa_add_webauthn")):
        assert inside.get(page).status_code == 200


def test_setting_up_an_app_opens_the_pages_and_makes_recovery_codes(inside: Client, newcomer: User) -> None:
    answer = sets_up_app(inside)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert is_in(inside)
    shown = inside.get(answer["Location"])
    assert len(shown.context["unused_codes"]) == 10
    assert shown.context["unused_codes"][0][:4] in shown.content.decode()


def test_recovery_codes_are_shown_once(inside: Client, newcomer: User) -> None:
    page = sets_up_app(inside)["Location"]
    shown = inside.get(page).context["unused_codes"]
    again = inside.get(page)
    assert not [each for each in shown if each[:4] in again.content.decode()]
    assert "You have 10 recovery codes left" in again.content.decode()


def test_a_wrong_code_sets_nothing_up(inside: Client, newcomer: User) -> None:
    secret = inside.get(SET_UP).context["form"].secret
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06}"
    answer = inside.post(SET_UP, {"code": wrong})
    assert "That code is not right" in answer.content.decode()
    assert not is_in(inside)


def test_the_secret_stays_while_the_page_is_looked_at_again(inside: Client) -> None:
    first, second = (inside.get(SET_UP).context["form"].secret for _ in range(2))
    assert first == second


def test_the_secret_lies_nowhere_in_the_clear(inside: Client, newcomer: User) -> None:
    secret = inside.get(SET_UP).context["form"].secret
    assert secret not in str(dict(inside.session))
    inside.post(SET_UP, {"code": code(secret)})
    assert secret not in str(Authenticator.objects.filter(user=newcomer).values_list("data", flat=True))
    assert secret not in str(dict(inside.session))


def test_the_code_that_set_the_app_up_does_not_log_in(inside: Client, newcomer: User) -> None:
    secret = inside.get(SET_UP).context["form"].secret
    used = code(secret)
    inside.post(SET_UP, {"code": used})
    other = Client()
    log_in(other, newcomer)
    assert "used already" in enter(other, used).content.decode()


def test_the_first_factor_ends_sessions_that_a_password_alone_opened(inside: Client, newcomer: User) -> None:
    thief = Client()
    log_in(thief, newcomer)
    assert UserSession.objects.filter(user=newcomer).count() == 2
    sets_up_app(inside)
    assert is_in(inside)
    assert not is_in(thief)
    assert thief.get(reverse("mfa_index")).status_code == 302


def read_before(client: Client) -> Client:
    """Somebody who has read the cookie, to use it later."""
    thief = Client()
    thief.cookies.load({settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})
    return thief


def test_a_cookie_read_before_the_first_factor_opens_nothing(inside: Client, newcomer: User) -> None:
    thief = read_before(inside)
    sets_up_app(inside)
    assert is_in(inside)
    assert not is_in(thief)


def test_a_cookie_read_before_somebody_confirmed_is_dead(cast: Cast) -> None:
    client = Client()
    secret = set_up_app(cast.kate)
    log_in(client, cast.kate)
    enter(client, code(secret))
    thief = read_before(client)
    assert is_in(thief)
    confirm(client, cast.kate)
    assert is_in(client)
    assert not is_in(thief)
    assert UserSession.objects.get(user=cast.kate).session_key == client.session.session_key


@pytest.mark.parametrize("add", [set_up_app, passkey])
def test_an_app_or_a_passkey_is_a_second_factor(newcomer: User, add: Callable[[User], object]) -> None:
    add(newcomer)
    assert second_factor_at(newcomer) is not None


def test_recovery_codes_alone_are_none(newcomer: User) -> None:
    recovery_codes(newcomer)
    assert second_factor_at(newcomer) is None


def test_the_second_of_two_keeps_the_moment_of_the_first(newcomer: User) -> None:
    set_up_app(newcomer)
    first = second_factor_at(newcomer)
    passkey(newcomer)
    assert second_factor_at(newcomer) == first


def test_who_loses_the_last_is_led_to_set_up_another(cast: Cast, as_user: AsUser) -> None:
    set_up_app(cast.kate)
    client = as_user(cast.kate)
    Authenticator.objects.filter(user=cast.kate).delete()
    assert second_factor_at(cast.kate) is None
    assert client.get(reverse("admin:index"))["Location"] == SET_UP


def test_a_mark_without_a_factor_behind_it_goes_at_the_next_log_in(client: Client, cast: Cast) -> None:
    assert cast.kate.second_factor_at
    log_in(client, cast.kate)
    assert not is_in(client)


def logged_in_with(user: User, secret: str) -> Client:
    client = Client()
    log_in(client, user)
    enter(client, code(secret))
    confirm(client, user)
    return client


def test_the_last_second_step_cannot_be_removed(cast: Cast) -> None:
    client = logged_in_with(cast.kate, set_up_app(cast.kate))
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "the only second step" in answer.content.decode()
    assert is_in(client)


def test_an_app_beside_a_passkey_can_be_removed(cast: Cast) -> None:
    client = logged_in_with(cast.kate, set_up_app(cast.kate))
    passkey(cast.kate)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=cast.kate, type=Authenticator.Type.TOTP).exists()
    assert is_in(client)


def test_the_last_passkey_cannot_be_removed(cast: Cast, as_user: AsUser) -> None:
    mine = passkey(cast.kate)
    client = as_user(cast.kate)
    confirm(client, cast.kate)
    for method in (client.get, client.post):
        assert method(reverse("mfa_remove_webauthn", args=[mine.pk])).status_code == 302
    assert Authenticator.objects.filter(pk=mine.pk).exists()


def test_a_passkey_beside_another_can_be_removed(cast: Cast, as_user: AsUser) -> None:
    mine, _ = passkey(cast.kate), passkey(cast.kate, "Key")
    client = as_user(cast.kate)
    confirm(client, cast.kate)
    client.post(reverse("mfa_remove_webauthn", args=[mine.pk]))
    assert not Authenticator.objects.filter(pk=mine.pk).exists()


@pytest.mark.parametrize("page", ["mfa_remove_webauthn", "mfa_edit_webauthn"])
def test_anothers_passkey_answers_like_none(cast: Cast, as_user: AsUser, page: str) -> None:
    theirs = passkey(cast.hal, "Hals key")
    client = as_user(cast.kate)
    confirm(client, cast.kate)
    for pk in (theirs.pk, 1_900_000_000):
        assert client.get(reverse(page, args=[pk])).status_code == 404
        assert client.post(reverse(page, args=[pk]), {"name": "Mine"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Hals key"


def test_a_passkey_is_renamed(cast: Cast, as_user: AsUser) -> None:
    mine = passkey(cast.kate)
    client = as_user(cast.kate)
    confirm(client, cast.kate)
    client.post(reverse("mfa_edit_webauthn", args=[mine.pk]), {"name": "Blue key"})
    mine.refresh_from_db()
    assert mine.data["name"] == "Blue key"


CHANGES = ["mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"]


@pytest.mark.parametrize("page", CHANGES)
def test_changing_the_second_step_asks_for_the_second_step(cast: Cast, as_user: AsUser, page: str) -> None:
    set_up_app(cast.kate)
    recovery_codes(cast.kate)
    client = as_user(cast.kate)
    assert client.get(reverse(page))["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse(page)).status_code == 302, "a password is not enough"
    confirm(client, cast.kate)
    assert client.get(reverse(page)).status_code == 200 or page == "mfa_deactivate_totp"


def test_who_has_a_passkey_is_asked_for_it_first(cast: Cast, as_user: AsUser) -> None:
    passkey(cast.kate)
    answer = as_user(cast.kate).get(reverse("mfa_add_webauthn"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))


def test_setting_up_the_first_one_later_asks_for_the_password(newcomer: User, as_user: AsUser) -> None:
    """A session that was opened otherwise than just now by the password."""
    client = as_user(newcomer)
    assert client.get(SET_UP)["Location"].startswith(reverse("account_reauthenticate"))
    confirm(client, newcomer)
    assert client.get(SET_UP).status_code == 200
