"""Which ambassador suits whoever waits, and why, in words. Pure: no database and no clock.

Hard rules first (`left_out`), then a score of what was wished for (`suits`). Only what each chose to say counts: a wish
that the enquirer wrote, an attribute that the ambassador offers. Equality data are not read here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from types import MappingProxyType
from uuid import UUID

from ambassadors import reasons
from ambassadors.nearness import Place, miles
from ambassadors.states import Attribute, LeftOut, TalkBy
from enquiries.states import CareKind, Slot, TalkAbout

# Out of 100. What somebody wished for counts most: they decide by the conversation, and distance is a telephone call.
WISHES, KINDS, CLOSENESS, TIMES, FAIRNESS = 40, 20, 15, 15, 10
# A language that is needed scores nothing, since all who are left speak it; it is told before half a wish that is met.
LANGUAGE_IS_TOLD_AT = 25
FAR = 50.0  # miles; from there on nearness counts nothing
LONG_AGO = 90  # days since the last conversation; from there on it is their turn as much as anybody's
FIRST_AFTER = 2  # noes

# Who wishes to talk about it wishes for somebody who lives it. The other subjects are every carer's.
LIVED: Mapping[TalkAbout, Attribute] = MappingProxyType(
    {
        TalkAbout.OWN_CHILDREN: Attribute.OWN_CHILDREN,
        TalkAbout.SINGLE: Attribute.SINGLE,
        TalkAbout.WORKING: Attribute.WORKING,
        TalkAbout.TEENAGERS: Attribute.TEENAGERS,
    }
)
DONE: Mapping[TalkAbout, CareKind] = MappingProxyType({TalkAbout.DISABLED_CHILDREN: CareKind.DISABLED_CHILDREN})


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who waits, `since` then. `languages`: one of these is needed, not only wished for. `asked`: ambassadors who were
    offered this conversation. `noes`: how often somebody answered that the two did not speak."""

    key: UUID
    council: int
    wishes: frozenset[Attribute] = frozenset()
    kinds: frozenset[CareKind] = frozenset()
    about: frozenset[TalkAbout] = frozenset()
    languages: frozenset[str] = frozenset()
    times: frozenset[Slot] = frozenset()
    ways: frozenset[TalkBy] = frozenset(TalkBy)
    asked: frozenset[UUID] = frozenset()
    kept_from: frozenset[UUID] = frozenset()
    place: Place | None = None
    since: datetime | None = None
    noes: int = 0

    @property
    def all_wishes(self) -> frozenset[Attribute]:
        return self.wishes | {LIVED[topic] for topic in self.about & LIVED.keys()}

    @property
    def all_kinds(self) -> frozenset[CareKind]:
        return (self.kinds | {DONE[topic] for topic in self.about & DONE.keys()}) - {CareKind.NOT_SURE}


@dataclass(frozen=True, slots=True)
class Carer:
    """An ambassador as a round sees one. `most`: conversations open at once; `open`: how many are, offers that wait for
    an answer among them. `most_a_month`: None where they set no limit; `this_month`: conversations offered in this
    calendar month, less those declined or lapsed. `rests_until`: the last day on which they rest."""

    key: UUID
    council: int
    first_name: str
    active: bool = True
    standing_until: date | None = None
    paused: bool = False
    rests_until: date | None = None
    most: int = 1
    open: int = 0
    most_a_month: int | None = None
    this_month: int = 0
    offers: frozenset[Attribute] = frozenset()
    kinds: frozenset[CareKind] = frozenset()
    languages: frozenset[str] = frozenset()
    times: frozenset[Slot] = frozenset()
    ways: frozenset[TalkBy] = frozenset(TalkBy)
    last_talk: date | None = None
    place: Place | None = None

    @property
    def room(self) -> int:
        """How many more conversations they may be offered now."""
        return max(min(self.most - self.open, self.room_this_month), 0)

    @property
    def room_this_month(self) -> int:
        return self.most if self.most_a_month is None else max(self.most_a_month - self.this_month, 0)


@dataclass(frozen=True, slots=True)
class Between:
    """What is known of the two together. `miles`: None where one of the places is not known."""

    today: date
    miles: float | None = None
    too_near: bool = False
    across: bool = False  # both councils allow pairs across their border


@dataclass(frozen=True, slots=True)
class Region:
    """What is known of any two. `sharing`: councils that allow pairs across their border; `names`: councils by key;
    `too_near`: keys of a seeker and a carer who are neighbours. `whole`: every ambassador of the hub is at hand; else
    those alone who are not beyond a border."""

    today: date
    sharing: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)
    too_near: frozenset[tuple[UUID, UUID]] = frozenset()
    whole: bool = True

    def between(self, seeker: Seeker, carer: Carer) -> Between:
        return Between(
            self.today,
            miles=miles(seeker.place, carer.place),
            too_near=(seeker.key, carer.key) in self.too_near,
            across={seeker.council, carer.council} <= self.sharing,
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """`score` out of 100, and its reasons, the weightiest first."""

    score: float
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        return "; ".join(self.reasons)


Rule = Callable[[Seeker, Carer, Between], bool]
# In the order in which they are told: the first that holds is the reason.
RULES: Mapping[LeftOut, Rule] = MappingProxyType(
    {
        LeftOut.NOT_ACTIVE: lambda _, carer, __: not carer.active,
        LeftOut.STANDING: lambda _, carer, two: carer.standing_until is None or carer.standing_until < two.today,
        LeftOut.PAUSED: lambda _, carer, __: carer.paused,
        LeftOut.RESTING: lambda _, carer, two: carer.rests_until is not None and carer.rests_until >= two.today,
        LeftOut.OTHER_COUNCIL: lambda seeker, carer, two: seeker.council != carer.council and not two.across,
        LeftOut.CONFLICT: lambda seeker, carer, _: carer.key in seeker.kept_from,
        LeftOut.TOO_NEAR: lambda _, __, two: two.too_near,
        LeftOut.BEFORE: lambda seeker, carer, _: carer.key in seeker.asked,
        LeftOut.LANGUAGE: lambda seeker, carer, _: bool(seeker.languages) and not in_common(seeker, carer),
        LeftOut.NO_CHANNEL: lambda seeker, carer, _: not seeker.ways & carer.ways,
        LeftOut.NO_ROOM: lambda _, carer, __: carer.open >= carer.most,
        LeftOut.MONTH_FULL: lambda _, carer, __: carer.room_this_month == 0,
    }
)


# These ask nothing of whoever seeks.
OF_THE_CARER = (
    *(LeftOut.NOT_ACTIVE, LeftOut.STANDING, LeftOut.PAUSED, LeftOut.RESTING),
    *(LeftOut.NO_ROOM, LeftOut.MONTH_FULL),
)
_ANYBODY = Seeker(UUID(int=0), council=0)


def held_back(carer: Carer, today: date) -> tuple[LeftOut, ...]:
    """Why nobody at all may be introduced to them now: every reason, none where they may be asked."""
    return tuple(why for why in OF_THE_CARER if RULES[why](_ANYBODY, carer, Between(today)))


def in_common(seeker: Seeker, carer: Carer) -> frozenset[str]:
    """Languages that are needed and spoken. People type them, with and without a capital."""
    spoken = {folded(each) for each in carer.languages}
    return frozenset(each for each in seeker.languages if folded(each) in spoken)


def folded(language: str) -> str:
    return language.strip().casefold()


def left_out(seeker: Seeker, carer: Carer, two: Between) -> LeftOut | None:
    """Why these two may not be introduced; None where they may, once a member of staff has confirmed it."""
    return next((why for why, holds in RULES.items() if holds(seeker, carer, two)), None)


def in_turn(seekers: Iterable[Seeker]) -> list[Seeker]:
    """Whoever was told no twice, then whoever has waited longest. Where nothing tells two apart, their keys do."""
    return sorted(
        seekers, key=lambda each: (each.noes < FIRST_AFTER, each.since.timestamp() if each.since else inf, each.key)
    )


def suits(seeker: Seeker, carer: Carer, two: Between) -> Fit:
    """How well, for two who may be introduced."""
    parts = sorted(_parts(seeker, carer, two), key=lambda part: -part.told_at)
    told = [part.words for part in parts if part.words]
    room = reasons.room(carer.open, carer.most, carer.this_month, carer.most_a_month)
    return Fit(round(sum(part.points for part in parts), 3), (*told, room))


@dataclass(frozen=True, slots=True)
class _Part:
    points: float
    words: str = ""
    at: float | None = None  # told where so many points are, if not where its own are

    @property
    def told_at(self) -> float:
        return self.points if self.at is None else self.at


def _parts(seeker: Seeker, carer: Carer, two: Between) -> Iterator[_Part]:
    wishes, kinds = seeker.all_wishes, seeker.all_kinds
    met, done, times = wishes & carer.offers, kinds & carer.kinds, seeker.times & carer.times
    yield _Part(WISHES * _share(met, wishes), reasons.wished(met))
    yield _Part(KINDS * _share(done, kinds), reasons.asked(done))
    yield _Part(CLOSENESS * _closeness(two.miles), reasons.away(two.miles))
    yield _Part(TIMES * _share(times, seeker.times), "free at the same times" if times else "")
    yield _Part(FAIRNESS * turn(carer, two.today))
    yield _Part(0.0, reasons.speaks(in_common(seeker, carer)), LANGUAGE_IS_TOLD_AT)


def _share(met: frozenset[str], asked: frozenset[str]) -> float:
    """Whoever asks for nothing is suited by everybody alike."""
    return len(met) / len(asked) if asked else 0.0


def _closeness(miles: float | None) -> float:
    return 0.0 if miles is None else max(1 - miles / FAR, 0.0)


def turn(carer: Carer, today: date) -> float:
    """1 for whoever has not spoken for long and has nobody now; less for whoever was asked lately, or has many open."""
    rested = 1.0 if carer.last_talk is None else min(max((today - carer.last_talk).days, 0) / LONG_AGO, 1.0)
    return rested * (carer.room / carer.most if carer.most else 0.0)
