"""Two hubs that exist only inside a transaction which is rolled back. Each council has a case with a word in it."""

import itertools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Absence, Council, CouncilKind, Hub, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Permission, Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.answers import Answers, RouteSnapshot
from enquiries.forms.reason import RIGHT_DOORS
from enquiries.models import Enquiry, HouseholdProposal, LetterTemplate
from enquiries.privacy import CURRENT
from enquiries.states import Channel, RouteChoice, Way
from lafse.isolation.doors import pass_for, tokens
from lafse.isolation.handovers import offered
from lafse.isolation.holds import held
from lafse.isolation.invited import invited
from lafse.isolation.letters import letters
from staff import scope

Objects = dict[str, str]  # kind of object to its key
NOWHERE: Objects = {
    "enquiry": str(uuid.UUID(int=0xDEAD << 100 | 4 << 76 | 8 << 60)),
    "todo": str(uuid.UUID(int=0xBEEF << 100 | 4 << 76 | 8 << 60)),
    "message": str(uuid.UUID(int=0xFADE << 100 | 4 << 76 | 8 << 60)),
    "ended_message": str(uuid.UUID(int=0xFADE << 100 | 4 << 76 | 8 << 60)),
    "letter": str(uuid.UUID(int=0xFEED << 100 | 4 << 76 | 8 << 60)),
    "handover": str(uuid.UUID(int=0xFACE << 100 | 4 << 76 | 8 << 60)),
    "proposal": str(uuid.UUID(int=0xFEE1 << 100 | 4 << 76 | 8 << 60)),
    "slug": "isolation-isz",
    "hold": str(uuid.UUID(int=0xFEE2 << 100 | 4 << 76 | 8 << 60)),
    "council": "1900000099",
    "membership": "1900000098",
    "wording": "1900000099-tried",
    "absence": "1900000097",
    "passkey": "1900000096",
    "invitation": "1900000094",
    "session": "1900000095",
}


class _Numbers:
    """As long as those of nowhere, and found in no page by chance. Each scratch begins anew: the last is gone."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._left = itertools.count(1_900_000_100)

    def __next__(self) -> int:
        return next(self._left)


_numbers = _Numbers()


@dataclass(frozen=True)
class Tenant:
    """`word` stands in everything that this council alone may read, `concern` in a note that only its safeguarding
    role may."""

    council: Council
    word: str
    concern: str
    objects: Objects


@dataclass(frozen=True)
class Actor:
    """`opened`: the pass of an enquirer who has opened the link to a case of the council `about`. `session`: what it
    holds besides the log-in. `limited_to`: the only council in which a narrowed session's roles count."""

    name: str
    user: User | None = None
    opened: str = ""
    about: Council | None = None
    session: Mapping[str, object] = field(default_factory=dict)
    limited_to: int | None = None

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

    def may(self, permission: Permission, council: Council | None = None) -> bool:
        """Anywhere, or in this council."""
        where = self.where(permission)
        return council.pk in where if council else bool(where)

    def where(self, permission: Permission) -> frozenset[int]:
        return self.access.where(permission) if self.access else frozenset()


@dataclass(frozen=True)
class Scratch:
    tenants: tuple[Tenant, ...]
    actors: tuple[Actor, ...]
    examples: Objects

    def own(self, actor: Actor, needs: Permission | None = None) -> list[Tenant]:
        """Where they may; without a permission named, whose cases they see."""
        mine = actor.councils & actor.where(needs) if needs else actor.councils
        return [tenant for tenant in self.tenants if tenant.council.pk in mine]

    def others(self, actor: Actor, needs: Permission | None = None) -> list[Tenant]:
        own = self.own(actor, needs)
        return [tenant for tenant in self.tenants if tenant not in own]


def make() -> Scratch:
    _numbers.begin()
    here, there = _hub("one"), _hub("two")
    office = _council(here, "ISO", kind=CouncilKind.HUB_OFFICE)
    _council(there, "ISP", kind=CouncilKind.HUB_OFFICE)
    ours, next_door, elsewhere = _council(here, "ISQ"), _council(here, "ISR"), _council(there, "ISS")
    actors = cast_of(office, ours, next_door)
    tenants = tuple(_tenant(council) for council in (ours, next_door, elsewhere))
    doors = tokens(ours, tenants[0].objects["enquiry"])
    enquirer = Actor("enquirer", opened=pass_for(doors["status_link"]), about=ours)
    return Scratch(tenants, (*actors, enquirer), _examples() | doors)


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
)
ACTORS = (*ONE_ROLE, *FOR_THE_HUB, *OTHERS)


def cast_of(office: Council, ours: Council, next_door: Council) -> tuple[Actor, ...]:
    def one(name: str, council: Council, role: Role) -> Actor:
        return Actor(name, _user(name, office, council, role))

    def both(name: str) -> User:
        """An officer here, and a manager next door."""
        user = _user(name, office, ours, Role.OFFICER)
        Membership.objects.create(pk=next(_numbers), user=user, council=next_door, role=Role.MANAGER)
        return user

    vouched = {scope.VOUCHED_FOR: [ours.pk]}
    return (
        Actor("anonymous"),
        *(one(name, ours, role) for name, role in ONE_ROLE.items()),
        one("next door", next_door, Role.OFFICER),
        *(one(name, office, role) for name, role in FOR_THE_HUB.items()),
        Actor("two councils", both("two-councils")),
        Actor("vouched for one", both("vouched-for-one"), session=vouched, limited_to=ours.pk),
        Actor("chose one", both("chose-one"), session={scope.COUNCIL: next_door.pk}, limited_to=next_door.pk),
        Actor("no second step", _without_second_step("no-second-step", office, ours)),
        Actor("leaver", _leaver("leaver", office, ours)),
    )


def _hub(name: str) -> Hub:
    return Hub.objects.create(slug=f"isolation-{name}", name=f"Isolation {name}", short_name=name)


def _council(hub: Hub, code: str, kind: CouncilKind = CouncilKind.COUNCIL) -> Council:
    name = f"Council {code}"
    slug = f"isolation-{code.lower()}"
    return Council.objects.create(pk=next(_numbers), hub=hub, kind=kind, slug=slug, code=code, name=name)


def _user(name: str, office: Council, council: Council, role: Role) -> User:
    address = f"{name.replace(' ', '-')}@isolation.invalid"
    user = User.objects.create(email=address, name=name, home=office, password="!", second_factor_at=hub_now())  # noqa: S106  # none
    Membership.objects.create(pk=next(_numbers), user=user, council=council, role=role)
    return user


def _without_second_step(name: str, office: Council, council: Council) -> User:
    user = _user(name, office, council, Role.MANAGER)
    user.second_factor_at = None
    user.save(update_fields=["second_factor_at"])
    return user


def _leaver(name: str, office: Council, council: Council) -> User:
    user = _user(name, office, council, Role.OFFICER)
    Membership.objects.filter(user=user).update(ended_at=hub_now())
    return user


def _tenant(council: Council) -> Tenant:
    word = f"canary{council.code.lower()}{uuid.uuid4().hex[:8]}"
    resident = _user(f"resident-{word}", council, council, Role.OFFICER)
    receipt = actions.submit(_answers(council, word), token=uuid.uuid4().hex, channel=Channel.WEB)
    with as_council(council):
        todo = ToDo.objects.create(
            council=council,
            kind=ToDoKind.UNSEEN,
            subject_kind="enquiry",
            subject_id=receipt.enquiry_id,
            about_council=council,
        )
        concern = f"concern{council.code.lower()}{uuid.uuid4().hex[:8]}"
        lead = access_of(_user(f"lead-{word}", council, council, Role.SAFEGUARDING))
        write_safeguarding_note(Enquiry.objects.get(pk=receipt.enquiry_id), concern, by=lead)
        operator = _user(f"operator-{word}", council, council, Role.OPERATOR)
        mail = letters(council, word, by=access_of(operator))
        text = LetterTemplate.objects.create(
            council=council, name=word, subject=word, text=f"{word} ((reference))", updated_by=resident
        )
        asked = offered(council, word, by=resident)
    membership = Membership.objects.get(user=resident)
    objects = mail | {
        "enquiry": receipt.enquiry_id,
        "proposal": _proposal(council),
        "letter": text.pk,
        "slug": council.slug,
        "hold": held(council, word, by=resident),
        "handover": asked.pk,
        "todo": todo.pk,
        "council": council.pk,
        "membership": membership.pk,
        "wording": f"{council.pk}-tried",
    }
    objects["absence"] = _absence(resident).pk
    objects["passkey"] = _passkey(resident, word).pk
    objects["session"] = _session(resident, word).pk
    objects["invitation"] = invited(council, word, key=next(_numbers))
    return Tenant(council, word, concern, {kind: str(key) for kind, key in objects.items()})


def _proposal(council: Council) -> uuid.UUID:
    with as_council(council):
        pair = {"household_a": uuid.uuid4(), "household_b": uuid.uuid4()}
        return HouseholdProposal.objects.create(council=council, **pair).pk


def _absence(user: User) -> Absence:
    day = date(2099, 3, 2)
    return Absence.objects.create(pk=next(_numbers), user=user, first_day=day, last_day=day, written_by=user)


def _passkey(user: User, word: str) -> Authenticator:
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.create(pk=next(_numbers), user=user, type=kind, data={"name": word})


def _session(user: User, word: str) -> UserSession:
    key = f"{word}-{user.pk}"
    made: UserSession = UserSession.objects.create(
        pk=next(_numbers), user=user, ip="192.0.2.1", user_agent=word, session_key=key
    )
    return made


def _answers(council: Council, word: str) -> Answers:
    return Answers(
        hub_id=council.hub_id,
        council_id=council.pk,
        route=RouteSnapshot(typed=""),
        route_choice=RouteChoice.NO_POSTCODE,
        name=f"Canary {word}",
        email=f"{word}@isolation.invalid",
        way=Way.EMAIL,
        message=word,
        notice_version=CURRENT,
    )


def _examples() -> Objects:
    """For addresses about no council's object."""
    members = Council.objects.fostering().filter(hub__slug=settings.DEFAULT_HUB)
    return {
        "council": members.values_list("slug", flat=True)[0],
        "notice": CURRENT,
        "guide": "officer",
        "door": next(iter(RIGHT_DOORS)),
        "provider": "nobody",
    }
