"""A passkey does not widen what the log-in that it was added after has opened."""

import pytest
from allauth.account.models import Login
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from councils.models import Council, Membership, User
from councils.roles import Role
from staff.models import SignOn
from staff.session_store import SessionStore
from tests import factories, second_steps
from tests.conftest import Cast
from tests.staff.sign_on.visits import Visit, browser

LIST = reverse("admin:enquiries_enquiry_changelist")


@pytest.fixture
def kate_of_both(kate: User, kents: SignOn, kent: Council, hampshire: Council) -> User:
    SignOn.objects.update(asks_second_factor=True)
    Membership.objects.create(user=kate, council=hampshire, role=Role.MANAGER)
    factories.enquiry(kent, name="Kentish Canary")
    factories.enquiry(hampshire, name="Hampshire Canary")
    return kate


def added_by(client: Client, user: User) -> Authenticator:
    """As allauth does once the browser has made the key."""
    request = request_in(client.session, user)
    with request_context(request):
        made = second_steps.passkey(user)
        authenticator_added.send(sender=Authenticator, request=request, user=user, authenticator=made)
    made.refresh_from_db()
    return made


def opened_with(passkey: Authenticator, session: SessionBase | None = None) -> Client:
    request = request_in(session or SessionStore(), AnonymousUser())
    with request_context(request):
        perform_passwordless_login(request, passkey, Login(user=passkey.user))
    request.session.save()
    client = browser()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client


def request_in(session: SessionBase, user: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().post("/")
    request.session, request.user = session, user
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    return request


def canaries(client: Client) -> set[str]:
    page = client.get(LIST).content.decode()
    return {name for name in ("Kentish", "Hampshire") if f"{name} Canary" in page}


def test_added_after_kents_log_in_it_opens_kent_alone(visit: Visit, kate_of_both: User) -> None:
    visit.goes_through("sub-kate")
    assert canaries(opened_with(added_by(visit.client, kate_of_both))) == {"Kentish"}


def test_so_does_the_next_that_is_added_by_its_means(visit: Visit, kate_of_both: User) -> None:
    visit.goes_through("sub-kate")
    first = opened_with(added_by(visit.client, kate_of_both))
    assert canaries(opened_with(added_by(first, kate_of_both))) == {"Kentish"}


def test_a_session_of_somebody_else_before_it_changes_nothing(visit: Visit, kate_of_both: User, cast: Cast) -> None:
    visit.goes_through("sub-kate")
    passkey = added_by(visit.client, kate_of_both)
    other = browser()
    other.force_login(cast.hal)
    assert canaries(opened_with(passkey, other.session)) == {"Kentish"}


def test_added_after_a_password_it_opens_both(kate_of_both: User) -> None:
    client = browser()
    client.force_login(kate_of_both)
    assert canaries(opened_with(added_by(client, kate_of_both))) == {"Kentish", "Hampshire"}
