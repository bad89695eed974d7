"""Who asks: one of each role, whoever's session is narrowed, whoever is not quite there yet, and an enquirer."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, Membership, User
from councils.roles import Permission, Role
from staff import scope


class _Numbers:
    """As long as those of nowhere, and found in no page by chance. Each scratch begins anew: the last is gone."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._left = itertools.count(1_900_000_100)

    def __next__(self) -> int:
        return next(self._left)


numbers = _Numbers()


@dataclass(frozen=True)
class Actor:
    """`opened`: the pass of an enquirer who has opened the link to a case of the council `about`; `own_pass`: of an
    ambassador of it. `session`: what it holds besides the log-in. `limited_to`: the only council in which a narrowed
    session's roles count; `set_aside`: those they could choose instead."""

    name: str
    user: User | None = None
    opened: str = ""
    own_pass: str = ""
    about: Council | None = None
    session: Mapping[str, object] = field(default_factory=dict)
    limited_to: int | None = None
    set_aside: frozenset[int] = frozenset()

    @cached_property
    def access(self) -> Access | None:
        """Narrowed here, and not by the code that is asked."""
        access = access_of(self.user) if self.user else None
        if access is None or self.limited_to is None:
            return access
        return Access(access.user, {key: held for key, held in access.roles.items() if key == self.limited_to})

    @property
    def has_a_second_step(self) -> bool:
        return self.user is None or self.user.second_factor_at is not None

    @property
    def councils(self) -> frozenset[int]:
        if self.about:
            return frozenset([self.about.pk])
        return self.access.councils if self.access else frozenset()

    @property
    def reach(self) -> frozenset[int]:
        """Where they have any business: an enquirer and an ambassador, in the council of their link."""
        return self.councils | (self.access.reach if self.access else frozenset())

    def may(self, permission: Permission, council: Council | None = None) -> bool:
        """Anywhere, or in this council."""
        where = self.where(permission)
        return council.pk in where if council else bool(where)

    def where(self, permission: Permission) -> frozenset[int]:
        return self.access.where(permission) if self.access else frozenset()


ONE_ROLE = {
    "officer": Role.OFFICER,
    "manager": Role.MANAGER,
    "safeguarding": Role.SAFEGUARDING,
    "coordinator": Role.COORDINATOR,
    "campaign editor": Role.CAMPAIGN_EDITOR,
}
FOR_THE_HUB = {
    "hub officer": Role.HUB_OFFICER,
    "hub manager": Role.HUB_MANAGER,
    "analyst": Role.DATA_ANALYST,
    "lead": Role.REGIONAL_LEAD,
    "operator": Role.OPERATOR,
}
OTHERS = (
    "anonymous",
    "next door",
    "two councils",
    "vouched for one",
    "chose one",
    "no second step",
    "leaver",
    "enquirer",
    "ambassador",
    "ambassador next door",
)
ACTORS = (*ONE_ROLE, *FOR_THE_HUB, *OTHERS)


def cast_of(office: Council, ours: Council, next_door: Council) -> tuple[Actor, ...]:
    def one(name: str, council: Council, role: Role) -> Actor:
        return Actor(name, user_in(name, office, council, role))

    def both(name: str) -> User:
        """An officer here, and a manager next door."""
        user = user_in(name, office, ours, Role.OFFICER)
        Membership.objects.create(pk=next(numbers), user=user, council=next_door, role=Role.MANAGER)
        return user

    vouched, chosen = {scope.VOUCHED_FOR: [ours.pk]}, {scope.COUNCIL: next_door.pk}
    return (
        Actor("anonymous"),
        *(one(name, ours, role) for name, role in ONE_ROLE.items()),
        one("next door", next_door, Role.OFFICER),
        *(one(name, office, role) for name, role in FOR_THE_HUB.items()),
        Actor("two councils", both("two-councils")),
        Actor("vouched for one", both("vouched-for-one"), session=vouched, limited_to=ours.pk),
        Actor("chose one", both("chose-one"), session=chosen, limited_to=next_door.pk, set_aside=frozenset([ours.pk])),
        Actor("no second step", _without_second_step("no-second-step", office, ours)),
        Actor("leaver", _leaver("leaver", office, ours)),
    )


def user_in(name: str, office: Council, council: Council, role: Role) -> User:
    address = f"{name.replace(' ', '-')}@isolation.invalid"
    user = User.objects.create(email=address, name=name, home=office, password="!", second_factor_at=hub_now())  # noqa: S106  # none
    Membership.objects.create(pk=next(numbers), user=user, council=council, role=role)
    return user


def _without_second_step(name: str, office: Council, council: Council) -> User:
    user = user_in(name, office, council, Role.MANAGER)
    user.second_factor_at = None
    user.save(update_fields=["second_factor_at"])
    return user


def _leaver(name: str, office: Council, council: Council) -> User:
    user = user_in(name, office, council, Role.OFFICER)
    Membership.objects.filter(user=user).update(ended_at=hub_now())
    return user
