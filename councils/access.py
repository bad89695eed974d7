"""Who may do what where: one function answers, and says why not.

A person's roles are read anew with every request. Two things narrow them, nothing widens them: single sign-on vouches
for the roles held in its own councils alone, and whoever works for several councils may choose one of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from councils.models.hubs import Council, CouncilKind
from councils.models.people import Membership, User
from councils.refusals import RoleRefused
from councils.roles import HUB_WIDE, PERMISSIONS, WIDE_FROM_THE_OFFICE, Permission, Role, roles_that


@dataclass(frozen=True, slots=True)
class Access:
    """The roles a person holds, by council's primary key; hub-wide roles are spread over the hub's councils.

    `names`: of every council that the person may choose to work for. `only`: the one that is chosen.
    """

    user: User
    roles: Mapping[int, frozenset[Role]]
    names: Mapping[int, str] = field(default_factory=dict)
    only: int | None = None
    whole: str = ""  # all of `names` at once, in words
    hub: int | None = None  # whose counts they may read, of every council of it

    @property
    def place(self) -> str:
        """For which council they work now, in words. Empty for whoever holds no role."""
        return self.names[self.only] if self.only is not None else self.whole

    @property
    def councils(self) -> frozenset[int]:
        return self.where(Permission.SEE_CASES)

    @property
    def reach(self) -> frozenset[int]:
        """Where at least some rows may be seen: the scope of a staff page, which then asks for what it shows."""
        campaigning = self.where(Permission.EDIT_CAMPAIGNS) | self.where(Permission.RUN_GATHERINGS)
        return self.councils | self.where(Permission.SEE_MESSAGES) | campaigning | self.where(Permission.TAKE_FILE)

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

    @property
    def matches(self) -> bool:
        return bool(self.where(Permission.MATCH))

    @property
    def runs_gatherings(self) -> bool:
        return bool(self.where(Permission.RUN_GATHERINGS))

    @property
    def edits_campaigns(self) -> bool:
        return bool(self.where(Permission.EDIT_CAMPAIGNS))

    @property
    def sees_figures(self) -> bool:
        return bool(self.where(Permission.SEE_OWN_FIGURES))

    @property
    def sees_region(self) -> bool:
        """Not while they have chosen one council."""
        return self.only is None and bool(self.where(Permission.SEE_FIGURES))

    @property
    def takes_file(self) -> bool:
        return bool(self.where(Permission.TAKE_FILE))

    @property
    def tells_outcomes(self) -> bool:
        return bool(self.where(Permission.CONFIRM_OUTCOMES))

    @property
    def approves_talks(self) -> bool:
        return bool(self.where(Permission.APPROVE_TALKS))

    @property
    def safeguards(self) -> bool:
        return bool(self.where(Permission.SAFEGUARD))

    @property
    def manages_people(self) -> bool:
        return bool(self.where(Permission.MANAGE_PEOPLE))

    def where(self, permission: Permission) -> frozenset[int]:
        may = roles_that(permission)
        return frozenset(council for council, held in self.roles.items() if not may.isdisjoint(held))

    def may(self, permission: Permission, council: int) -> bool:
        return not roles_that(permission).isdisjoint(self.roles.get(council, ()))

    def why_not(self, permission: Permission, council: int) -> str:
        """In a sentence for the person; empty where they may. The same for a council that is not theirs and for none:
        it tells who may, never who that is."""
        if self.may(permission, council):
            return ""
        if council in self.names and council not in self.roles:
            return f"You work for {self.place} now. Choose {self.names[council]} at the top of the page first."
        may = sorted(roles_that(permission), key=list(Role).index)
        who = _either([str(role.label).lower() for role in may])
        return f"Your role does not allow this. Only {who} may {permission.words}: {self._whom_to_ask(may, council)}."

    def _whom_to_ask(self, may: Collection[Role], council: int) -> str:
        if Role.MANAGER in may and not self.may(Permission.MANAGE_PEOPLE, council):
            return "ask your manager to change your role or to do it for you"
        if Role.HUB_MANAGER in may:
            return "ask the hub manager"
        return "ask your manager who holds that role"

    def require(self, permission: Permission, council: int) -> None:
        """Raises RoleRefused."""
        if reason := self.why_not(permission, council):
            raise RoleRefused(reason)

    def is_hub_wide(self) -> bool:
        return any(roles & HUB_WIDE for roles in self.roles.values())


class StaffRequest(HttpRequest):
    """What a staff page receives: the middleware has read who is asking."""

    user: User
    access: Access


def access_of(user: User, *, vouched_for: Collection[int] | None = None, only: int | None = None) -> Access:
    """`vouched_for`: councils; roles held elsewhere do not count. None: all do. `only`: one council of theirs; one that
    is theirs no more narrows nothing."""
    roles: dict[int, set[Role]] = {}
    names: dict[int, str] = {}
    hubs: dict[int, int] = {}  # by their offices
    for membership in _memberships(user, vouched_for):
        of_the_hub = membership.council.kind == CouncilKind.HUB_OFFICE
        if of_the_hub and Permission.SEE_FIGURES in PERMISSIONS[Role(membership.role)]:
            hubs[membership.council_id] = membership.council.hub_id
        for council in _reach(membership):
            roles.setdefault(council.pk, set()).add(Role(membership.role))
            names[council.pk] = council.name
    chosen = only if only in roles else None
    kept = {council: frozenset(held) for council, held in roles.items() if chosen in (None, council)}
    sorted_names = dict(sorted(names.items(), key=lambda each: (each[1], each[0])))
    whole = _whole(sorted_names, roles.values())
    return Access(user, kept, sorted_names, chosen, whole, next(iter(hubs.values()), None))


def _memberships(user: User, vouched_for: Collection[int] | None) -> Iterable[Membership]:
    current = Membership.objects.current().filter(user=user, user__is_active=True).select_related("council")
    return current if vouched_for is None else current.filter(council__in=vouched_for)


def _reach(membership: Membership) -> Iterable[Council]:
    council = membership.council
    if membership.role not in WIDE_FROM_THE_OFFICE or council.kind != CouncilKind.HUB_OFFICE:
        return [council]
    return Council.objects.filter(hub=council.hub_id).only("name")


def _whole(names: Mapping[int, str], roles: Iterable[set[Role]]) -> str:
    if len(names) < 2:
        return next(iter(names.values()), "")
    if all(held & HUB_WIDE for held in roles):
        return "Whole hub"
    return "Both councils" if len(names) == 2 else f"All {len(names)} councils"


def _either(words: list[str]) -> str:
    article = "an" if words[0][0] in "aeiou" else "a"
    *others, last = words
    return f"{article} {', '.join(others)} or {last}" if others else f"{article} {last}"
