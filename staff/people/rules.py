"""Whom a manager may do what to. Never above one's own role, never oneself, and somebody is left to manage."""

from collections.abc import Iterator
from contextlib import contextmanager

from councils.access import Access, access_of
from councils.models import Council, CouncilKind, Membership, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission, Role, given_by
from councils.tenancy import as_council

ONESELF = "You cannot do this to yourself: ask another manager."
LAST_MANAGER = "This is the council’s only manager. Invite another one first, or ask the hub manager."
LAST_HUB_MANAGER = "This is the hub’s only manager. Invite another one first."


@contextmanager
def managing(council_id: int, by: Access) -> Iterator[Council]:
    """One change of people at a time in a council: of two managers who remove each other at once one stays. Whoever
    waited is asked for the permission again. No key is changed, so rows that point at the council go on being written.
    """
    by.require(Permission.MANAGE_PEOPLE, council_id)
    with as_council(council_id):
        council = Council.objects.select_for_update(no_key=True).get(pk=council_id)
        access_of(by.user).require(Permission.MANAGE_PEOPLE, council_id)
        yield council


def gives(by: Access, council: Council) -> frozenset[Role]:
    """The roles that this person may give, change and end there."""
    return given_by(by.roles.get(council.pk, ()), office=council.kind == CouncilKind.HUB_OFFICE)


def require_giving(role: str, council: Council, by: Access) -> None:
    if role not in gives(by, council):
        raise RoleRefused("Your role does not allow this. Nobody gives or ends a role above their own.")


def require_changing(membership: Membership, council: Council, by: Access) -> None:
    if membership.user_id == by.user.pk:
        raise RoleRefused(ONESELF)
    require_giving(membership.role, council, by)


def require_somebody_left(membership: Membership, by: Access) -> None:
    """A council may be left without a manager only by who is above it; a hub by nobody."""
    if membership.role not in (Role.MANAGER, Role.HUB_MANAGER):
        return
    if Role.HUB_MANAGER in by.roles.get(membership.council_id, ()) and membership.role == Role.MANAGER:
        return
    same = Membership.objects.current().filter(council=membership.council_id, role=membership.role)
    if not same.filter(user__is_active=True).exclude(user=membership.user_id).exists():
        raise Refused(LAST_MANAGER if membership.role == Role.MANAGER else LAST_HUB_MANAGER)


def current(membership: Membership) -> Membership:
    """As it is now, under the council's lock. Raises Refused where a colleague has ended it."""
    found = Membership.objects.current().select_related("user").filter(pk=membership.pk).first()
    if found is None:
        raise Refused(f"{membership.user.name} does not hold this role any more: it changed since you opened the page.")
    return found


def locked(user_id: int) -> User:
    """Two councils that a person leaves at once must not both take them for somebody who still works elsewhere."""
    return User.objects.select_for_update(no_key=True).get(pk=user_id)
