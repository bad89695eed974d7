"""Why somebody waits, in one line: "no Polish speaker within 30 miles". Pure.

The narrowest truth first. What the person needs (a language, a way to talk) cannot be lifted, so it is asked first who
meets that. If nobody does, that is the reason. Among those who do, the reason is the rule that, were it alone lifted,
would let most of them in: room that comes free, a standing that is confirmed, a border that opens. Rules that stand for
good (a conflict, neighbours, who was asked before) are named only where no other stands in the way.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ambassadors.matching import RULES, Between, Carer, Region, Seeker
from ambassadors.reasons import COUNTED, listed
from ambassadors.states import LeftOut, TalkBy

NEARBY = 30  # miles
TOLD = 2  # reasons: the next ones help nobody
NAMED = 3  # councils
NEEDS = frozenset({LeftOut.LANGUAGE, LeftOut.NO_CHANNEL})
FOR_GOOD = frozenset({LeftOut.CONFLICT, LeftOut.TOO_NEAR, LeftOut.BEFORE})
_TALK: dict[TalkBy, str] = {
    TalkBy.PHONE: "by phone",
    TalkBy.EMAIL: "by email",
    TalkBy.VIDEO: "by video",
    TalkBy.EVENT: "at an event",
}


@dataclass(frozen=True, slots=True)
class _Barred:
    """A carer, and every rule that keeps the two apart."""

    carer: Carer
    two: Between
    rules: frozenset[LeftOut]


def why_waiting(seeker: Seeker, carers: Iterable[Carer], region: Region) -> str:
    """`carers`: every ambassador of the hub, or those in reach where the region is not whole, with what is open now;
    after a round, what it has given out among it."""
    everybody = [_barred(seeker, carer, region.between(seeker, carer)) for carer in carers]
    active = [each for each in everybody if LeftOut.NOT_ACTIVE not in each.rules]
    if not active:
        return "there is no ambassador yet" if region.whole else "their council has no ambassador yet"
    free = sum(not each.rules for each in active)
    if free:
        return f"{_several(free, 'ambassador')} could speak with them: to be asked in the next round"
    meeting = [each for each in active if not each.rules & NEEDS]
    if meeting:
        return _in_the_way(seeker, meeting, active, region)
    return _lacking(seeker, active, " in the hub" if region.whole else _place(seeker, active))


def _barred(seeker: Seeker, carer: Carer, two: Between) -> _Barred:
    return _Barred(carer, two, frozenset(why for why, holds in RULES.items() if holds(seeker, carer, two)))


def _in_the_way(seeker: Seeker, meeting: Sequence[_Barred], active: Sequence[_Barred], region: Region) -> str:
    told = "; ".join(_clauses(seeker, _reached(meeting), _groups(meeting)[:TOLD], region))
    if not _reached(meeting):
        return f"{_none_in_reach(seeker, _reached(active))}; {told}"
    if any(each.two.miles is None or each.two.miles <= NEARBY for each in meeting):
        return told
    return f"no {_speaker(seeker)} within {NEARBY} miles; further away, {told}"


def _reached(barred: Sequence[_Barred]) -> list[_Barred]:
    return [each for each in barred if LeftOut.OTHER_COUNCIL not in each.rules]


def _none_in_reach(seeker: Seeker, reached: Sequence[_Barred]) -> str:
    return _lacking(seeker, reached, _place(seeker, reached)) if reached else "their council has no ambassador"


def _lacking(seeker: Seeker, active: Sequence[_Barred], where: str) -> str:
    """None of these meets what is needed: is it the language, the way to talk, or both in one person?"""
    if seeker.languages and all(LeftOut.LANGUAGE in each.rules for each in active):
        return f"no {_speaker(seeker)}{where}"
    ways = _either(_TALK[way] for way in TalkBy if way in seeker.ways)
    return f"no {_speaker(seeker)}{where} talks {ways or 'in a way that they named'}"


def _speaker(seeker: Seeker) -> str:
    return f"{_either(sorted(seeker.languages))} speaker" if seeker.languages else "ambassador"


def _either(words: Iterable[str]) -> str:
    return listed(words, "or")


def _place(seeker: Seeker, reached: Sequence[_Barred]) -> str:
    own = all(each.carer.council == seeker.council for each in reached)
    return " of their council" if own else " of the councils that share"


Group = tuple[LeftOut, list[Carer]]


def _clauses(seeker: Seeker, reached: Sequence[_Barred], groups: Iterable[Group], region: Region) -> Iterator[str]:
    for why, carers in groups:
        if why is LeftOut.OTHER_COUNCIL:
            yield _keeps(seeker, carers, region)
        else:
            yield f"{_who(seeker, len(carers), reached)} {_is(why, carers)}"


def _groups(meeting: Sequence[_Barred]) -> list[Group]:
    """By the one rule that keeps them out; if each is kept out by several, by the first of these."""
    alone = [each for each in meeting if len(each.rules) == 1] or meeting
    first = [(_first(each.rules), each.carer) for each in alone]
    most = Counter(why for why, _ in first)
    order = sorted(most, key=lambda why: (why in FOR_GOOD, -most[why], list(RULES).index(why)))
    return [(why, [carer for other, carer in first if other is why]) for why in order]


def _first(rules: frozenset[LeftOut]) -> LeftOut:
    """A border comes before whatever else there is with somebody beyond it."""
    return min(rules, key=lambda why: (why is not LeftOut.OTHER_COUNCIL, list(RULES).index(why)))


def _who(seeker: Seeker, count: int, reached: Sequence[_Barred]) -> str:
    """ "the one who speaks Polish", "all 3 ambassadors of their council", "2 of 5 ambassadors of their council"."""
    total = len(reached)
    if seeker.languages:
        speaks = f"who speak{'s' if total == 1 else ''} {_either(sorted(seeker.languages))}"
        return f"the one {speaks}" if total == 1 else f"{_part(count, total)} {speaks}"
    place = _place(seeker, reached)
    return f"the only ambassador{place}" if total == 1 else f"{_part(count, total)} ambassadors{place}"


def _part(count: int, total: int) -> str:
    if count < total:
        return f"{count} of {total}"
    return "both" if total == 2 else f"all {total}"


def _is(why: LeftOut, carers: Sequence[Carer]) -> str:
    words = COUNTED[why][len(carers) > 1]
    return words + _UNTIL[why](carers) if why in _UNTIL else words


def _until_rested(carers: Sequence[Carer]) -> str:
    last = min(carer.rests_until or date.max for carer in carers)
    return f"{', the first' if len(carers) > 1 else ''} until {last.day} {last:%B}"


_UNTIL: dict[LeftOut, Callable[[Sequence[Carer]], str]] = {
    LeftOut.NO_ROOM: lambda _: " until somebody finishes",
    LeftOut.RESTING: _until_rested,
}


def _keeps(seeker: Seeker, carers: Sequence[Carer], region: Region) -> str:
    """Of two councils the one that keeps to its own; if that is the seeker's, the others do not matter."""
    if seeker.council not in region.sharing:
        return f"{region.names.get(seeker.council, 'their council')} keeps to its own"
    closed = {carer.council for carer in carers}
    if len(closed) > NAMED:
        return f"{len(closed)} other councils keep to their own"
    names = sorted(region.names.get(council, "another council") for council in closed)
    return f"{listed(names)} {'keeps to its' if len(names) == 1 else 'keep to their'} own"


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}"
