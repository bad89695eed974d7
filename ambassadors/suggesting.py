"""Whom a coordinator may ask for one person, the best first, and why nobody else is on the list. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from ambassadors import reasons
from ambassadors.matching import Carer, Fit, Region, Seeker, left_out, suits
from ambassadors.states import LeftOut


@dataclass(frozen=True, slots=True)
class Suggestion:
    carer: Carer
    fit: Fit


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Those left out are counted, never named: who is stale, paused or full stands on no list."""

    ranked: tuple[Suggestion, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def others(self) -> str:
        """ "3 are full, 1 has to be confirmed"; empty where nobody was left out."""
        return reasons.counted(self.left_out)


def suggest(seeker: Seeker, carers: Iterable[Carer], region: Region) -> Suggestions:
    ranked: list[Suggestion] = []
    others: list[LeftOut] = []
    for carer in carers:
        two = region.between(seeker, carer)
        why = left_out(seeker, carer, two)
        if why is None:
            ranked.append(Suggestion(carer, suits(seeker, carer, two)))
        else:
            others.append(why)
    ranked.sort(key=lambda each: (-each.fit.score, each.carer.key))
    return Suggestions(tuple(ranked), tuple(others))
