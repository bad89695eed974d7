"""A provider says who somebody is; our rows say whether that opens anything."""

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.urls import reverse
from django.utils import timezone

from councils.access import access_of
from councils.models import Council, Event, Membership, User
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from staff.models import SignOn
from staff.people import actions
from tests import factories
from tests.conftest import Cast
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, browser, set_up


def refusals(council: Council) -> list[str]:
    with as_council(council):
        return [str(event.facts["reason"]) for event in Event.objects.filter(verb="account.sign_on_refused")]


def test_an_officer_is_let_in_by_her_councils_provider(visit: Visit, kate: User) -> None:
    answer = visit.goes_through("sub-kate")
    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:index"))
    assert visit.client.session["_auth_user_id"] == str(kate.pk)


def test_nothing_is_kept_but_the_subject(visit: Visit, kate: User) -> None:
    visit.goes_through("sub-kate")
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid, account.user_id, account.extra_data) == ("kent", "sub-kate", kate.pk, {})
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()


def test_the_password_goes_on_working(visit: Visit, kate: User) -> None:
    visit.goes_through("sub-kate")
    kate.refresh_from_db()
    assert kate.check_password(factories.PASSWORD)


def test_whose_address_changed_is_found_by_subject(visit: Visit, kate: User, provider: Provider) -> None:
    visit.goes_through("sub-kate")
    provider.knows("sub-kate", "kate.newname@elsewhere.example")
    visit.client.logout()
    visit.goes_through("sub-kate")
    assert visit.client.session["_auth_user_id"] == str(kate.pk)


def test_an_address_given_to_somebody_new_does_not_open_the_old_account(
    visit: Visit, kate: User, provider: Provider, kent: Council
) -> None:
    visit.goes_through("sub-kate")
    visit.client.logout()
    provider.knows("sub-another-kate", "kate@example.org")
    answer = visit.goes_through("sub-another-kate")
    assert answer.status_code == 403
    assert "belongs to another log-in" in answer.content.decode()
    assert not visit.is_in()
    assert refusals(kent) == ["another_person"]


def test_an_old_address_that_was_removed_and_invited_anew_is_the_new_persons(
    visit: Visit, kate: User, cast: Cast, provider: Provider, kent: Council
) -> None:
    visit.goes_through("sub-kate")
    visit.client.logout()
    actions.remove(Membership.objects.get(user=kate), by=access_of(cast.mina))
    invited = actions.invite(kent, email=kate.email, name="Another Kate", role=Role.OFFICER, by=access_of(cast.mina))
    actions.join_anew(invited, password=None)
    provider.knows("sub-another-kate", "kate@example.org")
    visit.goes_through("sub-another-kate")
    assert visit.is_in()
    visit.client.logout()
    assert visit.goes_through("sub-kate").status_code == 403
    assert not visit.is_in()


def test_no_account_is_made(visit: Visit, cast: Cast, provider: Provider, kent: Council) -> None:
    provider.knows("sub-nobody", "nobody@example.org")
    known = User.objects.count()
    answer = visit.goes_through("sub-nobody")
    assert (answer.status_code, User.objects.count()) == (403, known)
    assert "There is no account here for you" in answer.content.decode()
    assert refusals(kent) == ["stranger"]
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "kate@elsewhere.example"},  # not a domain of this council
        {"email": "kate@sub.example.org"},
        {"email": "kate@example.org@elsewhere.example"},
        {"email": "kate@example.org", "acct": 1},  # a guest in the tenant
    ],
)
def test_an_address_that_the_provider_may_not_vouch_for_opens_nothing(
    visit: Visit, kate: User, provider: Provider, claims: dict[str, object]
) -> None:
    provider.people["sub-kate"] |= claims
    assert visit.goes_through("sub-kate").status_code == 403
    assert not visit.is_in()


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": None}, {"email": ""}, {"email": None}]
)
def test_an_address_that_nobody_checked_opens_nothing(
    visit: Visit, kate: User, provider: Provider, claims: dict[str, object]
) -> None:
    provider.people["sub-kate"] |= claims
    answer = visit.goes_through("sub-kate")
    assert "did not tell us your email address" in answer.content.decode()
    assert not visit.is_in()


def test_an_officer_of_another_council_is_not_let_in(visit: Visit, cast: Cast, provider: Provider) -> None:
    provider.knows("sub-hal", "hal@example.org")
    assert visit.goes_through("sub-hal").status_code == 403
    assert not visit.is_in()


def test_a_stranger_and_somebody_of_another_council_are_answered_alike(
    visit: Visit, cast: Cast, provider: Provider
) -> None:
    provider.knows("sub-hal", "hal@example.org")
    provider.knows("sub-nobody", "nobody@example.org")
    pages = [visit.goes_through(subject).content.decode() for subject in ("sub-hal", "sub-nobody")]
    shown = [[line for line in page.splitlines() if "csrf" not in line and "nonce" not in line] for page in pages]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("already_linked", [True, False])
def test_a_leaver_is_not_let_in(visit: Visit, kate: User, already_linked: bool) -> None:
    if already_linked:
        visit.goes_through("sub-kate")
        visit.client.logout()
    Membership.objects.filter(user=kate).update(ended_at=timezone.now())
    assert visit.goes_through("sub-kate").status_code == 403
    assert not visit.is_in()


@pytest.mark.parametrize("already_linked", [True, False])
def test_a_deactivated_account_is_not_let_in(visit: Visit, kate: User, already_linked: bool) -> None:
    if already_linked:
        visit.goes_through("sub-kate")
        visit.client.logout()
    User.objects.filter(pk=kate.pk).update(is_active=False)
    assert visit.goes_through("sub-kate").status_code == 403
    assert not visit.is_in()


def test_two_accounts_cannot_share_a_subject(visit: Visit, kate: User, cast: Cast, provider: Provider) -> None:
    """Mina's provider account is renamed to Kate's subject: it opens Kate's account, never both."""
    visit.goes_through("sub-kate")
    visit.client.logout()
    provider.knows("sub-kate", "mina@example.org")
    visit.goes_through("sub-kate")
    assert visit.client.session["_auth_user_id"] == str(kate.pk)
    assert list(SocialAccount.objects.values_list("user_id", flat=True)) == [kate.pk]


def test_the_same_subject_of_another_provider_is_another_person(
    visit: Visit, kate: User, provider: Provider, hampshire: Council
) -> None:
    visit.goes_through("sub-kate")
    visit.client.logout()
    set_up(provider, hampshire, slug="hampshire")
    assert Visit(visit.client, provider, "hampshire").goes_through("sub-kate").status_code == 403
    assert not visit.is_in()


def test_an_ended_sign_on_is_no_address(visit: Visit, kate: User, kents: SignOn) -> None:
    SignOn.objects.update(ended_at=timezone.now())
    assert visit.leaves().status_code == 404
    assert visit.comes_back(reverse("openid_connect_callback", args=["kent"])).status_code == 404


def test_the_first_link_is_written_down_without_a_name(visit: Visit, kate: User, kent: Council) -> None:
    visit.goes_through("sub-kate")
    with as_council(kent):
        event = Event.objects.get(verb="account.sign_on_linked")
    assert event.facts == {"sign_on": "kent"}


def test_the_first_link_is_told_by_mail_and_the_next_log_in_is_not(visit: Visit, kate: User, office: Council) -> None:
    for _ in range(2):
        visit.goes_through("sub-kate")
        visit.client.logout()
    with as_council(office):
        told = Message.objects.get(kind="account.changed")
    assert told.to_address == kate.email
    assert "logged in with your organisation’s account for the first time" in told.text


def test_a_fostering_service_of_several_councils_vouches_for_each(
    provider: Provider, kent: Council, hampshire: Council, cast: Cast
) -> None:
    set_up(provider, kent, hampshire, slug="both")
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    provider.knows("sub-kate", "kate@example.org")
    visit = Visit(browser(), provider, "both")
    visit.goes_through("sub-kate")
    assert visit.client.session["vouched_for"] == sorted([kent.pk, hampshire.pk])
