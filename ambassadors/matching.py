"""Which ambassador suits whoever waits, and why, in words. Pure: no database, no clock; distances are worked out first.

Hard rules first (`left_out`), then a score of what was wished for (`suits`). Only what each chose to say counts: a wish
that the enquirer wrote, an attribute that the ambassador offers. Equality data are not read here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from ambassadors.states import Attribute, LeftOut, TalkBy
from enquiries.states import CareKind, Slot

# Out of 100. What somebody wished for counts most: they decide by the conversation, and distance is a telephone call.
WISHES, KINDS, CLOSENESS, TIMES, FAIRNESS = 40, 20, 15, 15, 10
FAR = 50.0  # miles; from there on nearness counts nothing
LONG_AGO = 90  # days since the last conversation; from there on it is their turn as much as anybody's


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who waits. `languages` are needed, not wished for; `asked` are ambassadors who were offered this conversation."""

    key: UUID
    council: int
    wishes: frozenset[Attribute] = frozenset()
    kinds: frozenset[CareKind] = frozenset()
    languages: frozenset[str] = frozenset()
    times: frozenset[Slot] = frozenset()
    ways: frozenset[TalkBy] = frozenset(TalkBy)
    asked: frozenset[UUID] = frozenset()
    kept_from: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Carer:
    """An ambassador as a round sees one. `most`: conversations open at once; `open`: how many are."""

    key: UUID
    council: int
    first_name: str
    active: bool = True
    standing_until: date | None = None
    paused: bool = False
    most: int = 1
    open: int = 0
    offers: frozenset[Attribute] = frozenset()
    kinds: frozenset[CareKind] = frozenset()
    languages: frozenset[str] = frozenset()
    times: frozenset[Slot] = frozenset()
    ways: frozenset[TalkBy] = frozenset(TalkBy)
    last_talk: date | None = None

    @property
    def room(self) -> int:
        return max(self.most - self.open, 0)


@dataclass(frozen=True, slots=True)
class Between:
    """What is known of the two together. `miles`: None where one of the places is not known."""

    today: date
    miles: float | None = None
    too_near: bool = False
    across: bool = False  # both councils allow pairs across their border


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
        LeftOut.OTHER_COUNCIL: lambda seeker, carer, two: seeker.council != carer.council and not two.across,
        LeftOut.CONFLICT: lambda seeker, carer, _: carer.key in seeker.kept_from,
        LeftOut.TOO_NEAR: lambda _, __, two: two.too_near,
        LeftOut.BEFORE: lambda seeker, carer, _: carer.key in seeker.asked,
        LeftOut.LANGUAGE: lambda seeker, carer, _: not seeker.languages <= carer.languages,
        LeftOut.NO_CHANNEL: lambda seeker, carer, _: not seeker.ways & carer.ways,
        LeftOut.NO_ROOM: lambda _, carer, __: carer.room == 0,
    }
)


def left_out(seeker: Seeker, carer: Carer, two: Between) -> LeftOut | None:
    """Why these two may not be introduced; None where they may, once a member of staff has confirmed it."""
    return next((why for why, holds in RULES.items() if holds(seeker, carer, two)), None)


def suits(seeker: Seeker, carer: Carer, two: Between) -> Fit:
    """How well, for two who may be introduced."""
    parts = sorted(_parts(seeker, carer, two), key=lambda part: -part[0])
    told = [words for _, words in parts if words]
    room = f"{carer.open} of {carer.most} open"
    return Fit(round(sum(points for points, _ in parts), 3), (*told, room))


def _parts(seeker: Seeker, carer: Carer, two: Between) -> Iterator[tuple[float, str]]:
    met, kinds = seeker.wishes & carer.offers, seeker.kinds & carer.kinds - {CareKind.NOT_SURE}
    asked_kinds = seeker.kinds - {CareKind.NOT_SURE}
    yield WISHES * _share(met, seeker.wishes), _as_wished(met)
    yield KINDS * _share(kinds, asked_kinds), _as_asked(kinds)
    yield CLOSENESS * _closeness(two.miles), f"{two.miles:.0f} miles" if two.miles is not None else ""
    times = seeker.times & carer.times
    yield TIMES * _share(times, seeker.times), "free at the same times" if times else ""
    yield FAIRNESS * _turn(carer, two.today), ""
    if seeker.languages:
        yield 0.0, f"speaks {_listed(seeker.languages)}"


def _share(met: frozenset[str], asked: frozenset[str]) -> float:
    """Whoever asks for nothing is suited by everybody alike."""
    return len(met) / len(asked) if asked else 0.0


def _closeness(miles: float | None) -> float:
    return 0.0 if miles is None else max(1 - miles / FAR, 0.0)


def _turn(carer: Carer, today: date) -> float:
    """1 for whoever has not spoken for long and has nobody now; less for whoever was asked lately, or has many open."""
    rested = 1.0 if carer.last_talk is None else min(max((today - carer.last_talk).days, 0) / LONG_AGO, 1.0)
    return rested * (carer.room / carer.most if carer.most else 0.0)


def _as_wished(met: Iterable[Attribute]) -> str:
    words = [_small(each.label) for each in Attribute if each in set(met)]
    return f"{_listed(words)}, as they wished" if words else ""


def _as_asked(kinds: Iterable[CareKind]) -> str:
    words = [_small(kind.label) for kind in CareKind if kind in set(kinds)]
    return f"knows {_listed(words)}, as they asked" if words else ""


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _listed(words: Iterable[str]) -> str:
    *first, last = sorted(words)
    return f"{', '.join(first)} and {last}" if first else last
