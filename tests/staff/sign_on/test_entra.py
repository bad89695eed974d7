"""Entra sends no email_verified: the tenant's own id in the issuer and the council's own domains stand in for it."""

import pytest
from allauth.socialaccount.models import SocialAccount

from councils.models import Council, User
from staff.models import SignOn
from staff.secrets import encrypted
from staff.sign_on import actions
from staff.sign_on.pages import Problem
from staff.sign_on.tokens import Identity
from tests.conftest import Cast
from tests.staff.sign_on.test_tokens import TENANT


@pytest.fixture
def entra(kent: Council, cast: Cast) -> SignOn:
    sign_on = SignOn.objects.create(
        slug="kent", name="Kent", issuer=TENANT, client_id="x", secret=encrypted("x"), email_domains=["example.org"]
    )
    sign_on.speaks_for.create(council=kent)
    return sign_on


def somebody(subject: str = "sub-kate", email: str = "kate@example.org", *, guest: bool = False) -> Identity:
    return Identity(subject, email, checked=False, guest=guest, second_factor=False, nonce="")


def admitted(identity: Identity) -> User:
    account: SocialAccount = actions.admit(identity, slug="kent", by=None)
    return User.objects.get(pk=account.user_id)


def test_an_address_of_the_councils_domain_is_the_tenants_word(entra: SignOn, cast: Cast) -> None:
    assert admitted(somebody()) == cast.kate


def test_of_another_issuer_the_same_is_nobodys_word(entra: SignOn) -> None:
    SignOn.objects.update(issuer="https://login.example.com")
    with pytest.raises(actions.NotAdmitted) as refusal:
        admitted(somebody())
    assert refusal.value.problem is Problem.NO_ADDRESS


@pytest.mark.parametrize(
    "identity", [somebody(email="kate@elsewhere.example"), somebody(guest=True), somebody(email="hal@example.org")]
)
def test_guests_other_domains_and_other_councils_people_stay_out(entra: SignOn, identity: Identity) -> None:
    with pytest.raises(actions.NotAdmitted) as refusal:
        admitted(identity)
    assert refusal.value.problem is Problem.STRANGER
