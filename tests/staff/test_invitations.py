"""Somebody is invited, and comes: by whom, to what, and that nobody learns whether there was an account before."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, Membership, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from staff.models import Invitation, SignOn, SignOnCouncil
from staff.people import actions
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
MoveClock = Callable[..., None]
LIST = "/staff/councils/membership/"
GOOD = "three random words here"
NINA = {"name": "Nina New", "email": "Nina@Example.org ", "role": "officer"}


def invite(council: Council, by: User, role: Role = Role.OFFICER, email: str = "nina@example.org") -> Invitation:
    return actions.invite(council, email=email, name="Nina New", role=role, by=access_of(by))


def mails(council: Council) -> list[Message]:
    with as_council(council):
        return list(Message.objects.filter(council=council, kind="invitation").order_by("created_at", "pk"))


def link(council: Council, number: int = -1) -> str:
    found = re.search(r"https?://[^/]+(/staff/account/invitation/\S+)", mails(council)[number].text)
    assert found
    return found[1]


def verbs(council: Council) -> list[str]:
    with as_council(council):
        return sorted(Event.objects.filter(verb__startswith="people.").values_list("verb", flat=True))


def invite_page(council: Council) -> str:
    return reverse("admin:councils_membership_invite", args=[council.slug])


def test_a_manager_invites_by_a_page(cast: Cast, as_user: AsUser, kent: Council) -> None:
    client = as_user(cast.mina)
    assert client.post(invite_page(kent), NINA)["Location"] == LIST
    page = client.get(LIST).content.decode()
    assert "Nina New" in page
    assert "invited by Mina. The link is good until" in page
    assert mails(kent)[0].to_address == "nina@example.org"
    assert "Mina invites you" in mails(kent)[0].text
    assert "as officer" in mails(kent)[0].text
    assert verbs(kent) == ["people.invited"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"email": "nonsense"}, "Enter an email address in the correct format"),
        ({"name": ""}, "Enter their name."),
        ({"name": "Ni\u202ena"}, "it holds hidden characters"),
        ({"role": ""}, "Choose a role."),
        ({"role": "hub_manager"}, "Choose a role."),
        ({"role": "operator"}, "Choose a role."),
    ],
)
def test_what_is_missing_is_said(
    cast: Cast, as_user: AsUser, kent: Council, changed: dict[str, str], told: str
) -> None:
    answer = as_user(cast.mina).post(invite_page(kent), NINA | changed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert mails(kent) == []


def test_a_name_adds_no_line_to_the_mail(cast: Cast, as_user: AsUser, kent: Council) -> None:
    as_user(cast.mina).post(invite_page(kent), NINA | {"name": "Nina\r\n\r\nCall  0900 1"})
    assert "Dear Nina Call 0900 1\n" in mails(kent)[0].text


def test_only_who_manages_people_invites(cast: Cast, as_user: AsUser, kent: Council) -> None:
    for user in (cast.kate, cast.olu, cast.rhea):
        assert as_user(user).get(invite_page(kent)).status_code == 403
        assert as_user(user).post(invite_page(kent), NINA).status_code == 403
        with pytest.raises(RoleRefused):
            invite(kent, user)


def test_another_councils_page_answers_like_none(cast: Cast, as_user: AsUser, hampshire: Council) -> None:
    client = as_user(cast.mina)
    others = client.post(invite_page(hampshire), NINA)
    assert others.status_code == 404
    assert "Hampshire" not in others.content.decode()
    with pytest.raises(RoleRefused):
        invite(hampshire, cast.mina)


def test_nobody_gives_a_role_above_their_own(cast: Cast, kent: Council, office: Council) -> None:
    hugh = factories.user("Hugh", office, Role.HUB_MANAGER)
    for role in (Role.HUB_OFFICER, Role.HUB_MANAGER, Role.OPERATOR, Role.REGIONAL_LEAD):
        for by in (cast.mina, hugh):
            with pytest.raises(RoleRefused, match="above their own"):
                invite(kent, by, role)
    assert invite(office, hugh, Role.HUB_OFFICER).role == Role.HUB_OFFICER
    with pytest.raises(RoleRefused):
        invite(office, hugh, Role.OPERATOR)


def test_an_invitation_above_ones_own_role_is_neither_sent_again_nor_withdrawn(cast: Cast, kent: Council) -> None:
    theirs = actions.invite_first(kent, email="opal@example.org", name="Opal", role=Role.OPERATOR)
    for change in (actions.send_again, actions.withdraw):
        with pytest.raises(RoleRefused, match="above their own"):
            change(theirs, by=access_of(cast.mina))
    assert len(mails(kent)) == 1
    assert Invitation.objects.open().get() == theirs


def test_a_hub_manager_sets_up_the_first_manager_of_a_council(office: Council, as_user: AsUser) -> None:
    hugh = factories.user("Hugh", office, Role.HUB_MANAGER)
    medway = Council.objects.get(slug="medway")
    assert f'href="{invite_page(medway)}">Invite somebody to Medway Council' in as_user(hugh).get(LIST).content.decode()
    as_user(hugh).post(invite_page(medway), NINA | {"role": "manager"})
    assert Invitation.objects.get().council == medway


def test_the_same_person_is_invited_once(cast: Cast, kent: Council) -> None:
    assert invite(kent, cast.mina) == invite(kent, cast.mina)
    assert len(mails(kent)) == 1


def test_whoever_works_there_already_is_not_invited(cast: Cast, kent: Council) -> None:
    with pytest.raises(Refused, match="works there as officer already"):
        invite(kent, cast.mina, email="kate@example.org")
    assert invite(kent, cast.mina, Role.SAFEGUARDING, "kate@example.org")  # a second role is another matter


def test_the_token_leaves_the_address_at_once_and_its_hash_alone_is_kept(cast: Cast, kent: Council) -> None:
    invite(kent, cast.mina)
    token = link(kent).rstrip("/").rsplit("/", 1)[1]
    assert token not in str(Invitation.objects.values().get())
    client = Client()
    answer = client.get(link(kent))
    assert (answer.status_code, answer["Location"]) == (302, reverse("staff_invitation"))
    assert answer["Referrer-Policy"] == "no-referrer"
    page = client.get(answer["Location"]).content.decode()
    assert "<strong>Mina</strong> invites you" in page
    assert "Kent County Council" in page
    assert token not in page


def test_nobody_else_reads_the_link_on_the_page_of_the_message(cast: Cast, as_user: AsUser, kent: Council) -> None:
    invite(kent, cast.mina)
    client, message = as_user(cast.mina), mails(kent)[0]
    page = client.get(reverse("admin:outbox_message_change", args=[message.pk])).content.decode()
    assert "its text is not shown here" in page
    assert link(kent) not in page
    assert client.get(reverse("admin:outbox_message_html", args=[message.pk])).status_code == 404


def test_a_new_person_joins_and_goes_on_to_the_second_step(cast: Cast, kent: Council) -> None:
    invite(kent, cast.mina)
    client = Client()
    client.get(link(kent))
    answer = client.post(reverse("staff_invitation"), {"password": GOOD})
    assert answer["Location"] == reverse("mfa_activate_totp")
    nina = User.objects.get(email="nina@example.org")
    assert (nina.name, nina.is_active, nina.second_factor_at) == ("Nina New", True, None)
    assert nina.check_password(GOOD)
    assert access_of(nina).roles == {kent.pk: {Role.OFFICER}}
    assert client.get("/staff/")["Location"] == reverse("mfa_activate_totp")  # and nothing else opens
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert verbs(kent) == ["people.invitation_taken_up", "people.invited", "people.joined"]


@pytest.mark.parametrize(
    ("password", "told"),
    [("", "Choose a password."), ("short", "at least 12"), ("nina@example.org", "similar"), ("password1234", "common")],
)
def test_a_weak_password_is_refused(cast: Cast, kent: Council, password: str, told: str) -> None:
    invite(kent, cast.mina)
    client = Client()
    client.get(link(kent))
    answer = client.post(reverse("staff_invitation"), {"password": password})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not User.objects.filter(email="nina@example.org").exists()


def test_a_scanner_that_opens_the_link_uses_nothing_up(cast: Cast, kent: Council) -> None:
    invite(kent, cast.mina)
    for _ in range(3):
        Client().get(link(kent), follow=True)
    assert Invitation.objects.open().count() == 1


def test_whoever_has_an_account_logs_in_and_accepts(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council
) -> None:
    invite(kent, cast.mina, Role.SAFEGUARDING, "hal@example.org")
    anonymous = Client()
    anonymous.get(link(kent))
    page = anonymous.get(reverse("staff_invitation")).content.decode()
    assert "You have an account already" in page
    assert anonymous.post(reverse("staff_invitation"), {"password": GOOD}).status_code == 409
    assert cast.hal.check_password(factories.PASSWORD)
    client = as_user(cast.hal)
    client.get(link(kent))
    assert client.post(reverse("staff_invitation"))["Location"] == "/staff/"
    assert access_of(cast.hal).roles == {hampshire.pk: {Role.OFFICER}, kent.pk: {Role.SAFEGUARDING}}


def test_a_manager_does_not_learn_whether_there_is_an_account(cast: Cast, as_user: AsUser, kent: Council) -> None:
    def seen(email: str) -> list[str]:
        client = as_user(cast.mina)
        client.post(invite_page(kent), NINA | {"email": email})
        page = client.get(LIST).content.decode()
        as_user(cast.mina).post(
            reverse("admin:councils_membership_withdraw", args=[Invitation.objects.latest("pk").pk])
        )
        hidden = re.sub(
            r"invitation/\d+/|Last log-in\">[^<]+", "", page.replace(email, "EMAIL")
        )  # may be a minute later
        return [line for line in hidden.splitlines() if "csrf" not in line]

    assert seen("hal@example.org") == seen("unknown@example.org")


def test_an_invitation_for_another_address_is_not_accepted(cast: Cast, as_user: AsUser, kent: Council) -> None:
    invite(kent, cast.mina, Role.MANAGER)
    client = as_user(cast.hal)
    client.get(link(kent))
    assert "for another email address" in client.get(reverse("staff_invitation")).content.decode()
    assert client.post(reverse("staff_invitation")).status_code == 409
    with pytest.raises(Refused, match="another email address"):
        actions.join(Invitation.objects.get(), by=cast.hal)
    assert kent.pk not in access_of(cast.hal).roles


def test_accepted_twice_it_works_once(cast: Cast, kent: Council) -> None:
    invite(kent, cast.mina)
    first, second = Client(), Client()
    for client in (first, second):
        client.get(link(kent))
    assert first.post(reverse("staff_invitation"), {"password": GOOD}).status_code == 302
    late = second.post(reverse("staff_invitation"), {"password": "another three words"})
    assert "does not work any more" in late.content.decode()
    assert User.objects.get(email="nina@example.org").check_password(GOOD)
    assert Membership.objects.filter(user__email="nina@example.org").count() == 1


def not_open(address: str) -> bool:
    client = Client()
    client.get(address)
    page = client.post(reverse("staff_invitation"), {"password": GOOD}).content.decode()
    return "does not work any more" in page and not User.objects.filter(email="nina@example.org").exists()


def test_a_withdrawn_link_opens_nothing(cast: Cast, as_user: AsUser, kent: Council) -> None:
    invitation = invite(kent, cast.mina)
    client = Client()
    client.get(link(kent))
    as_user(cast.mina).post(reverse("admin:councils_membership_withdraw", args=[invitation.pk]))
    late = client.post(reverse("staff_invitation"), {"password": GOOD})
    assert "does not work any more" in late.content.decode()
    assert not_open(link(kent))
    actions.withdraw(invitation, by=access_of(cast.mina))  # twice is harmless
    assert verbs(kent) == ["people.invitation_withdrawn", "people.invited"]


def test_a_link_runs_out_and_is_sent_again(cast: Cast, kent: Council, move_clock: MoveClock) -> None:
    invitation = invite(kent, cast.mina)
    move_clock(hub_now() + timedelta(days=7, minutes=1))
    assert not_open(link(kent))
    actions.send_again(invitation, by=access_of(cast.mina))
    assert not_open(link(kent, 0))
    client = Client()
    client.get(link(kent))
    assert client.post(reverse("staff_invitation"), {"password": GOOD}).status_code == 302


def test_a_made_up_link_answers_like_one_that_was_used(db: None) -> None:
    assert not_open(reverse("staff_invitation_open", args=["made-up"]))


def test_an_accepted_invitation_is_neither_sent_again_nor_withdrawn(cast: Cast, kent: Council) -> None:
    invitation = invite(kent, cast.mina)
    actions.join_anew(invitation, password=GOOD)
    for act in (actions.send_again, actions.withdraw):
        with pytest.raises(Refused, match="taken up or withdrawn already"):
            act(invitation, by=access_of(cast.mina))


@pytest.mark.parametrize("name", ["invite_again", "withdraw"])
def test_another_councils_invitation_answers_like_none(
    cast: Cast, as_user: AsUser, hampshire: Council, name: str
) -> None:
    theirs = invite(hampshire, factories.user("Mo", hampshire, Role.MANAGER))
    client = as_user(cast.mina)
    for key in (theirs.pk, 987654):
        answer = client.post(reverse(f"admin:councils_membership_{name}", args=[key]))
        assert answer.status_code == 404
        assert "Nina" not in answer.content.decode()
    with pytest.raises(RoleRefused):
        actions.withdraw(theirs, by=access_of(cast.mina))
    assert "Nina" not in client.get(LIST).content.decode()
    assert Invitation.objects.open().get() == theirs


def test_whoever_had_left_comes_back_with_a_new_password(cast: Cast, kent: Council) -> None:
    actions.remove(Membership.objects.get(user=cast.kate), by=access_of(cast.mina))
    invite(kent, cast.mina, email="kate@example.org")
    client = Client()
    client.get(link(kent))
    assert client.post(reverse("staff_invitation"), {"password": GOOD}).status_code == 302
    cast.kate.refresh_from_db()
    assert (cast.kate.is_active, cast.kate.second_factor_at) == (True, None)
    assert cast.kate.check_password(GOOD)


def sign_on(council: Council, *, compulsory: bool) -> SignOn:
    made = SignOn.objects.create(
        slug="kent",
        name="Kent staff log-in",
        issuer="https://login.example.org",
        client_id="x",
        secret="x",
        email_domains=["example.org"],
        compulsory=compulsory,
    )
    SignOnCouncil.objects.create(sign_on=made, council=council)
    return made


def test_where_the_council_has_sign_on_no_password_is_needed(cast: Cast, kent: Council) -> None:
    sign_on(kent, compulsory=True)
    invite(kent, cast.mina)
    client = Client()
    client.get(link(kent))
    page = client.get(reverse("staff_invitation")).content.decode()
    assert "Join, and log in with Kent staff log-in" in page
    assert "Choose a password" not in page
    assert client.post(reverse("staff_invitation"), {"password": GOOD}).status_code == 200
    assert not User.objects.filter(email="nina@example.org").exists()
    assert client.post(reverse("staff_invitation"))["Location"] == reverse("openid_connect_login", args=["kent"])
    assert not User.objects.get(email="nina@example.org").has_usable_password()


def test_an_address_that_sign_on_would_never_let_in_is_not_invited(cast: Cast, kent: Council) -> None:
    sign_on(kent, compulsory=True)
    with pytest.raises(Refused, match="ends in @example"):
        invite(kent, cast.mina, email="nina@elsewhere.example")


def test_the_operator_invites_the_first_people_on_the_command_line(office: Council, lafse: object) -> None:
    call_command("invite", "first@example.org", "Fiona First", "hub_manager", "lafse-office")
    assert Invitation.objects.get().invited_by is None
    client = Client()
    client.get(link(office))
    assert client.post(reverse("staff_invitation"), {"password": GOOD}).status_code == 302
    assert access_of(User.objects.get(email="first@example.org")).is_hub_wide()
