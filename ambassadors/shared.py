"""What each of the two may see of the other. An ambassador sees what the enquirer chose to share, and never the case;
an enquirer sees nobody before that person has accepted, and of an ambassador only what they offer now.

Read here and nowhere else, in the scope of both councils, and handed on as plain values: templates ask for no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from ambassadors.introduction_states import State
from ambassadors.matched.carers import known_words
from ambassadors.models import Ambassador, Introduction, Offer, Offering
from ambassadors.nearness import Place, miles
from ambassadors.pairs import Pair, Where, pair_at
from ambassadors.relay import Side, address_for
from ambassadors.states import Attribute, TalkBy
from councils.models import Council
from councils.postcodes import key_of
from councils.routing import NoDirectory, directory
from enquiries.models import Enquiry, Wish
from enquiries.states import CareKind, Slot, TalkAbout

_MET = frozenset({State.ACCEPTED, State.AGREED})
_TOLD = frozenset({State.OFFERED, *_MET})


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """`phone`: the number that was released for this conversation. `address`: where to write to, masked. `ways`: which
    both have; `times`: when the other one is free. `spoke`: what this side answered. An ended one keeps the name."""

    state: State
    first_name: str
    accepted: bool
    asked: bool
    spoke: bool | None
    talk_at: datetime | None
    ended_at: datetime | None
    stopped_by: str = ""
    answer_by: datetime | None = None
    way: str = ""
    link: str = ""
    place: str = ""
    phone: str = ""
    address: str = ""
    ways: tuple[TalkBy, ...] = ()
    times: tuple[Slot, ...] = ()
    languages: tuple[str, ...] = ()
    miles: float | None = None


@dataclass(frozen=True, kw_only=True)
class ForAmbassador(_Seen):
    """`about` and `detail`: what the enquirer would like to talk about. `languages`: one of these is needed."""

    about: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """An ambassador as enquirers see one. `attributes`: those that are offered now."""

    council: str = ""
    text: str = ""
    household: str = ""
    carer_since: int | None = None
    kinds: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ForEnquirer(_Seen, Profile):
    pass


def seen_by_ambassador(where: Where) -> ForAmbassador:
    """Nothing of somebody whom staff have not confirmed for them."""
    with pair_at(where) as pair:
        offer, introduction = pair.offer, pair.introduction
        told = pair.state in _TOLD
        known = bool(offer.offered_at)
        return ForAmbassador(
            state=pair.state,
            first_name=introduction.shared_name if known else "",
            spoke=offer.spoke,
            address=_masked(pair, Side.AMBASSADOR),
            **_both(pair),
            **(_of_enquirer(introduction, offer) if told else {}),
        )


def seen_by_enquirer(where: Where) -> ForEnquirer:
    with pair_at(where) as pair:
        offer, introduction = pair.offer, pair.introduction
        known = bool(offer.accepted_at)
        return ForEnquirer(
            state=pair.state,
            first_name=introduction.ambassador_name if known else "",
            spoke=introduction.spoke,
            address=_masked(pair, Side.ENQUIRER),
            **_both(pair),
            **(_of_ambassador(introduction, offer) if pair.state in _MET else {}),
        )


def profile_of(ambassador: Ambassador) -> Profile:
    """Its council is in scope."""
    offered = Offering.objects.filter(council=ambassador.council_id, ambassador=ambassador)
    attributes = known_words(Attribute, offered.values_list("attribute", flat=True))
    return Profile(
        council=Council.objects.get(pk=ambassador.council_id).name,
        text=ambassador.about,
        household=ambassador.household,
        carer_since=ambassador.carer_since,
        kinds=tuple(kind.label for kind in CareKind if kind in ambassador.kinds),
        attributes=tuple(each.label for each in Attribute if each in attributes),
    )


def ways_in_common(case: Enquiry, wish: Wish | None, ambassador: Ambassador) -> tuple[TalkBy, ...]:
    """A wish that names none means any; nobody writes who has given no address."""
    wished = known_words(TalkBy, wish.ways) if wish else frozenset()
    theirs = (wished or frozenset(TalkBy)) - (frozenset() if case.email else {TalkBy.EMAIL})
    return tuple(way for way in TalkBy if way in theirs and way in ambassador.ways)


def wish_of(introduction: Introduction) -> Wish | None:
    return Wish.objects.filter(council=introduction.council_id, enquiry=introduction.enquiry_id).first()


def _both(pair: Pair) -> dict[str, Any]:
    """What the two rows hold for both sides. Once it has ended, nothing that leads to the other one."""
    introduction = pair.introduction
    always = {
        "accepted": bool(pair.offer.accepted_at),
        "asked": introduction.asked_at is not None,
        "talk_at": introduction.talk_at,
        "ended_at": introduction.ended_at,
        "stopped_by": introduction.stopped_by,
    }
    if pair.state not in _TOLD:
        return always
    asked = introduction if pair.state == State.ACCEPTED else pair.offer
    return always | {
        "answer_by": asked.answer_by if pair.state != State.AGREED else None,
        "way": introduction.way,
        "link": introduction.link,
        "place": introduction.place,
        "phone": introduction.released_phone,
    }


def _masked(pair: Pair, writer: Side) -> str:
    by_email = pair.state == State.AGREED and pair.introduction.way == TalkBy.EMAIL
    return address_for(pair.introduction.pair_id, writer) if by_email else ""


def _of_enquirer(introduction: Introduction, offer: Offer) -> dict[str, Any]:
    case, wish = introduction.enquiry, wish_of(introduction)
    about = known_words(TalkAbout, wish.about) if wish else frozenset()
    return {
        "about": tuple(topic.label for topic in TalkAbout if topic in about),
        "detail": wish.detail if wish else "",
        "languages": tuple(wish.languages) if wish else (),
        "ways": ways_in_common(case, wish, offer.ambassador),
        "times": _slots(case.times),
        "miles": _apart(case, offer.ambassador),
    }


def _of_ambassador(introduction: Introduction, offer: Offer) -> dict[str, Any]:
    ambassador = offer.ambassador
    profile = profile_of(ambassador)
    return {
        **{each.name: getattr(profile, each.name) for each in fields(Profile)},
        "languages": tuple(ambassador.languages),
        "ways": ways_in_common(introduction.enquiry, wish_of(introduction), ambassador),
        "times": _slots(ambassador.times),
        "miles": _apart(introduction.enquiry, ambassador),
    }


def _slots(kept: Iterable[str]) -> tuple[Slot, ...]:
    known = known_words(Slot, kept)
    return tuple(slot for slot in Slot if slot in known)


def _apart(case: Enquiry, ambassador: Ambassador) -> float | None:
    there: Place | None = None
    if ambassador.easting is not None and ambassador.northing is not None:
        there = (ambassador.easting, ambassador.northing)
    return miles(_home(case.postcode), there) if there else None


def _home(postcode: str) -> Place | None:
    key = key_of(postcode) if postcode else None
    try:
        return directory().place(key) if key else None
    except NoDirectory:  # they talk without it
        return None
