"""Seekers, carers and what lies between them, from rows: for a page, for a round, and for one pair that is looked at
again under a lock.

One hub at a time. A page reads its own councils in its own scope, and those that share ambassadors with them through
the crossing `look_across_border`; councils that keep to their own are never read. A round has its councils in scope
already.
"""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from uuid import UUID

from ambassadors.matched.carers import Known, known_carers
from ambassadors.matched.seekers import Waiting, kept_apart, waiting_in
from ambassadors.matching import Carer, Region, in_turn
from ambassadors.models import Scheme
from ambassadors.schemes import crossing_borders
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import crossing
from councils.working_time import in_london
from enquiries.models import Enquiry


@dataclass(frozen=True, slots=True)
class Loaded:
    """`waiting` in order of turn."""

    waiting: tuple[Waiting, ...]
    carers: tuple[Carer, ...]
    region: Region

    def of(self, case: UUID) -> Waiting | None:
        return next((each for each in self.waiting if each.seeker.key == case), None)

    def carer(self, key: UUID) -> Carer | None:
        return next((each for each in self.carers if each.key == key), None)


def load(councils: Collection[int], hub: int, *, case: UUID | None = None) -> Loaded:
    """Of these councils of the hub, those that run a scheme; `case`: that one alone waits."""
    running = frozenset(councils) - _not_running(councils)
    sharing = frozenset(crossing_borders(hub))
    waiting = waiting_in(running, only=case)
    across = sharing - running if sharing & running else frozenset()
    with _looking(across):
        known = known_carers(running | across, in_london(hub_now()).date())
    return _together(waiting, known, sharing, hub)


def by_hub(councils: Collection[int]) -> Iterator[tuple[int, frozenset[int]]]:
    """Ambassadors talk to enquirers of their own hub alone."""
    found: dict[int, set[int]] = {}
    for council, hub in Council.objects.filter(pk__in=councils).order_by("hub").values_list("pk", "hub_id"):
        found.setdefault(hub, set()).add(council)
    yield from ((hub, frozenset(keys)) for hub, keys in found.items())


def pair_between(case: Enquiry, ambassador: UUID, council: int) -> Loaded:
    """These two as they stand now: nobody waits where they have no wish, or are being introduced; no carer where that
    one is no ambassador of that council. Both councils are in scope, and whoever writes holds the locks."""
    hub = case.council.hub_id
    waiting = waiting_in([case.council_id], only=case.pk)
    known = known_carers([council], in_london(hub_now()).date(), only=ambassador)
    return _together(waiting, known, frozenset(crossing_borders(hub)), hub)


def _looking(councils: Collection[int]) -> AbstractContextManager[object]:
    return crossing("look_across_border", to=councils) if councils else nullcontext()


def _not_running(councils: Collection[int]) -> frozenset[int]:
    return frozenset(Scheme.objects.filter(council__in=councils, runs=False).values_list("council_id", flat=True))


def _together(waiting: list[Waiting], known: list[Known], sharing: frozenset[int], hub: int) -> Loaded:
    told, near = kept_apart(waiting, known)
    names = dict(Council.objects.filter(hub=hub).values_list("pk", "name"))
    region = Region(in_london(hub_now()).date(), sharing=sharing, names=names, too_near=near, whole=False)
    place = {each.key: number for number, each in enumerate(in_turn(each.seeker for each in told))}
    ordered = sorted(told, key=lambda each: place[each.seeker.key])
    return Loaded(tuple(ordered), tuple(each.carer for each in known), region)
