"""What happens to accounts is written down, in the right council, without a name in it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from councils.models import Council, Event, User
from councils.tenancy import across, as_council
from staff.refusals import refusals
from staff.trail import record_account
from tests import factories
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


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


# What was refused on a staff page.


def refused_to(user: User, council: Council) -> list[dict[str, object]]:
    return [event.facts for event in events_of(user, council) if event.verb == "access.refused"]


def test_what_of_another_council_was_asked_for_is_written_down(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council
) -> None:
    theirs = factories.enquiry(hampshire)
    answer = as_user(cast.kate).get(reverse("admin:enquiries_enquiry_change", args=[theirs.pk]) + "?looking=for-them")
    assert answer.status_code == 404
    [facts] = refused_to(cast.kate, kent)
    assert facts == {
        "route": "admin:enquiries_enquiry_change",
        "method": "GET",
        "status": 404,
        "asked": [str(theirs.pk)],
    }
    assert refused_to(cast.kate, hampshire) == []


def test_what_a_role_does_not_allow_is_written_down_in_the_home_hub_office(
    cast: Cast, as_user: AsUser, office: Council
) -> None:
    assert as_user(cast.rhea).get(reverse("admin:enquiries_enquiry_changelist")).status_code == 403
    assert [facts["status"] for facts in refused_to(cast.rhea, office)] == [403]


def test_the_same_page_again_is_written_down_once_a_minute(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council
) -> None:
    client = as_user(cast.kate)
    for case in [factories.enquiry(hampshire), factories.enquiry(hampshire)]:
        for _ in range(3):
            client.get(reverse("admin:enquiries_enquiry_change", args=[case.pk]))
    assert len(refused_to(cast.kate, kent)) == 2


def test_what_was_typed_into_an_address_is_not_kept(cast: Cast, as_user: AsUser, kent: Council) -> None:
    as_user(cast.kate).get("/staff/erin-example/")
    as_user(cast.kate).get(reverse("admin:guide_page", args=["erin-example"]))
    assert [facts["asked"] for facts in refused_to(cast.kate, kent)] == [[]]


def test_refusals_are_found_by_council(cast: Cast, as_user: AsUser, kent: Council, hampshire: Council) -> None:
    as_user(cast.kate).get(reverse("admin:enquiries_enquiry_change", args=[factories.enquiry(hampshire).pk]))
    with across([kent, hampshire], reason="test"):
        assert [event.by for event in refusals(frozenset([kent.pk]))] == [cast.kate]
        assert not refusals(frozenset([hampshire.pk])).exists()


# Log-ins.


def log_in(client: Client, user: User, password: str = factories.PASSWORD) -> int:
    return client.post(reverse("account_login"), {"login": user.email, "password": password}).status_code


def test_a_log_in_says_how_and_a_log_out_that_it_was(cast: Cast, office: Council, client: Client) -> None:
    log_in(client, cast.kate)
    client.post(reverse("account_logout"))
    came, went = sorted(events_of(cast.kate, office), key=lambda event: event.verb)
    assert (came.verb, came.by, came.facts["how"]) == ("account.logged_in", cast.kate, ["password"])
    assert (went.verb, went.by) == ("account.logged_out", cast.kate)


def test_no_address_of_a_computer_stands_in_the_trail(cast: Cast, office: Council) -> None:
    log_in(Client(REMOTE_ADDR="203.0.113.77"), cast.kate)
    [event] = events_of(cast.kate, office)
    assert "203.0.113" not in str(event.facts)


def test_a_wrong_password_is_written_down(cast: Cast, office: Council, client: Client) -> None:
    assert log_in(client, cast.kate, "wrong") == 200
    [event] = events_of(cast.kate, office)
    assert (event.verb, event.by, event.facts["why"]) == ("account.refused", None, "password")


def test_an_address_that_nobody_has_is_written_down_without_it(cast: Cast, office: Council, client: Client) -> None:
    client.post(reverse("account_login"), {"login": "somebody.else@example.org", "password": "x"})
    with as_council(office):
        [event] = Event.objects.filter(verb="account.refused")
    assert (event.subject_kind, list(event.facts)) == ("council", ["network"])


def test_somebody_who_has_left_is_refused_and_that_is_written_down(cast: Cast, office: Council, client: Client) -> None:
    User.objects.filter(pk=cast.kate.pk).update(is_active=False)
    assert client.get(reverse("admin:index")).status_code == 302
    log_in(client, cast.kate)
    assert client.get(reverse("admin:index")).status_code == 302
    assert [event.facts["why"] for event in events_of(cast.kate, office)] == ["left"]


def test_events_of_accounts_of_another_hub_office_are_not_readable(cast: Cast, kent: Council, client: Client) -> None:
    log_in(client, cast.kate)
    with as_council(kent):
        assert not Event.objects.filter(verb="account.logged_in").exists()


def test_known_and_unknown_addresses_ask_the_database_as_much(cast: Cast, client: Client) -> None:
    def statements(email: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.post(reverse("account_login"), {"login": email, "password": "x"})
        return len(captured)

    statements("warm@example.org")
    assert abs(statements("kate@example.org") - statements("nobody@example.org")) <= 1
