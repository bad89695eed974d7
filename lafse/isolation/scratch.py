"""Two hubs that exist only inside a transaction which is rolled back. Each council has a case with a word in it."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from councils.access import access_of
from councils.models import Absence, Council, CouncilKind, Hub, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Permission, Role
from councils.tenancy import as_council
from dashboards.actions.folding import fold_hub
from enquiries import actions
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.answers import Answers, RouteSnapshot
from enquiries.forms.reason import RIGHT_DOORS
from enquiries.models import Enquiry, HouseholdProposal, LetterTemplate
from enquiries.privacy import CURRENT
from enquiries.states import Channel, RouteChoice, Way
from lafse.isolation.actors import Actor, cast_of, numbers, user_in
from lafse.isolation.ambassadors import KNOWN, OWN, Scheme, another, own_pass_for, scheme
from lafse.isolation.campaigns import campaigns
from lafse.isolation.doors import link_of, of_events, of_news, pass_for, tokens
from lafse.isolation.handovers import offered
from lafse.isolation.holds import held
from lafse.isolation.introductions import asked_across_border
from lafse.isolation.invited import invited
from lafse.isolation.letters import letters

Objects = dict[str, str]  # kind of object to its key
# Kinds of objects whose keys are uuids.
_BY_UUID = (
    *("enquiry", "todo", "message", "ended_message", "letter", "handover", "proposal", "hold"),
    *("ambassador", "introduction", "offer", "asked", "waiting", "mentorship", "talk", "apart", "concern"),
    *("gathering", "booking", "subscriber", "segment", "campaign", "mailing", "ready_mailing", "spend"),
)
NOWHERE: Objects = {
    **{kind: str(uuid.UUID(int=(0xA001 + place) << 100 | 4 << 76 | 8 << 60)) for place, kind in enumerate(_BY_UUID)},
    "slug": "isolation-isz",
    "council": "1900000099",
    "council_slug": "isolation-none",
    "membership": "1900000098",
    "wording": "1900000099-tried",
    "absence": "1900000097",
    "passkey": "1900000096",
    "invitation": "1900000094",
    "session": "1900000095",
    "code": "1900000093",
}


@dataclass(frozen=True, eq=False)
class Tenant:
    """`word` stands in everything that this council alone may read, `concern` in what only its safeguarding role may.
    `colleagues`: of kinds of objects that an ambassador has, those of another ambassador of this council. `paired`: the
    council of the enquirer about whom an ambassador of this one was asked."""

    council: Council
    word: str
    concern: str
    objects: Objects
    scheme: Scheme
    colleagues: Objects = field(default_factory=dict)
    paired: Council | None = None

    @property
    def theirs(self) -> str:
        """In what the ambassador who asks may read."""
        return f"{self.word}{OWN}"


@dataclass(frozen=True)
class Scratch:
    tenants: tuple[Tenant, ...]
    actors: tuple[Actor, ...]
    examples: Objects

    def own(self, actor: Actor, needs: Permission | None = None) -> list[Tenant]:
        """Where they may; without a permission named, whose cases they see."""
        mine = actor.where(needs) if needs else actor.councils
        return [tenant for tenant in self.tenants if tenant.council.pk in mine]

    def others(self, actor: Actor, needs: Permission | None = None) -> list[Tenant]:
        mine = {*self.own(actor, needs), *self.set_aside(actor)}
        return [tenant for tenant in self.tenants if tenant not in mine]

    def strangers(self, actor: Actor, needs: Permission | None = None) -> list[Tenant]:
        """Of whom nothing may be shown where `needs` is asked for."""
        seen = {*self.own(actor), *(self.own(actor, needs) if needs else ()), *self.set_aside(actor)}
        return [tenant for tenant in self.tenants if tenant not in seen]

    def untouchable(self, actor: Actor) -> list[Tenant]:
        """Whose rows they do not change: what is refused is written down where they have any business."""
        return [each for each in self.tenants if each.council.pk not in actor.reach]

    def set_aside(self, actor: Actor) -> list[Tenant]:
        """Theirs, but not for now: they may be told that it is, and nothing in it."""
        return [tenant for tenant in self.tenants if tenant.council.pk in actor.set_aside]


def make() -> Scratch:
    numbers.begin()
    here, there = _hub("one"), _hub("two")
    office = _council(here, "ISO", kind=CouncilKind.HUB_OFFICE)
    _council(there, "ISP", kind=CouncilKind.HUB_OFFICE)
    ours, next_door, elsewhere = _council(here, "ISQ"), _council(here, "ISR"), _council(there, "ISS")
    actors = cast_of(office, ours, next_door)
    tenants = tuple(_tenant(council) for council in (ours, next_door, elsewhere))
    first, second, third = tenants
    tenants = (_paired(first, second), _paired(second, first), _paired(third, third))
    doors = tokens(ours, first.objects["enquiry"]) | {"ambassador_link": link_of(first.scheme.first)}
    doors |= of_events(ours, first.objects) | of_news(ours, first.objects["subscriber"])
    for hub in (here, there):
        fold_hub(hub)
    return Scratch(tenants, (*actors, *_guests(first, second, doors["status_link"])), _examples() | doors)


def _guests(tenant: Tenant, next_door: Tenant, status_link: str) -> Iterator[Actor]:
    """Who has no account here, but a link."""
    yield Actor("enquirer", opened=pass_for(status_link), about=tenant.council)
    for name, each in (("ambassador", tenant), ("ambassador next door", next_door)):
        yield Actor(name, own_pass=own_pass_for(each.scheme.first), about=each.council)


def _paired(tenant: Tenant, other: Tenant) -> Tenant:
    """The second ambassador was asked about somebody of the other council, whose name alone its staff may read."""
    theirs = other.scheme
    with as_council(theirs.council):
        case = another(theirs.case, f"{KNOWN} {KNOWN}")
    offer = asked_across_border(case, tenant.scheme.second, theirs.word, by=theirs.by)
    return replace(
        tenant,
        objects=tenant.objects | {"asked": str(offer.pk)},
        colleagues=tenant.colleagues | {"offer": str(offer.pk)},
        paired=theirs.council,
    )


def _hub(name: str) -> Hub:
    return Hub.objects.create(slug=f"isolation-{name}", name=f"Isolation {name}", short_name=name)


def _council(hub: Hub, code: str, kind: CouncilKind = CouncilKind.COUNCIL) -> Council:
    name = f"Council {code}"
    slug = f"isolation-{code.lower()}"
    return Council.objects.create(pk=next(numbers), hub=hub, kind=kind, slug=slug, code=code, name=name)


def _tenant(council: Council) -> Tenant:
    word = f"canary{council.code.lower()}{uuid.uuid4().hex[:8]}"
    resident = user_in(f"resident-{word}", council, council, Role.OFFICER)
    receipt = actions.submit(_answers(council, word), token=uuid.uuid4().hex, channel=Channel.WEB)
    with as_council(council):
        todo = _todo(council, receipt.enquiry_id)
        concern = f"concern{council.code.lower()}{uuid.uuid4().hex[:8]}"
        lead = access_of(user_in(f"lead-{word}", council, council, Role.SAFEGUARDING))
        write_safeguarding_note(Enquiry.objects.get(pk=receipt.enquiry_id), concern, by=lead)
        operator = user_in(f"operator-{word}", council, council, Role.OPERATOR)
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
        "council_slug": council.slug,
        "membership": membership.pk,
        "wording": f"{council.pk}-tried",
    }
    objects["absence"] = _absence(resident).pk
    objects["passkey"] = _passkey(resident, word).pk
    objects["session"] = _session(resident, word).pk
    objects["invitation"] = invited(council, word, key=next(numbers))
    made = scheme(council, receipt.enquiry_id, word=word, concern=concern, by=resident)
    objects |= dict(made.objects) | dict(campaigns(council, receipt.enquiry_id, word=word, by=resident))
    return Tenant(council, word, concern, _keys(objects), made, _keys(made.colleagues))


def _keys(objects: Mapping[str, object]) -> Objects:
    return {kind: str(key) for kind, key in objects.items()}


def _todo(council: Council, enquiry: uuid.UUID) -> ToDo:
    about = {"subject_kind": "enquiry", "subject_id": enquiry, "about_council": council}
    return ToDo.objects.create(council=council, kind=ToDoKind.UNSEEN, **about)


def _proposal(council: Council) -> uuid.UUID:
    with as_council(council):
        pair = {"household_a": uuid.uuid4(), "household_b": uuid.uuid4()}
        return HouseholdProposal.objects.create(council=council, **pair).pk


def _absence(user: User) -> Absence:
    day = date(2099, 3, 2)
    return Absence.objects.create(pk=next(numbers), user=user, first_day=day, last_day=day, written_by=user)


def _passkey(user: User, word: str) -> Authenticator:
    kind = Authenticator.Type.WEBAUTHN
    made: Authenticator = Authenticator.objects.create(pk=next(numbers), user=user, type=kind, data={"name": word})
    return made


def _session(user: User, word: str) -> UserSession:
    key = f"{word}-{user.pk}"
    made: UserSession = UserSession.objects.create(
        pk=next(numbers), user=user, ip="192.0.2.1", user_agent=word, session_key=key
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
        "release": "2025-q1",
    }
