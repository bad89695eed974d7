"""The scores of a whole waiting list at once: what `left_out` and `suits` say of each two, in one table.

A thousand who wait and three hundred ambassadors are 300,000 pairs: seconds one by one, and some 50 ms as products of
tables of noughts and ones (who wishes what, times who offers what). The rules are those of `ambassadors.matching`; a
test holds the two against each other, for any seeker, carer and region. Imports NumPy: for workers, never for a web
process.
"""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ambassadors import matching
from ambassadors.matching import RULES, Between, Carer, Region, Seeker
from ambassadors.nearness import METRES_A_MILE, Place
from ambassadors.pairing import Scores
from ambassadors.states import LeftOut

Mask = NDArray[np.bool_]
Words = Callable[[Seeker], Collection[str]]
# Rules that ask about the ambassador alone: they are asked once for each.
OF_ONE = frozenset(
    {
        LeftOut.NOT_ACTIVE,
        LeftOut.STANDING,
        LeftOut.PAUSED,
        LeftOut.RESTING,
        LeftOut.NO_ROOM,
        LeftOut.MONTH_FULL,
    }
)


def scores(seekers: Sequence[Seeker], carers: Sequence[Carer], region: Region) -> Scores:
    """A row for each seeker, a column for each carer: the score out of 100, NaN where they may not meet."""
    if not seekers or not carers:
        return np.full((len(seekers), len(carers)), np.nan)
    points = (
        matching.WISHES * _shares([s.all_wishes for s in seekers], [c.offers for c in carers])
        + matching.KINDS * _shares([s.all_kinds for s in seekers], [c.kinds for c in carers])
        + matching.TIMES * _shares([s.times for s in seekers], [c.times for c in carers])
        + matching.CLOSENESS * _closeness(seekers, carers)
        + matching.FAIRNESS * np.array([matching.turn(c, region.today) for c in carers])
    )
    return np.where(allowed(seekers, carers, region), points, np.nan)


def allowed(seekers: Sequence[Seeker], carers: Sequence[Carer], region: Region) -> Mask:
    table = _may_be_asked(carers, region)[None, :] & _borders(seekers, carers, region)
    table &= _common([s.ways for s in seekers], [c.ways for c in carers]) > 0
    needed, spoken = [_folded(s.languages) for s in seekers], [_folded(c.languages) for c in carers]
    table &= (_common(needed, spoken) > 0) | np.array([not each for each in needed])[:, None]
    _keep_apart(table, seekers, carers, region)
    return table


def _may_be_asked(carers: Sequence[Carer], region: Region) -> Mask:
    nobody, alone = Seeker(UUID(int=0), council=0), Between(region.today)
    return np.array([not any(RULES[why](nobody, carer, alone) for why in OF_ONE) for carer in carers])


def _borders(seekers: Sequence[Seeker], carers: Sequence[Carer], region: Region) -> Mask:
    ours, theirs = np.array([s.council for s in seekers]), np.array([c.council for c in carers])
    sharing = list(region.sharing)
    mask: Mask = (ours[:, None] == theirs) | (np.isin(ours, sharing)[:, None] & np.isin(theirs, sharing))
    return mask


def _keep_apart(table: Mask, seekers: Sequence[Seeker], carers: Sequence[Carer], region: Region) -> None:
    """Conflicts, those asked before and neighbours: few, so one by one. A carer's key may stand in several columns."""
    rows: dict[UUID, list[int]] = {}
    columns: dict[UUID, list[int]] = {}
    for row, seeker in enumerate(seekers):
        rows.setdefault(seeker.key, []).append(row)
    for column, carer in enumerate(carers):
        columns.setdefault(carer.key, []).append(column)
    for row, seeker in enumerate(seekers):
        for key in seeker.kept_from | seeker.asked:
            table[row, columns.get(key, [])] = False
    for one, other in region.too_near:
        table[np.ix_(rows.get(one, []), columns.get(other, []))] = False


def _shares(asked: Sequence[Collection[str]], offered: Sequence[Collection[str]]) -> Scores:
    """Of what is asked, how much is offered; nought where nothing is asked."""
    counts = np.array([len(each) for each in asked])[:, None]
    shares: Scores = _common(asked, offered) / np.maximum(counts, 1)
    return shares


def _common(asked: Sequence[Collection[str]], offered: Sequence[Collection[str]]) -> Scores:
    """How many words each two have in common."""
    place = {word: n for n, word in enumerate(sorted({word for each in asked for word in each}))}
    return _ones(asked, place) @ _ones(offered, place).T


def _ones(sets: Sequence[Collection[str]], place: dict[str, int]) -> Scores:
    table = np.zeros((len(sets), len(place)))
    for row, words in enumerate(sets):
        table[row, [place[word] for word in words if word in place]] = 1
    return table


def _folded(languages: Collection[str]) -> frozenset[str]:
    return frozenset(matching.folded(each) for each in languages)


def _closeness(seekers: Sequence[Seeker], carers: Sequence[Carer]) -> Scores:
    ours, theirs = _places([s.place for s in seekers]), _places([c.place for c in carers])
    away = np.hypot(ours[:, None, 0] - theirs[:, 0], ours[:, None, 1] - theirs[:, 1]) / METRES_A_MILE
    closeness: Scores = np.nan_to_num(np.maximum(1 - away / matching.FAR, 0.0))
    return closeness


def _places(places: Sequence[Place | None]) -> Scores:
    return np.array([place or (np.nan, np.nan) for place in places], dtype=float)
