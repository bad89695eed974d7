"""A round: everybody who waits in a hub, and who could talk to whom, all at once. For workers: it imports SciPy.

The councils of a hub that share ambassadors are one group; each other council is a group of its own, and no other
council's ambassador is read for it.
"""

from collections.abc import Collection, Iterator, Sequence

import structlog
from django.db.models import Min

from ambassadors.actions.proposing import EVERY, Proposed, write_proposals
from ambassadors.matched.loading import Loaded, load
from ambassadors.matched.seekers import waiting_in
from ambassadors.matching import Seeker, left_out, suits
from ambassadors.models import Proposal
from ambassadors.pairing import pair
from ambassadors.schemes import crossing_borders
from ambassadors.scoring import scores
from ambassadors.waiting import why_waiting
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.tenancy import across
from outbox.rounds import one_by_one

TAKEN = "everybody who could talk to them is suggested for somebody who comes first"
log = structlog.get_logger("ambassadors.rounds")


def make_rounds() -> int:
    """Of every group in which it is time; how many. One that fails holds up no other."""
    groups = [
        (hub, group) for hub in Hub.objects.order_by("pk").values_list("pk", flat=True) for group in groups_of(hub)
    ]
    return one_by_one(groups, lambda each: make_round(*each), name=lambda each: sorted(each[1])[0])


def groups_of(hub: int) -> list[frozenset[int]]:
    everybody = frozenset(Council.objects.filter(hub=hub).values_list("pk", flat=True))
    sharing = frozenset(crossing_borders(hub)) & everybody
    alone = [frozenset({council}) for council in sorted(everybody - sharing)]
    return [sharing, *alone] if sharing else alone


def make_round(hub: int, group: Collection[int]) -> bool:
    """Whether it was time, and nobody else is at it: Celery and the sweeper both look each minute."""
    with across(group, reason="propose whom to introduce"):
        free = Hub.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=hub)
        if not free or not _is_due(group):
            return False
        loaded = load(group, hub)
        made = proposed(loaded)
        write_proposals(made, group)
    log.info("round_made", councils=len(group), waiting=len(made), proposed=sum(bool(each.ambassador) for each in made))
    return True


def _is_due(group: Collection[int]) -> bool:
    """Somebody began to wait, or waits no longer, or it was long ago."""
    waiting = {each.seeker.key for each in waiting_in(group)}
    rows = Proposal.objects.filter(council__in=group)
    oldest = rows.aggregate(made=Min("made_at"))["made"]
    known = set(rows.values_list("enquiry_id", flat=True))
    return waiting != known or (oldest is not None and oldest <= hub_now() - EVERY)


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
