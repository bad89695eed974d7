"""Where a council wants its people to come through its own log-in, nothing else lets them in."""

import pytest
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from councils.models import Council, Membership, User
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from staff.models import SignOn
from staff.sign_on.account import must_sign_on
from tests.conftest import Cast
from tests.second_steps import log_in
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, browser, set_up


@pytest.fixture
def compulsory(kents: SignOn) -> SignOn:
    SignOn.objects.update(compulsory=True)
    return kents


def test_a_right_password_is_answered_like_a_wrong_one(compulsory: SignOn, cast: Cast) -> None:
    pages = [log_in(browser(), cast.kate), log_in(browser(), cast.kate, password="wrong")]
    shown = [[line for line in page.content.decode().splitlines() if "csrf" not in line] for page in pages]
    assert [page.status_code for page in pages] == [200, 200]
    assert shown[0] == shown[1]


def test_the_councils_own_log_in_works(compulsory: SignOn, visit: Visit, cast: Cast, provider: Provider) -> None:
    provider.knows("sub-kate", "kate@example.org")
    visit.goes_through("sub-kate")
    assert visit.is_in()


def test_a_passkey_does_not_help(compulsory: SignOn, cast: Cast) -> None:
    """allauth ends every log-in of its own in the same function."""
    request = RequestFactory().post("/")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    request.user = User()
    answer = perform_login(request, Login(user=cast.kate))
    assert answer.status_code == 403
    assert "Log in with your organisation’s account" in answer.content.decode()
    assert "_auth_user_id" not in request.session


@pytest.mark.parametrize(("end", "must"), [(None, True), ("2026-01-01T00:00Z", False)])
def test_an_ended_sign_on_binds_nobody(compulsory: SignOn, cast: Cast, end: str | None, must: bool) -> None:
    SignOn.objects.update(ended_at=end)
    assert must_sign_on(cast.kate) is must


def test_a_voluntary_one_binds_nobody(kents: SignOn, cast: Cast) -> None:
    assert not must_sign_on(cast.kate)


def test_people_of_other_councils_are_not_bound(compulsory: SignOn, cast: Cast) -> None:
    assert not must_sign_on(cast.hal)


def test_whoever_also_works_elsewhere_is_not_bound(compulsory: SignOn, cast: Cast, hampshire: Council) -> None:
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    assert not must_sign_on(cast.kate)


def test_work_elsewhere_that_has_ended_does_not_count(compulsory: SignOn, cast: Cast, hampshire: Council) -> None:
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER, ended_at="2026-01-01T00:00Z")
    assert must_sign_on(cast.kate)


def test_two_compulsory_ones_bind_as_one_does(
    compulsory: SignOn, cast: Cast, hampshire: Council, provider: Provider
) -> None:
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    set_up(provider, hampshire, slug="hampshire", compulsory=True)
    assert must_sign_on(cast.kate)


def test_whoever_holds_no_role_is_not_bound(compulsory: SignOn, cast: Cast) -> None:
    Membership.objects.filter(user=cast.kate).delete()
    assert not must_sign_on(cast.kate)


def test_the_forgotten_password_is_answered_alike_and_mails_no_link(
    compulsory: SignOn, cast: Cast, office: Council
) -> None:
    client = browser()  # tries are counted
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("kate@example.org", "nobody@example.org")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    with as_council(office):
        assert not Message.objects.filter(kind="account.new_password").exists()
