"""A hub that was made up, for measuring matching: 20 councils, their ambassadors, and people who wish to talk to one.

Assumptions, not facts; nobody publishes such figures. 14 of the 20 councils allow pairs across their border. They lie
anywhere in 90 by 60 miles, people within some 12 miles of the middle; a council's share of the wishes and its share of
the ambassadors are drawn apart, so that some have too few. An ambassador has room for one conversation at a time (6 of
10), two (3) or three (1); 6 of 10 set a most of one or two a month; one in ten is paused or stale all year; one in
eight speaks one of six languages, which one wish in 25 needs. Seven in ten would talk in any way, the others in one or
two; ambassadors offer one to four ways.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar
from uuid import UUID

from ambassadors.matching import Carer, Region, Seeker
from ambassadors.nearness import METRES_A_MILE, Place
from ambassadors.states import Attribute, TalkBy
from enquiries.states import CareKind, Slot, TalkAbout

COUNCILS = range(1, 21)
SHARING = frozenset(COUNCILS[:14])
LANGUAGES = ("Arabic", "Polish", "Punjabi", "Romanian", "Tamil", "Urdu")
_KINDS = [kind for kind in CareKind if kind is not CareKind.NOT_SURE]
T = TypeVar("T")


@dataclass(frozen=True)
class MadeUpHub:
    seekers: tuple[Seeker, ...]
    carers: tuple[Carer, ...]
    sharing: frozenset[int] = SHARING

    def region(self, today: date) -> Region:
        return Region(today, sharing=self.sharing)


def made_up(wishes: int, ambassadors: int, *, seed: int, standing_until: date) -> MadeUpHub:
    chance = Random(seed)  # noqa: S311  # made-up people
    middles = [(chance.uniform(0, 90), chance.uniform(0, 60)) for _ in COUNCILS]
    of_seekers, of_carers = ([chance.uniform(0.3, 1.7) for _ in COUNCILS] for _ in range(2))
    homes = chance.choices(COUNCILS, of_seekers, k=wishes)
    offices = chance.choices(COUNCILS, of_carers, k=ambassadors)
    return MadeUpHub(
        tuple(_seeker(n, council, _near(middles[council - 1], chance), chance) for n, council in enumerate(homes)),
        tuple(
            _carer(n, council, _near(middles[council - 1], chance), chance, standing_until)
            for n, council in enumerate(offices)
        ),
    )


def _seeker(number: int, council: int, place: Place, chance: Random) -> Seeker:
    return Seeker(
        UUID(int=number + 1),
        council,
        wishes=_some(list(Attribute), 0, 2, chance),
        kinds=_some(_KINDS, 0, 2, chance),
        about=_some(list(TalkAbout), 0, 2, chance),
        languages=_some(LANGUAGES, 1, 1, chance) if chance.random() < 1 / 25 else frozenset(),
        times=_some(list(Slot), 1, 3, chance),
        ways=frozenset(TalkBy) if chance.random() < 0.7 else _some(list(TalkBy), 1, 2, chance),
        place=place,
    )


def _carer(number: int, council: int, place: Place, chance: Random, standing_until: date) -> Carer:
    idle = chance.random()
    return Carer(
        UUID(int=10**6 + number),
        council,
        "Amara",
        standing_until=standing_until if idle > 0.05 else None,
        paused=0.05 < idle < 0.1,
        most=chance.choices((1, 2, 3), (6, 3, 1))[0],
        most_a_month=chance.choices((None, 1, 2), (4, 3, 3))[0],
        offers=_some(list(Attribute), 1, 4, chance),
        kinds=_some(_KINDS, 1, 4, chance),
        languages=_some(LANGUAGES, 1, 1, chance) if chance.random() < 1 / 8 else frozenset(),
        times=_some(list(Slot), 1, 3, chance),
        ways=_some(list(TalkBy), 1, 4, chance),
        place=place,
    )


def _some(words: Sequence[T], least: int, most: int, chance: Random) -> frozenset[T]:
    return frozenset(chance.sample(words, chance.randint(least, most)))


def _near(middle: tuple[float, float], chance: Random) -> Place:
    east, north = (int(chance.gauss(miles, 6) * METRES_A_MILE) for miles in middle)
    return 400_000 + east, 100_000 + north
