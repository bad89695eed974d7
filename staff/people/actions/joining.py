"""Whoever was invited comes. The link has proved the address; an account that stands proves itself by logging in."""

from collections.abc import Iterator
from contextlib import contextmanager

from councils.clock import hub_now
from councils.models import Council, CouncilKind, Membership, User
from councils.refusals import Refused
from councils.tenancy import as_council
from staff.models import Invitation
from staff.people.actions.recording import record_invitation, record_person

NOT_OPEN = "This invitation does not work any more. Ask whoever invited you to send a new one."
LOG_IN_FIRST = "You have an account already. Log in to accept."
SOMEBODY_ELSE = "This invitation is for another email address. Log out, and log in with the account it was sent to."


def join_anew(invitation: Invitation, *, password: str | None, by: None = None) -> User:
    """A new account, or one of somebody who had left. `password`: None where they log in through their council.
    Raises Refused."""
    with _taking_up(invitation) as found:
        user = _account(found)
        user.set_password(password)
        user.is_active, user.second_factor_at = True, None
        user.save(update_fields=["password", "is_active", "second_factor_at"])
        _join(found, user)
    return user


def join(invitation: Invitation, *, by: User) -> None:
    """With the account that the invitation was sent to. Raises Refused."""
    with _taking_up(invitation) as found:
        if by.email != found.email:
            raise Refused(SOMEBODY_ELSE)
        _join(found, by)


@contextmanager
def _taking_up(invitation: Invitation) -> Iterator[Invitation]:
    """Accepted once: whoever comes second waits, and finds it used."""
    with as_council(invitation.council_id):
        found = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
        if found is None:
            raise Refused(NOT_OPEN)
        yield found


def _account(invitation: Invitation) -> User:
    council = Council.objects.get(pk=invitation.council_id)
    home = Council.objects.get(hub=council.hub_id, kind=CouncilKind.HUB_OFFICE)
    user, made = User.objects.get_or_create(
        email=invitation.email, defaults={"name": invitation.name, "home": home, "is_active": False}
    )
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active:
        raise Refused(LOG_IN_FIRST)
    if not made:
        user.name, user.home = invitation.name, home
        user.save(update_fields=["name", "home"])
    return user


def _join(invitation: Invitation, user: User) -> None:
    council = invitation.council_id
    Membership.objects.get_or_create(user=user, council_id=council, role=invitation.role, ended_at=None)
    invitation.accepted_at = hub_now()
    invitation.save(update_fields=["accepted_at"])
    record_invitation("people.invitation_taken_up", invitation, by=user)
    record_person("people.joined", user, council=council, by=user, role=invitation.role)
