"""A round: everybody who waits in a hub, and who could talk to whom, all at once. For workers: it imports SciPy.

The councils of a hub that share ambassadors are one group; each other council is a group of its own, and no other
council's ambassador is read for it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from ambassadors.actions.proposing import EVERY, Proposed, write_proposals
from ambassadors.matched.loading import Loaded, load
from ambassadors.matched.seekers import waiting_in
from ambassadors.matching import Seeker, left_out, suits
from ambassadors.models import Proposal, Scheme
from ambassadors.pairing import pair
from ambassadors.scoring import scores
from ambassadors.waiting import why_waiting
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.tenancy import across
from outbox.rounds import one_by_one

TAKEN = "everybody who could talk to them is suggested for somebody who comes first"
log = structlog.get_logger("ambassadors.rounds")


Group = tuple[int, frozenset[int]]  # a hub, and councils of it


def make_rounds() -> int:
    """Of every group in which it is time; how many. One that fails holds up no other."""
    return one_by_one(due_groups(), lambda each: make_round(*each), name=lambda each: min(each[1]))


def due_groups() -> list[Group]:
    """Asked each minute, so of all councils at once."""
    found = list(groups())
    with across(frozenset[int]().union(*(group for _, group in found)), reason="is it time for a round") as scope:
        standing = _standing(scope.councils)
        return [(hub, group) for hub, group in found if _is_due(standing, group)]


def groups() -> Iterator[Group]:
    sharing = set(Scheme.objects.filter(runs=True, across_borders=True).values_list("council_id", flat=True))
    hubs: dict[int, set[int]] = {}
    for council, hub in Council.objects.order_by("hub", "pk").values_list("pk", "hub_id"):
        hubs.setdefault(hub, set()).add(council)
    for hub, councils in hubs.items():
        if councils & sharing:
            yield hub, frozenset(councils & sharing)
        yield from ((hub, frozenset({council})) for council in sorted(councils - sharing))


def make_round(hub: int, group: Collection[int]) -> bool:
    """Whether it was time, and nobody else is at it: Celery and the sweeper both look each minute."""
    with across(group, reason="propose whom to introduce"):
        free = Hub.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=hub)
        if not free or not _is_due(_standing(group), group):
            return False
        loaded = load(group, hub)
        made = proposed(loaded)
        write_proposals(made, group)
    log.info("round_made", councils=len(group), waiting=len(made), proposed=sum(bool(each.ambassador) for each in made))
    return True


@dataclass(frozen=True, slots=True)
class _Standing:
    """Cases by council: who waits, and who has a proposal, made when."""

    waiting: frozenset[tuple[int, UUID]]
    proposed: Mapping[tuple[int, UUID], datetime]


def _standing(councils: Collection[int]) -> _Standing:
    rows = Proposal.objects.filter(council__in=councils).values_list("council_id", "enquiry_id", "made_at")
    waiting = frozenset((each.seeker.council, each.seeker.key) for each in waiting_in(councils))
    return _Standing(waiting, {(council, case): made for council, case, made in rows})


def _is_due(standing: _Standing, group: Collection[int]) -> bool:
    """Somebody began to wait, or waits no longer, or it was long ago."""
    waiting = {case for case in standing.waiting if case[0] in group}
    made = {case: at for case, at in standing.proposed.items() if case[0] in group}
    return waiting != made.keys() or any(at <= hub_now() - EVERY for at in made.values())


def proposed(loaded: Loaded) -> list[Proposed]:
    """For each who waits, in order of turn."""
    seekers, carers = [each.seeker for each in loaded.waiting], list(loaded.carers)
    columns = pair(scores(seekers, carers, loaded.region), [carer.room for carer in carers])
    return list(_told(loaded, columns))


def _told(loaded: Loaded, columns: Sequence[int | None]) -> Iterator[Proposed]:
    for each, column in zip(loaded.waiting, columns, strict=True):
        seeker = each.seeker
        if column is None:
            yield Proposed(seeker.key, seeker.council, why_not=_why_not(seeker, loaded))
            continue
        carer = loaded.carers[column]
        fit = suits(seeker, carer, loaded.region.between(seeker, carer))
        yield Proposed(
            *(seeker.key, seeker.council, carer.key, carer.council, carer.first_name),
            score=fit.score,
            words=fit.words,
        )


def _why_not(seeker: Seeker, loaded: Loaded) -> str:
    region = loaded.region
    if any(left_out(seeker, carer, region.between(seeker, carer)) is None for carer in loaded.carers):
        return TAKEN
    return why_waiting(seeker, loaded.carers, region)
