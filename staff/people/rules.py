"""Whom a manager may do what to: never above one's own role, and never oneself. So whoever ends a manager's role still
manages there: a council loses its last manager only to who is above it, and a hub to nobody."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from councils.access import Access, access_of
from councils.models import Council, CouncilKind, Membership, User
from councils.refusals import Refused, RoleRefused
from councils.roles import HUB_WIDE, Permission, Role, given_by
from councils.tenancy import across

WHOLE_HUB_FIRST = "This person has work in the whole hub. Choose “Whole hub” at the top of the page first."
ONESELF = "You cannot do this to yourself: ask another manager."


@contextmanager
def managing(council_id: int, by: Access, *, within: Collection[int] = ()) -> Iterator[Council]:
    """One change of people at a time in a council: of two managers who remove each other at once one stays. Whoever
    waited is asked for the permission again. No key is changed, so rows that point at the council go on being written.
    `within`: other councils in which the change does something as well.
    """
    by.require(Permission.MANAGE_PEOPLE, council_id)
    if not by.reach.issuperset(within):
        raise Refused(WHOLE_HUB_FIRST)
    with across({council_id, *within}, reason="people"):
        council = Council.objects.select_for_update(no_key=True).get(pk=council_id)
        access_of(by.user).require(Permission.MANAGE_PEOPLE, council_id)
        yield council


def reach_of(membership: Membership) -> list[int]:
    """Where somebody with this role has work in hand: for the hub's own, in every council of it."""
    if membership.role not in HUB_WIDE:
        return [membership.council_id]
    return list(Council.objects.filter(hub=membership.council.hub_id).values_list("pk", flat=True))


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


def current(membership: Membership) -> Membership:
    """As it is now, under the council's lock. Raises Refused where a colleague has ended it."""
    found = Membership.objects.current().select_related("user").filter(pk=membership.pk).first()
    if found is None:
        raise Refused(f"{membership.user.name} does not hold this role any more: it changed since you opened the page.")
    return found


def locked(user_id: int) -> User:
    """Two councils that a person leaves at once must not both take them for somebody who still works elsewhere."""
    return User.objects.select_for_update(no_key=True).get(pk=user_id)
