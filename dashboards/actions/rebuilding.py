"""All figures of a hub from scratch: written anew, or compared with those that stand, to the digit.

Households are read a slice of their keys at a time. Whoever is at it holds the folder's lock; what happens meanwhile
waits and is folded after it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from councils.clock import hub_now
from councils.models import Council, Hub
from councils.tenancy import across
from dashboards.actions.folding import fold_hub, lock, retell, told_anew
from dashboards.actions.recounting import is_settled, recount_all, should_be, since_when
from dashboards.actions.writing import add, write_journeys
from dashboards.cells import At, Key, counts_of
from dashboards.figures import RULES
from dashboards.models import Cell, Folded, ToFold
from dashboards.reading import Slice, moved_households
from dashboards.recounts import NOT_OF_JOURNEYS
from outbox.rounds import one_by_one

SLICES = 64
Progress = Callable[[int, int], None]  # so many slices done, of so many


@dataclass(frozen=True)
class Difference:
    """Of one cell: what stands, and what it should be."""

    at: At
    stands: int
    should: int


def _silent(done: int, of: int) -> None:
    return


class Busy(RuntimeError):
    """Somebody folds or rebuilds this hub just now."""


def keep_all_up() -> int:
    """A hub that cannot be folded is told, and holds up no other. Raises SomeFailed."""
    return one_by_one(Hub.objects.order_by("pk"), keep_up, name=lambda hub: hub.slug)


def keep_up(hub: Hub) -> int:
    """Folds what waits. Counts that were made by other rules are made anew instead: what a journey added to them cannot
    be worked out any more. 0 also where somebody else is at it."""
    if not Folded.objects.filter(hub=hub).exclude(rules=RULES).exists():
        return fold_hub(hub)
    try:
        return rebuild(hub)
    except Busy:
        return 0


def rebuild(hub: Hub, *, slices: int = SLICES, progress: Progress = _silent) -> int:
    """How many journeys were told otherwise than they stood. Raises Busy."""
    councils = _councils(hub)
    changed, counts = 0, Counter[Key]()
    with across(councils, reason="rebuild figures"):
        _take_lock(hub)
        now = hub_now()
        ToFold.objects.filter(council__in=councils).delete()
        changed += retell(hub, moved_households(councils), councils)
        Cell.objects.filter(council__in=councils).exclude(figure__in=NOT_OF_JOURNEYS).delete()
        for done, households in enumerate(_slices(slices), start=1):
            before, told = told_anew(hub, households, councils)
            _, come = write_journeys(before, told)
            changed += len(come)
            counts.update(counts_of(told))
            progress(done, slices)
        add(hub.pk, counts)
        recount_all(hub, councils)
        Folded.objects.update_or_create(hub=hub, defaults={"as_of": now, "rules": RULES})
    return changed


def differences(hub: Hub, *, slices: int = SLICES, progress: Progress = _silent) -> list[Difference]:
    """Between the counts that stand and those made from scratch. Nothing is written. Left out are the days of messages
    and clicks that the folder counts from scratch each minute."""
    councils = _councils(hub)
    with across(councils, reason="check figures"):
        _take_lock(hub)
        should = Counter[Key]()
        for done, households in enumerate(_slices(slices), start=1):
            should.update(counts_of(told_anew(hub, households, councils)[1]))
            progress(done, slices)
        should.update(should_be(councils))
        stands, since = _standing(councils), since_when(hub)
    keys = {at for at in (*should, *stands) if is_settled(at, since)}
    return [Difference(At(*at), stands[at], should[at]) for at in keys if stands[at] != should[at]]


def _take_lock(hub: Hub) -> None:
    if not lock(hub):
        raise Busy(f"The figures of {hub.name} are being made just now. Try again in a minute.")


def _standing(councils: Collection[int]) -> Counter[Key]:
    rows = Cell.objects.filter(council__in=councils)
    columns = ("council_id", "grain", "on", "figure", "split", "value", "n")
    return Counter({tuple(at): n for *at, n in rows.values_list(*columns)})


def _councils(hub: Hub) -> dict[int, Council]:
    return {council.pk: council for council in Council.objects.filter(hub=hub)}


def _slices(count: int) -> Iterator[Slice]:
    """Of all keys there can be."""
    ends = [(number << 128) // count for number in range(count + 1)]
    return (Slice(UUID(int=begin), UUID(int=end - 1)) for begin, end in pairwise(ends))
