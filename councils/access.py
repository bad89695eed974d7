"""Who may do what where: one function answers, and says why not."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from councils.models.hubs import Council
from councils.models.people import Membership, User
from councils.refusals import RoleRefused
from councils.roles import HUB_WIDE, PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Access:
    """The roles a person holds, by council's primary key; hub-wide roles are spread over the hub's councils."""

    user: User
    roles: Mapping[int, frozenset[Role]]

    @property
    def councils(self) -> frozenset[int]:
        return self.where(Permission.SEE_CASES)

    @property
    def reach(self) -> frozenset[int]:
        """Where at least some rows may be seen: the scope of a staff page, which then asks for what it shows."""
        return self.councils | self.where(Permission.SEE_MESSAGES)

    @property
    def sees_messages(self) -> bool:
        return bool(self.where(Permission.SEE_MESSAGES))

    @property
    def works(self) -> bool:
        return bool(self.where(Permission.WORK_CASES))

    @property
    def exports(self) -> bool:
        return bool(self.where(Permission.EXPORT_CASES))

    @property
    def joins_households(self) -> bool:
        return bool(self.where(Permission.JOIN_HOUSEHOLDS))

    def where(self, permission: Permission) -> frozenset[int]:
        return frozenset(council for council in self.roles if self.may(permission, council))

    def may(self, permission: Permission, council: int) -> bool:
        return any(permission in PERMISSIONS[role] for role in self.roles.get(council, ()))

    def require(self, permission: Permission, council: int) -> None:
        """Raises RoleRefused."""
        if not self.may(permission, council):
            raise RoleRefused("Your role does not allow this. Ask your manager to change it or to do it for you.")

    def is_hub_wide(self) -> bool:
        return any(roles & HUB_WIDE for roles in self.roles.values())


class StaffRequest(HttpRequest):
    """What a staff page receives: the middleware has read who is asking."""

    user: User
    access: Access


def access_of(user: User) -> Access:
    roles: dict[int, set[Role]] = {}
    for membership in Membership.objects.current().filter(user=user, user__is_active=True).select_related("council"):
        for council in _reach(membership):
            roles.setdefault(council, set()).add(Role(membership.role))
    return Access(user, {council: frozenset(held) for council, held in roles.items()})


def _reach(membership: Membership) -> list[int]:
    if membership.role not in HUB_WIDE:
        return [membership.council_id]
    return list(Council.objects.filter(hub=membership.council.hub_id).values_list("pk", flat=True))
