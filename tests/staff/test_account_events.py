"""What happens to accounts is written down, in the right council, without a name in it."""

from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from councils.models import Council, Event, User
from councils.tenancy import across, as_council
from staff.trail import record_account
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def events_of(user: User, council: Council) -> list[Event]:
    with as_council(council):
        return list(Event.objects.filter(subject_kind="user", subject_id=UUID(int=user.pk)).order_by("at", "verb"))


def verbs(user: User, council: Council) -> list[str]:
    return [event.verb for event in events_of(user, council)]


# Whose it is.


def test_without_a_scope_it_is_the_home_hub_offices(cast: Cast, office: Council, kent: Council) -> None:
    record_account("account.logged_in", user=cast.kate, by=cast.kate, how="totp")
    [event] = events_of(cast.kate, office)
    assert (event.verb, event.by, event.facts) == ("account.logged_in", cast.kate, {"how": "totp"})
    assert events_of(cast.kate, kent) == []


def test_in_the_scope_of_one_council_it_is_that_councils(cast: Cast, office: Council, kent: Council) -> None:
    with as_council(kent):
        record_account("person.role_changed", user=cast.kate, by=cast.mina)
    assert verbs(cast.kate, kent) == ["person.role_changed"]
    assert events_of(cast.kate, office) == []


def test_the_council_named_owns_it(cast: Cast, kent: Council, hampshire: Council) -> None:
    with across([kent, hampshire], reason="test"):
        record_account("person.left", user=cast.kate, by=cast.mina, council=kent)
    assert verbs(cast.kate, kent) == ["person.left"]
    assert events_of(cast.kate, hampshire) == []


def test_a_scope_is_not_widened_for_it(
    cast: Cast,
    kent: Council,
    hampshire: Council,
    office: Council,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Somebody of two councils: the hub office is not in scope, and the event follows the commit."""
    with (
        django_capture_on_commit_callbacks(execute=True),
        across([kent, hampshire], reason="test"),
    ):
        record_account("account.factor_added", user=cast.kate, by=cast.kate)
        assert not Event.objects.filter(verb="account.factor_added").exists()
    assert verbs(cast.kate, office) == ["account.factor_added"]


def test_what_was_rolled_back_did_not_happen(cast: Cast, kent: Council) -> None:
    with as_council(kent):
        record_account("person.left", user=cast.kate)
        transaction.set_rollback(True)
    assert events_of(cast.kate, kent) == []
