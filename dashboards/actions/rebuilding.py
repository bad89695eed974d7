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
from dashboards.actions.helping import helper, packed, unpacked
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


@dataclass(frozen=True)
class Packed:
    """The same from another process, its counts for one half of the councils and for the other. Whoever does not need
    them passes them on as they are."""

    changed: int
    halves: tuple[bytes, bytes]


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
        _write(hub, councils, part.counts)
        _finish(hub, councils, now)
    return changed + part.changed


def rebuild_by_two(hub: Hub, *, slices: int = SLICES, progress: Progress = silent, wait: bool = False) -> int:
    """The same, with a second process: each tells half of the slices, and then writes the counts of half of the
    councils. Not inside a transaction. The other process commits the journeys that it has told, and the counts of its
    councils a moment before the others change. Cut off in between, counts and journeys would not belong together: so
    the counts are said beforehand to be made by no rules, and are made anew at the next look."""
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
            telling = other.submit(tell_elsewhere, hub.pk, parts[1::2])
            own = tell_part(hub, parts[::2], lambda done, _: progress(min(2 * done, slices), slices))
            halves, told = _halved(own.counts, councils), telling.result()
            writing = other.submit(write_elsewhere, hub.pk, (told.halves[1], packed(halves[1])))
            halves[0].update(unpacked(told.halves[0]))
            _write(hub, _half(councils, 0), halves[0])
            writing.result()
            _finish(hub, councils, now)
    return changed + own.changed + told.changed


def _clear(hub: Hub, councils: dict[int, Council]) -> int:
    """What waited will be told with everything else. Journeys whose household is another by now are told here: of their
    two households each may lie in another slice."""
    _lock_counts(hub)
    ToFold.objects.filter(council__in=councils).delete()
    return retell(hub, moved_households(councils), councils)


def _lock_counts(hub: Hub) -> Folded | None:
    """Until the transaction ends. Whoever asked a second process may have died, and the folder's lock with them: what
    that process still writes would be added to counts that are made anew."""
    return Folded.objects.select_for_update().filter(hub=hub).first()


def _lock_counts_elsewhere(hub: Hub) -> None:
    """Raises Busy where somebody has made them anew meanwhile."""
    folded = _lock_counts(hub)
    if folded is None or folded.rules:
        raise Busy(f"The figures of {hub.name} were made anew by somebody else.")


def _write(hub: Hub, councils: Collection[int], counts: Counter[Key]) -> None:
    """In the place of those that stand."""
    Cell.objects.filter(council__in=councils).exclude(figure__in=NOT_OF_JOURNEYS).delete()
    add(hub.pk, counts)


def _finish(hub: Hub, councils: dict[int, Council], now: datetime) -> None:
    recount_all(hub, councils)
    Folded.objects.update_or_create(hub=hub, defaults={"as_of": now, "rules": RULES})


def _half(councils: Collection[int], which: int) -> list[int]:
    return sorted(councils)[which::2]


def _halved(counts: Counter[Key], councils: Collection[int]) -> tuple[Counter[Key], Counter[Key]]:
    first, halves = frozenset(_half(councils, 0)), (Counter[Key](), Counter[Key]())
    for at, n in counts.items():
        halves[at[0] not in first][at] = n
    return halves


def tell_elsewhere(hub: int, slices: Sequence[Slice]) -> Packed:
    """In a process of its own."""
    mine = Hub.objects.get(pk=hub)
    councils = _councils(mine)
    with across(councils, reason="rebuild figures"):
        _lock_counts_elsewhere(mine)
        part = tell_part(mine, slices)
    with no_garbage():
        first, second = _halved(part.counts, councils)
        return Packed(part.changed, (packed(first), packed(second)))


def write_elsewhere(hub: int, counts: Sequence[bytes]) -> None:
    """In a process of its own: all that the councils of the second half have."""
    mine, together = Hub.objects.get(pk=hub), Counter[Key]()
    councils = _half(_councils(mine), 1)
    with no_garbage(), across(councils, reason="rebuild figures"):
        _lock_counts_elsewhere(mine)
        for some in counts:
            together.update(unpacked(some))
        _write(mine, councils, together)


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
