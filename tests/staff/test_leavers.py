"""Roles change and end: by whom, what becomes of the work, and that somebody is left to manage."""

from collections.abc import Callable
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Event, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.actions.assigning import assign
from enquiries.models import Enquiry
from outbox.models import Message
from staff.models import Invitation
from staff.people import actions
from tests import factories, second_steps
from tests.conftest import Cast
from tests.enquiries.test_assigning_races import race

AsUser = Callable[[User], Client]
LIST = "/staff/councils/membership/"


def held(user: User, council: Council | None = None) -> Membership:
    found = Membership.objects.current().filter(user=user)
    return found.get(council=council) if council else found.get()


def page(name: str, membership: Membership) -> str:
    return reverse(f"admin:councils_membership_{name}", args=[membership.pk])


def is_in(client: Client) -> bool:
    return client.get("/staff/").status_code == 200


def events(council: Council) -> list[tuple[str, object]]:
    with as_council(council):
        found = Event.objects.filter(verb__startswith="people.").order_by("at", "verb")
        return list(found.values_list("verb", "facts"))


@pytest.fixture
def ken(kent: Council) -> User:
    return factories.user("Ken", kent, Role.OFFICER)


@pytest.fixture
def hugh(office: Council) -> User:
    return factories.user("Hugh", office, Role.HUB_MANAGER)


@pytest.fixture
def cases(cast: Cast, kent: Council) -> list[Enquiry]:
    """Two of Kate's."""
    made = [factories.enquiry(kent) for _ in range(2)]
    with as_council(kent):
        for case in made:
            assign(case, to=cast.kate, by=access_of(cast.mina))
            ToDo.objects.create(
                council=kent,
                about_council=kent,
                kind=ToDoKind.REPLIED,
                subject_kind="enquiry",
                subject_id=case.pk,
                owner=cast.kate,
            )
    return made


def owners(council: Council) -> tuple[set[int | None], set[int | None]]:
    """Of cases, and of what is to do about them."""
    with as_council(council):
        todos = ToDo.objects.filter(kind=ToDoKind.REPLIED).values_list("owner", flat=True)
        return set(Enquiry.objects.values_list("owner", flat=True)), set(todos)


def test_a_role_is_changed(cast: Cast, as_user: AsUser, kent: Council) -> None:
    before = held(cast.kate)
    assert as_user(cast.mina).post(page("role", before), {"to": "manager"})["Location"] == LIST
    assert access_of(cast.kate).roles == {kent.pk: {Role.MANAGER}}
    before.refresh_from_db()
    assert (before.role, bool(before.ended_at)) == (Role.OFFICER, True)
    assert events(kent) == [("people.role_changed", {"before": "officer", "to": "manager"})]


def test_a_role_that_works_no_cases_gives_them_back(cast: Cast, kent: Council, cases: list[Enquiry]) -> None:
    actions.change_role(held(cast.kate), to=Role.MANAGER, by=access_of(cast.mina))
    assert owners(kent) == ({cast.kate.pk}, {cast.kate.pk})
    actions.change_role(held(cast.kate), to=Role.SAFEGUARDING, by=access_of(cast.mina))
    assert owners(kent) == ({None}, {None})


def test_changed_twice_it_changes_once(cast: Cast, kent: Council) -> None:
    for _ in range(2):
        actions.change_role(held(cast.kate), to=Role.SAFEGUARDING, by=access_of(cast.mina))
    assert len(events(kent)) == 1


def test_whoever_leaves_is_logged_out_at_once_and_their_account_is_closed(
    cast: Cast, as_user: AsUser, kent: Council
) -> None:
    second_steps.set_up_app(cast.kate)
    kate = as_user(cast.kate)
    assert is_in(kate)
    assert as_user(cast.mina).post(page("remove", held(cast.kate)))["Location"] == LIST
    assert not is_in(kate)
    cast.kate.refresh_from_db()
    assert (cast.kate.is_active, cast.kate.second_factor_at, cast.kate.has_usable_password()) == (False, None, False)
    assert not Authenticator.objects.filter(user=cast.kate.pk).exists()
    assert not UserSession.objects.filter(user=cast.kate.pk).exists()
    assert events(kent) == [("people.left", {"role": "officer", "account_closed": True, "cases": 0})]


def test_whoever_leaves_does_not_come_back_by_an_invitation_that_waited(
    cast: Cast, kent: Council, hampshire: Council, hugh: User
) -> None:
    here, there = (
        actions.invite(council, email=cast.kate.email, name="Kate", role=Role.SAFEGUARDING, by=who)
        for council, who in ((kent, access_of(cast.mina)), (hampshire, access_of(hugh)))
    )
    actions.remove(held(cast.kate), by=access_of(cast.mina))
    with pytest.raises(Refused, match="does not work any more"):
        actions.join_anew(here, password=factories.PASSWORD)
    assert "people.invitation_withdrawn" in dict(events(kent))
    assert list(Invitation.objects.open()) == [there]


def test_whoever_works_elsewhere_too_keeps_the_account(cast: Cast, kent: Council, hampshire: Council) -> None:
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    actions.remove(held(cast.kate, kent), by=access_of(cast.mina))
    cast.kate.refresh_from_db()
    assert cast.kate.is_active
    assert access_of(cast.kate).councils == {hampshire.pk}


def test_open_cases_go_to_a_colleague(
    cast: Cast, as_user: AsUser, kent: Council, ken: User, cases: list[Enquiry]
) -> None:
    client = as_user(cast.mina)
    seen = client.get(page("change", held(cast.kate))).content.decode()
    assert "2 open enquiries need somebody else" in seen
    assert f"?owner={cast.kate.pk}&amp;council={kent.pk}" in seen
    assert client.post(page("remove", held(cast.kate)), {"work_to": ken.pk}).status_code == 302
    assert owners(kent) == ({ken.pk}, {ken.pk})


def test_open_cases_go_back_to_nobody(cast: Cast, as_user: AsUser, kent: Council, cases: list[Enquiry]) -> None:
    as_user(cast.mina).post(page("remove", held(cast.kate)), {"work_to": "nobody"})
    assert owners(kent) == ({None}, {None})


def test_cases_of_another_council_stay(cast: Cast, kent: Council, hampshire: Council, cases: list[Enquiry]) -> None:
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    theirs = factories.enquiry(hampshire)
    with as_council(hampshire):
        assign(theirs, to=cast.kate, by=access_of(cast.kate))
    assert actions.remove(held(cast.kate, kent), by=access_of(cast.mina)) == 2
    assert owners(hampshire)[0] == {cast.kate.pk}


def test_whoever_keeps_another_working_role_keeps_the_cases(cast: Cast, kent: Council, cases: list[Enquiry]) -> None:
    second = Membership.objects.create(user=cast.kate, council=kent, role=Role.MANAGER)
    actions.remove(second, by=access_of(cast.mina))
    assert owners(kent)[0] == {cast.kate.pk}


def test_whoever_leaves_the_hub_office_hands_on_cases_of_every_council(
    cast: Cast, as_user: AsUser, kent: Council, office: Council, hugh: User
) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        assign(case, to=cast.olu, by=access_of(cast.mina))
    client = as_user(hugh)
    assert "1 open enquiry needs somebody else" in client.get(page("change", held(cast.olu))).content.decode()
    with pytest.raises(Refused, match="Choose “Whole hub”"):
        actions.remove(held(cast.olu), by=access_of(hugh, only=office.pk))
    client.post(page("remove", held(cast.olu)), {"work_to": hugh.pk})
    assert owners(kent)[0] == {hugh.pk}
    assert not access_of(cast.olu).roles


@pytest.mark.parametrize("who", ["hal", "kate", "rhea"])
def test_cases_go_to_nobody_who_does_not_work_there(
    cast: Cast, as_user: AsUser, kent: Council, cases: list[Enquiry], who: str
) -> None:
    taker: User = getattr(cast, who)
    answer = as_user(cast.mina).post(page("remove", held(cast.kate)), {"work_to": taker.pk})
    assert answer.status_code == 422
    with pytest.raises(Refused, match="somebody else who works"):
        actions.remove(held(cast.kate), work_to=taker, by=access_of(cast.mina))
    assert held(cast.kate)
    assert owners(kent)[0] == {cast.kate.pk}


NAMES = ["role", "remove", "second_step"]


@pytest.mark.parametrize("name", NAMES)
def test_only_who_manages_people_may(cast: Cast, as_user: AsUser, ken: User, name: str) -> None:
    for user in (cast.kate, cast.olu, cast.rhea):
        assert as_user(user).post(page(name, held(ken)), {"to": "manager"}).status_code == 403
    for act in (actions.remove, actions.reset_second_factor):
        with pytest.raises(RoleRefused):
            act(held(ken), by=access_of(cast.olu))
    assert held(ken).role == Role.OFFICER


@pytest.mark.parametrize("name", [*NAMES, "change"])
def test_another_councils_people_answer_like_nobody(cast: Cast, as_user: AsUser, name: str) -> None:
    client = as_user(cast.mina)
    for key in (held(cast.hal).pk, 987654):
        address = reverse(f"admin:councils_membership_{name}", args=[key])
        answer = client.get(address) if name == "change" else client.post(address, {"to": "manager"})
        assert answer.status_code == 404
        assert "Hal" not in answer.content.decode()
    for act in (actions.remove, actions.reset_second_factor):
        with pytest.raises(RoleRefused):
            act(held(cast.hal), by=access_of(cast.mina))
    assert held(cast.hal).role == Role.OFFICER


@pytest.mark.parametrize("name", NAMES)
def test_nobody_does_it_to_themselves(cast: Cast, as_user: AsUser, kent: Council, name: str) -> None:
    factories.user("Moira", kent, Role.MANAGER)
    answer = as_user(cast.mina).post(page(name, held(cast.mina)), {"to": "officer"})
    assert answer.status_code == 409
    assert "You cannot do this to yourself" in answer.content.decode()
    assert [verb for verb, _ in events(kent)] == ["people.refused"]
    assert held(cast.mina).role == Role.MANAGER


def test_roles_above_ones_own_are_out_of_reach(cast: Cast, as_user: AsUser, kent: Council) -> None:
    for role in (Role.HUB_MANAGER, Role.OPERATOR):
        with pytest.raises(RoleRefused, match="above their own"):
            actions.change_role(held(cast.kate), to=role, by=access_of(cast.mina))
    operator = factories.user("Opal", kent, Role.OPERATOR)
    with pytest.raises(RoleRefused, match="above their own"):
        actions.remove(held(operator), by=access_of(cast.mina))
    assert (
        "Your role does not change this one." in as_user(cast.mina).get(page("change", held(operator))).content.decode()
    )


def test_a_manager_who_was_removed_meanwhile_removes_nobody(cast: Cast, kent: Council) -> None:
    moira, access = factories.user("Moira", kent, Role.MANAGER), access_of(cast.mina)
    actions.remove(held(cast.mina), by=access_of(moira))
    with pytest.raises(RoleRefused):  # what she holds is an old answer
        actions.remove(held(moira), by=access)


def test_the_last_manager_of_a_council_goes_by_the_hub_manager(cast: Cast, kent: Council, hugh: User) -> None:
    actions.remove(held(cast.mina), by=access_of(hugh))
    assert not Membership.objects.current().filter(council=kent, role=Role.MANAGER).exists()


def test_a_lost_second_step_begins_anew(cast: Cast, as_user: AsUser, kent: Council) -> None:
    second_steps.set_up_app(cast.kate)
    client, kate = as_user(cast.mina), as_user(cast.kate)
    log_in_somewhere = UserSession.objects.create(user=cast.kate, ip="192.0.2.1", session_key=kate.session.session_key)
    assert client.post(page("second_step", held(cast.kate)))["Location"] == page("change", held(cast.kate))
    cast.kate.refresh_from_db()
    assert (cast.kate.is_active, cast.kate.second_factor_at) == (True, None)
    assert cast.kate.check_password(factories.PASSWORD)
    assert not Authenticator.objects.filter(user=cast.kate.pk).exists()
    assert not UserSession.objects.filter(pk=log_in_somewhere.pk).exists()
    assert not is_in(kate)
    with as_council(kent):
        told = Message.objects.get(to_address="kate@example.org")
    assert "Your manager removed your second step" in told.text
    assert [verb for verb, _ in events(kent)] == ["people.second_step_reset"]


def test_the_operator_resets_a_second_step_that_nobody_else_can(hugh: User, office: Council) -> None:
    second_steps.set_up_app(hugh)
    call_command("reset_second_step", "hugh@example.org")
    hugh.refresh_from_db()
    assert hugh.second_factor_at is None
    assert [verb for verb, _ in events(office)] == ["people.second_step_reset"]
    for email in ("hugh@example.org", "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("reset_second_step", email)


def test_a_second_step_that_guards_another_council_too_is_the_hub_managers(
    cast: Cast, kent: Council, hampshire: Council, hugh: User
) -> None:
    second_steps.set_up_app(cast.kate)
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    with pytest.raises(RoleRefused, match="Only the hub manager"):
        actions.reset_second_factor(held(cast.kate, kent), by=access_of(cast.mina))
    actions.reset_second_factor(held(cast.kate, kent), by=access_of(hugh))
    cast.kate.refresh_from_db()
    assert cast.kate.second_factor_at is None


@pytest.mark.parametrize("locks", [True, False], ids=["with locks", "without"])
def test_of_two_managers_who_remove_each_other_at_once_one_stays(committed_db: None, locks: bool) -> None:
    council = Council.objects.get(slug="kent")
    mina, moira = (factories.user(name, council, Role.MANAGER) for name in ("Mina", "Moira"))
    both, access = (held(mina), held(moira)), (access_of(mina), access_of(moira))
    told = race(
        council,
        lambda: actions.remove(both[1], by=access[0]),
        lambda: actions.remove(both[0], by=access[1]),
        locks=locks,
    )
    left = Membership.objects.current().filter(council=council, role=Role.MANAGER).count()
    assert ([bool(each) for each in told], left) == (([False, True], 1) if locks else ([False, False], 0))


@pytest.mark.parametrize("locks", [True, False], ids=["with locks", "without"])
def test_an_invitation_taken_up_twice_at_once_is_taken_up_once(committed_db: None, locks: bool) -> None:
    council = Council.objects.get(slug="kent")
    invitation = actions.invite_first(council, email="hal@example.org", name="Hal", role=Role.OFFICER)
    hal = factories.user("Hal", Council.objects.get(slug="hampshire"), Role.OFFICER)
    take_up = partial(actions.join, invitation, by=hal)
    told = race(council, take_up, take_up, locks=locks)
    assert [bool(each) for each in told] == [False, locks]


@pytest.mark.parametrize("locks", [True, False], ids=["with locks", "without"])
def test_whoever_leaves_two_councils_at_once_has_no_account(committed_db: None, locks: bool) -> None:
    kent, hampshire = (Council.objects.get(slug=slug) for slug in ("kent", "hampshire"))
    kate = factories.user("Kate", kent, Role.OFFICER)
    Membership.objects.create(user=kate, council=hampshire, role=Role.OFFICER)
    ends = [
        partial(actions.remove, held(kate, council), by=access_of(factories.user(name, council, Role.MANAGER)))
        for name, council in (("Mina", kent), ("Moss", hampshire))
    ]
    assert race(kent, *ends, locks=locks) == ["", ""]
    kate.refresh_from_db()
    assert kate.is_active is not locks
