"""Two hubs that exist only inside a transaction which is rolled back. Each council has a case with a word in it."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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
from lafse.isolation.letters import letters

Objects = dict[str, str]  # kind of object to its key
NOWHERE: Objects = {
    "enquiry": str(uuid.UUID(int=0xDEAD << 100 | 4 << 76 | 8 << 60)),
    "todo": str(uuid.UUID(int=0xBEEF << 100 | 4 << 76 | 8 << 60)),
    "message": str(uuid.UUID(int=0xFADE << 100 | 4 << 76 | 8 << 60)),
    "ended_message": str(uuid.UUID(int=0xFADE << 100 | 4 << 76 | 8 << 60)),
    "letter": str(uuid.UUID(int=0xFEED << 100 | 4 << 76 | 8 << 60)),
    "handover": str(uuid.UUID(int=0xFACE << 100 | 4 << 76 | 8 << 60)),
    "proposal": str(uuid.UUID(int=0xFEE1 << 100 | 4 << 76 | 8 << 60)),
    "council": "1900000099",
    "membership": "1900000098",
    "wording": "1900000099-tried",
    "absence": "1900000097",
}
# Numbers as long as those of nowhere, and found in no page by chance.
_numbers = itertools.count(1_900_000_100)


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
    """`opened`: the pass of an enquirer who has opened the link to a case of the council `about`."""

    name: str
    user: User | None = None
    opened: str = ""
    about: Council | None = None

    @cached_property
    def access(self) -> Access | None:
        return access_of(self.user) if self.user else None

    @property
    def councils(self) -> frozenset[int]:
        if self.about:
            return frozenset([self.about.pk])
        return self.access.councils if self.access else frozenset()

    def may(self, permission: Permission, council: Council | None = None) -> bool:
        """Anywhere, or in this council."""
        where = self.access.where(permission) if self.access else frozenset()
        return council.pk in where if council else bool(where)


@dataclass(frozen=True)
class Scratch:
    tenants: tuple[Tenant, ...]
    actors: tuple[Actor, ...]
    examples: Objects

    def own(self, actor: Actor) -> list[Tenant]:
        return [tenant for tenant in self.tenants if tenant.council.pk in actor.councils]

    def others(self, actor: Actor) -> list[Tenant]:
        return [tenant for tenant in self.tenants if tenant.council.pk not in actor.councils]


def make() -> Scratch:
    here, there = _hub("one"), _hub("two")
    office = _council(here, "ISO", kind=CouncilKind.HUB_OFFICE)
    _council(there, "ISP", kind=CouncilKind.HUB_OFFICE)
    ours, next_door, elsewhere = _council(here, "ISQ"), _council(here, "ISR"), _council(there, "ISS")
    actors = (
        Actor("anonymous"),
        Actor("officer", _user("officer", office, ours, Role.OFFICER)),
        Actor("manager", _user("manager", office, ours, Role.MANAGER)),
        Actor("safeguarding", _user("safeguarding", office, ours, Role.SAFEGUARDING)),
        Actor("next door", _user("next-door", office, next_door, Role.OFFICER)),
        Actor("hub officer", _user("hub-officer", office, office, Role.HUB_OFFICER)),
        Actor("lead", _user("lead", office, office, Role.REGIONAL_LEAD)),
        Actor("operator", _user("operator", office, office, Role.OPERATOR)),
        Actor("leaver", _leaver("leaver", office, ours)),
    )
    tenants = tuple(_tenant(council) for council in (ours, next_door, elsewhere))
    doors = tokens(ours, tenants[0].objects["enquiry"])
    enquirer = Actor("enquirer", opened=pass_for(doors["status_link"]), about=ours)
    return Scratch(tenants, (*actors, enquirer), _examples() | doors)


def _hub(name: str) -> Hub:
    return Hub.objects.create(slug=f"isolation-{name}", name=f"Isolation {name}", short_name=name)


def _council(hub: Hub, code: str, kind: CouncilKind = CouncilKind.COUNCIL) -> Council:
    name = f"Council {code}"
    slug = f"isolation-{code.lower()}"
    return Council.objects.create(pk=next(_numbers), hub=hub, kind=kind, slug=slug, code=code, name=name)


def _user(name: str, office: Council, council: Council, role: Role) -> User:
    address = f"{name}@isolation.invalid"
    user = User.objects.create(email=address, name=name, home=office, password="!", second_factor_at=hub_now())  # noqa: S106  # none
    Membership.objects.create(pk=next(_numbers), user=user, council=council, role=role)
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
        "handover": asked.pk,
        "todo": todo.pk,
        "council": council.pk,
        "membership": membership.pk,
        "wording": f"{council.pk}-tried",
    }
    objects["absence"] = _absence(resident).pk
    return Tenant(council, word, concern, {kind: str(key) for kind, key in objects.items()})


def _proposal(council: Council) -> uuid.UUID:
    with as_council(council):
        pair = {"household_a": uuid.uuid4(), "household_b": uuid.uuid4()}
        return HouseholdProposal.objects.create(council=council, **pair).pk


def _absence(user: User) -> Absence:
    day = date(2099, 3, 2)
    return Absence.objects.create(pk=next(_numbers), user=user, first_day=day, last_day=day, written_by=user)


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
    }
