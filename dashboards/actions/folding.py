"""What happened goes into the figures, a batch at a time.

Which journeys to look at is written down by a trigger in the transaction of the event itself. The folder takes a batch
of those rows away, reads the households whole, and writes the difference to what it wrote the last time, all in one
transaction: cut off anywhere, nothing is lost and nothing counted twice; told twice, nothing changes. One folder at a
time works on a hub, so nobody else waits for a count.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from ambassadors.models import Introduction
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.tenancy import across
from dashboards.actions.recounting import recount_lately, recount_told
from dashboards.actions.writing import with_rows_of, write_difference
from dashboards.figures import RULES
from dashboards.models import Folded, ToFold
from dashboards.opened import hours_then
from dashboards.reading import Which, households, households_of, told_before
from dashboards.telling import tell
from dashboards.told import Told
from enquiries.models import Enquiry

BATCH = 500
LOCK = 0x66696775  # “figu”: the first half of the lock, the hub is the second


def fold_hub(hub: Hub, *, most: int = 100_000) -> int:
    """How many rows that waited were taken. 0 also where somebody else is at it."""
    done = 0
    while done < most:
        taken = fold_batch(hub)
        done += taken
        if taken < BATCH:
            break
    return done


def fold_before_erasing(council_id: int) -> None:
    """What somebody wished for is counted, and then nobody needs to know it any more. Waits for whoever folds now. By
    the app's log-in, which the process that erases has beside the eraser's: that one may write no counts."""
    hub = Hub.objects.get(councils=council_id)
    while fold_batch(hub, wait=True) == BATCH:
        continue


def fold_batch(hub: Hub, *, size: int = BATCH, wait: bool = False) -> int:
    councils = {council.pk: council for council in Council.objects.filter(hub=hub)}
    with across(councils, reason="fold figures"):
        if not lock(hub, wait=wait):
            return 0
        now = hub_now()
        waiting = list(_taken(councils, size))
        journeys = _journeys([(row.kind, row.key) for row in waiting], councils)
        if journeys:
            retell(hub, households_of(journeys, councils), councils)
        recount_told(hub.pk, [(row.council_id, row.kind) for row in waiting])
        recount_lately(hub, councils)
        told = {"as_of": now}  # by which rules the counts were made stays as it was
        Folded.objects.update_or_create(hub=hub, defaults=told, create_defaults={**told, "rules": RULES})
    return len(waiting)


def lock(hub: Hub, *, wait: bool = False) -> bool:
    """Until the transaction ends. Without waiting, False where somebody else has it."""
    ask = "SELECT pg_advisory_xact_lock(%s, %s) IS NOT NULL" if wait else "SELECT pg_try_advisory_xact_lock(%s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(ask, [LOCK, hub.pk])
        (free,) = cursor.fetchone()
    return bool(free)


def retell(hub: Hub, which: Which, councils: dict[int, Council]) -> int:
    """Households anew, from everything that tells of them. How many journeys are told otherwise than before."""
    before, told = told_anew(hub, which, councils)
    return write_difference(hub.pk, before, told)


def told_anew(hub: Hub, which: Which, councils: dict[int, Council]) -> tuple[list[Told], list[Told]]:
    """What was told of households the last time, and what is told of them now."""
    before = told_before(which, councils)
    known = with_rows_of(before)
    now = households(which, councils).values()
    then = hours_then(councils)
    return before, [each for cases in now for each in tell(cases, hub=hub.pk, hours=then, before=known)]


def _taken(councils: Collection[int], size: int) -> "QuerySet[ToFold] | list[ToFold]":
    """Taken away: whatever commits after this leaves a row of its own."""
    rows = ToFold.objects.filter(council__in=councils).order_by("at", "pk")
    taken = list(rows.select_for_update(skip_locked=True, of=("self",))[:size])
    ToFold.objects.filter(council__in=councils, pk__in=[row.pk for row in taken]).delete()
    return taken


def _journeys(waiting: Collection[tuple[str, UUID]], councils: Collection[int]) -> set[UUID]:
    keys = {key for kind, key in waiting if kind == "journey"}
    introductions = [key for kind, key in waiting if kind == "introduction"]
    cases = Introduction.objects.filter(council__in=councils, pk__in=introductions).values("enquiry_id")
    if introductions:
        keys |= set(Enquiry.objects.filter(council__in=councils, pk__in=cases).values_list("journey_id", flat=True))
    return keys
