"""Who may do what: one table, one function that says why not, and what narrows it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Membership, User
from councils.refusals import RoleRefused
from councils.roles import HUB_WIDE, MAY_GIVE, PERMISSIONS, Permission, Role, roles_that
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]


@pytest.fixture
def medway(db: None) -> Council:
    return Council.objects.get(slug="medway")


@pytest.fixture
def achieng(kent: Council, medway: Council, db: None) -> User:
    """She works for two councils."""
    user = factories.user("Achieng", kent, Role.OFFICER)
    Membership.objects.create(user=user, council=medway, role=Role.MANAGER)
    return user


def test_every_role_and_every_permission_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert all(permission.words for permission in Permission)


def test_nobody_gives_a_role_that_may_more_than_their_own() -> None:
    """But for four: who names the safeguarding lead does not read the notes; the hub manager names those who manage
    a council themselves, who reads the hub's figures, and the analyst who takes the household file."""
    lent = {Permission.SAFEGUARD, Permission.EXPORT_CONTACTS, Permission.SEE_FIGURES, Permission.TAKE_FILE}
    for role, given in MAY_GIVE.items():
        assert frozenset().union(*(PERMISSIONS[each] for each in given)) - PERMISSIONS[role] <= lent
    assert MAY_GIVE.keys() == roles_that(Permission.MANAGE_PEOPLE)
    assert all(Role.OPERATOR not in given for given in MAY_GIVE.values())
    assert not MAY_GIVE[Role.MANAGER] & HUB_WIDE


def test_who_may_is_told_no_reason(cast: Cast, kent: Council) -> None:
    assert access_of(cast.mina).why_not(Permission.MANAGE_PEOPLE, kent.pk) == ""


def test_who_may_not_is_told_who_may_and_whom_to_ask(cast: Cast, kent: Council) -> None:
    assert access_of(cast.kate).why_not(Permission.ASSIGN_CASES, kent.pk) == (
        "Your role does not allow this. Only a manager, hub officer or hub manager may give any enquiry to a colleague:"
        " ask your manager to change your role or to do it for you."
    )
    assert access_of(cast.mina).why_not(Permission.DECIDE_HANDOVERS, kent.pk) == (
        "Your role does not allow this. Only a hub manager may decide where two councils do not agree:"
        " ask the hub manager."
    )


def test_the_reason_is_the_same_for_another_council_and_for_none(cast: Cast, hampshire: Council) -> None:
    access = access_of(cast.kate)
    assert access.why_not(Permission.WORK_CASES, hampshire.pk) == access.why_not(Permission.WORK_CASES, 987654)


def test_requiring_raises_with_the_reason(cast: Cast, kent: Council) -> None:
    with pytest.raises(RoleRefused, match="Only a manager or hub manager may invite people"):
        access_of(cast.kate).require(Permission.MANAGE_PEOPLE, kent.pk)


def test_the_chosen_council_narrows_and_the_reason_says_so(achieng: User, kent: Council, medway: Council) -> None:
    access = access_of(achieng, only=kent.pk)
    assert access.councils == {kent.pk}
    assert access.why_not(Permission.CHANGE_SETTINGS, medway.pk) == (
        "You work for Kent County Council now. Choose Medway Council at the top of the page first."
    )


def test_a_council_that_is_not_ones_own_cannot_be_chosen(achieng: User, hampshire: Council) -> None:
    assert access_of(achieng, only=hampshire.pk) == access_of(achieng)


def test_single_sign_on_opens_only_what_it_vouches_for(achieng: User, kent: Council, medway: Council) -> None:
    access = access_of(achieng, vouched_for=[medway.pk])
    assert (access.councils, access.place) == (frozenset([medway.pk]), "Medway Council")
    assert access_of(achieng, vouched_for=[medway.pk], only=kent.pk).councils == {medway.pk}
    assert access_of(achieng, vouched_for=[]).roles == {}


def test_a_councils_provider_opens_no_role_in_the_hub_office(kent: Council, office: Council, db: None) -> None:
    olu = factories.user("Olu", office, Role.HUB_OFFICER)
    assert access_of(olu, vouched_for=[kent.pk]).roles == {}


def test_a_hub_officer_may_choose_one_council(cast: Cast, kent: Council) -> None:
    access = access_of(cast.olu, only=kent.pk)
    assert (access.councils, access.place) == (frozenset([kent.pk]), "Kent County Council")
    assert access_of(cast.olu).place == "Whole hub"


def test_the_place_says_how_many_councils(achieng: User, hampshire: Council, cast: Cast) -> None:
    assert access_of(cast.kate).place == "Kent County Council"
    assert access_of(achieng).place == "Both councils"
    Membership.objects.create(user=achieng, council=hampshire, role=Role.OFFICER)
    assert access_of(achieng).place == "All 3 councils"


def test_what_the_session_holds_narrows_the_page(
    achieng: User, as_user: AsUser, kent: Council, medway: Council
) -> None:
    client = as_user(achieng)
    session = client.session
    session["vouched_for"] = [medway.pk]
    session.save()
    page = client.get(reverse("admin:councils_council_changelist")).content.decode()
    assert "Medway Council" in page
    assert "Kent County Council" not in page


def test_without_a_second_factor_nothing_opens_unless_the_provider_asked_for_one(cast: Cast, as_user: AsUser) -> None:
    User.objects.filter(pk=cast.kate.pk).update(second_factor_at=None)
    client = as_user(cast.kate)
    assert client.get(reverse("admin:index"))["Location"] == reverse("mfa_activate_totp")
    session = client.session
    session["sign_on_factor"] = True
    session.save()
    assert client.get(reverse("admin:index")).status_code == 200
