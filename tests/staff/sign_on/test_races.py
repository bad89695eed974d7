"""First log-ins at the same moment: one account, one subject."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection

from councils.models import Council
from councils.roles import Role
from staff.models import SignOn
from staff.secrets import encrypted
from staff.sign_on import actions
from staff.sign_on.tokens import Identity
from tests import factories

ISSUER = "https://login.example.com"


@pytest.fixture
def kents(committed_db: None) -> SignOn:
    council = Council.objects.get(slug="kent")
    factories.user("Kate", council, Role.OFFICER)
    sign_on = SignOn.objects.create(
        slug="kent", name="Kent", issuer=ISSUER, client_id="x", secret=encrypted("x"), email_domains=["example.org"]
    )
    sign_on.speaks_for.create(council=council)
    return sign_on


def at_once(*subjects: str) -> list[str]:
    """What becomes of each of these, all with Kate's address."""
    together = Barrier(len(subjects))

    def come(subject: str) -> str:
        try:
            together.wait(timeout=10)
            identity = Identity(subject, "kate@example.org", checked=True, guest=False, second_factor=False, nonce="")
            return str(actions.admit(identity, slug="kent", by=None).uid)
        except actions.NotAdmitted as refusal:
            return refusal.problem.name
        finally:
            connection.close()

    return _in_threads(come, subjects)


def _in_threads(work: Callable[[str], str], given: tuple[str, ...]) -> list[str]:
    with ThreadPoolExecutor(len(given)) as threads:
        return sorted(threads.map(work, given))


def test_of_two_subjects_with_one_address_one_is_let_in(kents: SignOn) -> None:
    came = at_once("sub-a", "sub-b")
    assert "ANOTHER_PERSON" in came
    assert SocialAccount.objects.count() == 1


def test_one_subject_that_comes_twice_at_once_is_one_account(kents: SignOn) -> None:
    assert at_once("sub-a", "sub-a") == ["sub-a", "sub-a"]
    assert SocialAccount.objects.count() == 1
