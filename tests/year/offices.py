"""Who answers, and how: officers of twenty councils with their leave, a hub office, and one council where nobody
looks. Each acts only through the actions that the staff pages call."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from councils.access import Access, access_of
from councils.models import Absence, Council, CouncilKind, Membership, User
from councils.roles import Role
from councils.working_time import in_london, is_open, is_working_day
from enquiries.commitment import hours_of

ASLEEP = "surrey"  # its people have accounts and never log in
CASES_AN_HOUR = 4
EVENING_ENDS, SATURDAY = time(20), (time(10), time(16))
_SATURDAY = 5


@dataclass(frozen=True)
class Worker:
    access: Access
    council: Council
    leave: frozenset[date] = field(default=frozenset())

    @property
    def key(self) -> int:
        return self.access.user.pk

    def is_in(self, now: datetime) -> bool:
        return in_london(now).date() not in self.leave and is_open(now, hours_of(self.council))

    def is_on_rota(self, now: datetime) -> bool:
        """Evenings and Saturdays: somebody rings those who asked for them."""
        here = in_london(now)
        if here.date() in self.leave:
            return False
        if here.weekday() == _SATURDAY:
            return SATURDAY[0] <= here.time() < SATURDAY[1]
        working = is_working_day(here.date(), hours_of(self.council))
        return working and self.council.closes_at <= here.time() < EVENING_ENDS


def staff_of(councils: list[Council], *, first: date, last: date, chance: Random) -> list[Worker]:
    """Three officers and a manager in each council, three and a manager in the hub office."""
    office = next(council for council in councils if council.kind == CouncilKind.HUB_OFFICE)
    workers = []
    for council in councils:
        hub = council.kind == CouncilKind.HUB_OFFICE
        roles = (Role.HUB_OFFICER, Role.HUB_MANAGER) if hub else (Role.OFFICER, Role.MANAGER)
        for number, role in enumerate((roles[0], roles[0], roles[0], roles[1])):
            user = _user(f"{council.slug}-{number}", office)
            Membership.objects.create(user=user, council=council, role=role)
            leave = frozenset(_take_leave(user, first, last, chance))
            workers.append(Worker(access_of(user), council, leave))
    return workers


def _user(name: str, office: Council) -> User:
    user = User(email=f"{name}@example.org", name=name.replace("-", " ").title(), home=office)
    user.set_unusable_password()
    user.save()
    return user


def _take_leave(user: User, first: date, last: date, chance: Random) -> Iterator[date]:
    """About 28 days of a year in spells of one to fourteen days, and now and then a day's illness."""
    days = (last - first).days + 1
    left = round(28 * days / 365)
    while left > 0:
        length = min(left, chance.choice((1, 1, 3, 7, 14)))
        begins = first + timedelta(days=chance.randrange(days))
        spell = [begins + timedelta(days=n) for n in range(length)]
        Absence.objects.create(user=user, first_day=spell[0], last_day=spell[-1], written_by=user)
        left -= length
        yield from spell
