"""Foster carers who talk to people who ask, and where each introduction stands, brought there by the real actions.

Seen in it: who waits and why, an offer waiting for an answer, two who are in touch, two who spoke, a pair that another
council has to confirm, a standing that ran out, a pause, a mentor after the first meeting, time to approve, a concern.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from ambassadors import joining
from ambassadors.actions import answering, concerns, feedback, logging, meeting, mentoring, people, profiles, standing
from ambassadors.actions.introducing import introduce
from ambassadors.actions.settings import change_scheme
from ambassadors.homes import home_at
from ambassadors.introduction_states import StoppedBy
from ambassadors.me import me_of
from ambassadors.models import Ambassador, ConcernAbout, ConcernFrom, Introduction, Offer
from ambassadors.pairs import Where, where_of_introduction
from ambassadors.states import Attribute, TalkBy
from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.postcodes import key_of
from councils.routing import directory
from councils.working_time import in_london
from enquiries.actions.wishing import wish
from enquiries.answers import Wished
from enquiries.models import Enquiry
from enquiries.states import CareKind, Slot, TalkAbout

Councils = dict[str, Council]
COORDINATOR = {"kent": "cora@example.org", "hampshire": "colin@example.org"}
EVERY_WAY = tuple(TalkBy)


@dataclass(frozen=True)
class Carer:
    """`joined`: they have opened the link of their invitation. `ran_out`: nobody has confirmed their standing anew."""

    first_name: str
    council: str
    postcode: str
    about: str = ""
    since: int = 2015
    kinds: tuple[CareKind, ...] = (CareKind.SHORT_TERM, CareKind.LONG_TERM)
    offers: tuple[Attribute, ...] = ()
    languages: tuple[str, ...] = ()
    household: str = ""
    most: int = 2
    joined: bool = True
    ran_out: bool = False
    mentor: bool = False
    paused: bool = False

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}.ambassador@example.org"


CARERS: tuple[Carer, ...] = (
    Carer(
        *("Anna", "kent", "CT6 6AA", "We foster teenagers and would not miss it. Ask me anything."),
        offers=(Attribute.TEENAGERS, Attribute.OWN_CHILDREN, Attribute.COUPLE),
        household="My partner, our two children and a dog",
        most=3,
    ),
    Carer(
        *("Tunde", "kent", "CT6 5AA", "I work four days a week and foster on my own."),
        since=2019,
        kinds=(CareKind.SHORT_BREAKS, CareKind.SHORT_TERM),
        offers=(Attribute.WORKING, Attribute.SINGLE, Attribute.CHRISTIAN),
    ),
    Carer(
        *("Marta", "kent", "TN1 1AA", "I came to England from Kraków and foster brothers and sisters."),
        kinds=(CareKind.SIBLINGS, CareKind.LONG_TERM),
        offers=(Attribute.CAME_TO_UK,),
        languages=("Polish",),
    ),
    Carer(*("Joy", "kent", "DA1 1AA", "I like to stay with people through the whole assessment."), mentor=True),
    Carer(*("Femi", "kent", "DA12 1AA", "We have fostered babies for ten years."), ran_out=True),
    Carer(*("Lena", "kent", "CT18 8AA", "Long-term foster carer of two."), languages=("Punjabi",), paused=True),
    Carer(
        *("Priti", "hampshire", "RG21 1AA", "We foster unaccompanied young people."),
        kinds=(CareKind.UNACCOMPANIED, CareKind.LONG_TERM),
        offers=(Attribute.HINDU,),
        languages=("Gujarati",),
    ),
    Carer("Owen", "hampshire", "SO21 1AA", joined=False),
)

WISHES: dict[str, Wished] = {
    "Abena": Wished(whom=(Attribute.TEENAGERS,), about=(TalkAbout.DAY_TO_DAY,), detail="How do school mornings go?"),
    "Bilal": Wished(whom=(Attribute.WORKING,), about=(TalkAbout.WORKING, TalkAbout.MONEY)),
    "Carys": Wished(whom=(Attribute.OWN_CHILDREN,), about=(TalkAbout.OWN_CHILDREN,), ways=(TalkBy.PHONE,)),
    "Dev": Wished(about=(TalkAbout.ASSESSMENT,)),
    "Ewa": Wished(languages=("Polish",), about=(TalkAbout.DAY_TO_DAY,)),
    "Fionn": Wished(whom=(Attribute.SINGLE,), about=(TalkAbout.SINGLE,), languages=("Punjabi",)),
    "Quentin": Wished(about=(TalkAbout.TEENAGERS,)),
}
CONCERN = "They asked twice where the children go to school. I changed the subject, and it did not feel right."


def make_ambassadors(councils: Councils) -> int:
    """In one scope of all the hub's councils, after the cases. Nothing happens a second time. How many were made."""
    if Ambassador.objects.exists():
        return 0
    _set_schemes(councils)
    made = {carer.first_name: _arrived(carer, councils[carer.council]) for carer in CARERS}
    for first_name, wished in WISHES.items():
        wish(_case(first_name), wished, by=None)
    _introduce(made)
    _mentor(made["Joy"])
    return len(made)


def _set_schemes(councils: Councils) -> None:
    manager = {"kent": "miriam@example.org", "hampshire": "martin@example.org"}
    for slug, email in manager.items():
        wished = {"across_borders": True, "mentor_meetings": 3, "mentor_months": 12}
        change_scheme(councils[slug], wished, by=_access(email))


def _arrived(carer: Carer, council: Council) -> Ambassador:
    staff = _access(COORDINATOR[carer.council])
    row = people.invite(council, first_name=carer.first_name, email=carer.email, by=staff)
    if carer.joined:
        _say_who_they_are(carer, row)
        standing.confirm_standing(row, by=staff)
    if carer.ran_out:
        _let_months_pass(row)
    people.set_mentor(row, is_mentor=carer.mentor, by=staff)
    standing.set_paused(row, paused=carer.paused, by=staff)
    return Ambassador.objects.get(pk=row.pk)


def _say_who_they_are(carer: Carer, row: Ambassador) -> None:
    me = me_of(row)
    profiles.join(me, version=max(joining.STATEMENTS))
    home = home_at(key_of(carer.postcode) or carer.postcode, directory())
    said = (carer.first_name, carer.about, carer.since, carer.kinds, carer.household, carer.languages, home)
    profiles.save_profile(me, profiles.Profile(*said))
    profiles.save_availability(me, profiles.Availability(EVERY_WAY, tuple(Slot), carer.most, None, 0, "", texts=False))
    profiles.share(me, carer.offers)


def _let_months_pass(row: Ambassador) -> None:
    """No action does: it was confirmed three months ago."""
    now = hub_now()
    until = in_london(now).date() - timedelta(days=3)
    Ambassador.objects.filter(pk=row.pk).update(standing_at=now - timedelta(days=95), standing_until=until)


def _introduce(made: dict[str, Ambassador]) -> None:
    """Bilal's waits for Tunde; Carys and Anna are in touch; Dev and Anna spoke; Kent has to confirm Marta for Ewa."""
    _asked("Bilal", made["Tunde"])
    talking = where_of_introduction(_asked("Carys", made["Anna"]))
    answering.accept(talking)
    answering.agree(talking, way=TalkBy.PHONE, phone="+447700900103")
    evening = in_london(hub_now() + timedelta(days=3)).replace(hour=19, minute=0, second=0, microsecond=0)
    meeting.set_time(talking, at=evening, way=TalkBy.PHONE)
    _spoke(where_of_introduction(_asked("Dev", made["Anna"])))
    _asked("Ewa", made["Marta"])


def _asked(first_name: str, ambassador: Ambassador) -> Introduction:
    case = _case(first_name)
    council = Council.objects.get(pk=case.council_id)
    return introduce(
        case,
        ambassador_key=ambassador.pk,
        ambassador_council=ambassador.council_id,
        checked=True,
        by=_access(COORDINATOR[council.slug]),
    )


def _spoke(where: Where) -> None:
    """And afterwards: half an hour of Anna's time to approve, and something that worried her."""
    answering.accept(where)
    answering.agree(where, way=TalkBy.EMAIL)
    feedback.say_spoke(where, side=StoppedBy.ENQUIRER, spoke=True, how="It helped me a lot. I feel less alone with it.")
    feedback.say_spoke(where, side=StoppedBy.AMBASSADOR, spoke=True, how="A warm person with good questions.")
    offer = Offer.objects.get(council=where.ambassador_council, pair_id=where.pair_id)
    today = in_london(hub_now()).date()
    entry = logging.Entry(on=today, way=TalkBy.EMAIL, minutes=30, miles=Decimal(0), note="")
    logging.log_talk(offer, entry, by=offer.ambassador_id)
    source = concerns.Source(said_by=ConcernFrom.AMBASSADOR, council=where.ambassador_council, where=where)
    concerns.raise_concern(source, concerns.Said(ConcernAbout.ENQUIRER, CONCERN), key=uuid4(), by=None)


def _mentor(joy: Ambassador) -> None:
    mentorship = mentoring.begin(_case("Uma"), joy.pk, by=_access(COORDINATOR["kent"]))
    today = in_london(hub_now()).date()
    entry = logging.Entry(on=today, way=TalkBy.EVENT, minutes=90, miles=Decimal("14.5"), note="First meeting")
    logging.log_talk(mentorship, entry, by=joy.pk)


def _case(first_name: str) -> Enquiry:
    """The one they began with."""
    return Enquiry.objects.filter(email=f"{first_name.lower()}.enquirer@example.org").order_by("created_at")[0]


def _access(email: str) -> Access:
    return access_of(User.objects.get(email=email))
