"""All figures of a hub from scratch: written anew, or compared with those that stand, to the digit.

Households are read a slice of their keys at a time. Whoever is at it holds the folder's lock; what happens meanwhile
waits and is folded after it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from councils.clock import hub_now
from councils.collector import no_garbage
from councils.models import Council, Hub
from councils.tenancy import across
from dashboards.actions.folding import fold_hub, lock, retell, told_anew
from dashboards.actions.helping import helper
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


@dataclass(frozen=True)
class Part:
    """`changed`: journeys told otherwise than they stood; `counts`: what all of the slices add up to."""

    changed: int
    counts: Counter[Key]


def silent(done: int, of: int) -> None:
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


def rebuild(hub: Hub, *, slices: int = SLICES, progress: Progress = silent, wait: bool = False) -> int:
    """How many journeys were told otherwise than they stood. Raises Busy, or waits for whoever is at it."""
    councils = _councils(hub)
    with across(councils, reason="rebuild figures"):
        _take_lock(hub, wait=wait)
        now, changed = hub_now(), _clear(hub, councils)
        part = tell_part(hub, list(_slices(slices)), progress)
        _replace(hub, councils, part.counts, now)
    return changed + part.changed


def rebuild_by_two(hub: Hub, *, slices: int = SLICES, progress: Progress = silent, wait: bool = False) -> int:
    """The same, with a second process for half of the slices; not inside a transaction. It commits the journeys that it
    tells, while the counts change all at once at the end. Cut off in between, counts and journeys would not belong
    together: so the counts are said beforehand to be made by no rules, and are made anew at the next look."""
    councils, parts = _councils(hub), list(_slices(slices))
    with helper() as other:
        with across(councils, reason="rebuild figures"):
            _take_lock(hub, wait=wait)
            now, changed = hub_now(), _clear(hub, councils)
            Folded.objects.update_or_create(
                hub=hub, defaults={"rules": ""}, create_defaults={"as_of": now, "rules": ""}
            )
        with across(councils, reason="rebuild figures"):
            _take_lock(hub, wait=wait)
            theirs = other.submit(tell_elsewhere, hub.pk, parts[1::2])
            own = tell_part(hub, parts[::2], lambda done, _: progress(min(2 * done, slices), slices))
            told = theirs.result()
            own.counts.update(told.counts)
            _replace(hub, councils, own.counts, now)
    return changed + own.changed + told.changed


def _clear(hub: Hub, councils: dict[int, Council]) -> int:
    """What waited will be told with everything else. Journeys whose household is another by now are told here: of their
    two households each may lie in another slice."""
    ToFold.objects.filter(council__in=councils).delete()
    return retell(hub, moved_households(councils), councils)


def _replace(hub: Hub, councils: dict[int, Council], counts: Counter[Key], now: datetime) -> None:
    Cell.objects.filter(council__in=councils).exclude(figure__in=NOT_OF_JOURNEYS).delete()
    add(hub.pk, counts)
    recount_all(hub, councils)
    Folded.objects.update_or_create(hub=hub, defaults={"as_of": now, "rules": RULES})


def tell_elsewhere(hub: int, slices: Sequence[Slice]) -> Part:
    """In a process of its own."""
    mine = Hub.objects.get(pk=hub)
    with across(_councils(mine), reason="rebuild figures"):
        return tell_part(mine, slices)


def tell_part(hub: Hub, slices: Sequence[Slice], progress: Progress = silent) -> Part:
    """In an open scope of the hub's councils."""
    councils, changed, counts = _councils(hub), 0, Counter[Key]()
    with no_garbage():
        for done, households in enumerate(slices, start=1):
            before, told = told_anew(hub, households, councils)
            _, come = write_journeys(before, told)
            changed += len(come)
            counts.update(counts_of(told))
            progress(done, len(slices))
    return Part(changed, counts)


def differences(hub: Hub, *, slices: int = SLICES, progress: Progress = silent) -> list[Difference]:
    """Between the counts that stand and those made from scratch. Nothing is written. Left out are the days of messages
    and clicks that the folder counts from scratch each minute."""
    councils = _councils(hub)
    with across(councils, reason="check figures"):
        _take_lock(hub)
        should = Counter[Key]()
        with no_garbage():
            for done, households in enumerate(_slices(slices), start=1):
                should.update(counts_of(told_anew(hub, households, councils)[1]))
                progress(done, slices)
        should.update(should_be(councils))
        stands, since = _standing(councils), since_when(hub)
    keys = {at for at in (*should, *stands) if is_settled(at, since)}
    return [Difference(At(*at), stands[at], should[at]) for at in keys if stands[at] != should[at]]


def _take_lock(hub: Hub, *, wait: bool = False) -> None:
    if not lock(hub, wait=wait):
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
