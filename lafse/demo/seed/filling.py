"""The work of a seed, shared out."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import connection, connections, transaction

from councils.clock import hub_now
from councils.collector import no_garbage
from councils.households import remember_many
from councils.models import Council, Hub
from councils.parents import end_with
from councils.tenancy import across, as_council
from councils.working_time import in_london
from enquiries.models import Import
from lafse.demo.seed.arrival import write
from lafse.demo.seed.history import write_history
from lafse.demo.seed.hundreds import SIZE, cases_of
from lafse.demo.seed.loading import load
from lafse.demo.seed.rows import Rows
from lafse.demo.seed.world import Past, World, import_of, world_of

Tell = Callable[[int, int], None]  # done, of how many
_PART = 40 * SIZE
NOW = Past()
_world: World | None = None  # of a process that helps


class AlreadySown(Exception):
    """This seed is here already, perhaps not to its end: its keys would come twice."""


def fill(
    *,
    enquiries: int,
    seed: int,
    tell: Tell | None = None,
    as_of: date | None = None,
    processes: int = 1,
    past: Past = NOW,
) -> int:
    """How many. With more processes than one, not inside a transaction: each commits its own parts."""
    hub = Hub.objects.get(slug=settings.DEFAULT_HUB)
    with transaction.atomic():
        world = world_of(hub, seed=seed, as_of=as_of or in_london(hub_now()).date(), past=past)
        _write_down(world, enquiries)
        write_history(world, enquiries)
    parts = [(first, min(first + _PART, enquiries)) for first in range(0, enquiries, _PART)]
    with _sowing(world, processes) as sown:
        for done in sown(parts):
            if tell:
                tell(done, enquiries)
    return enquiries


Sown = Callable[[list[tuple[int, int]]], Iterator[int]]


@contextmanager
def _sowing(world: World, processes: int) -> Iterator[Sown]:
    if processes == 1:
        yield lambda parts: (_sow(world, *part) for part in parts)
        return
    connections.close_all()  # a connection must not be shared with a fork
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=forked, initializer=_help, initargs=(world, os.getpid())) as pool:
        yield lambda parts: pool.map(_sow_own, *zip(*parts, strict=True))


def _help(world: World, parent: int) -> None:
    global _world
    end_with(parent)
    _world = world


def _sow_own(first: int, last: int) -> int:
    if _world is None:
        raise RuntimeError("this process was not told of the world")
    return _sow(_world, first, last)


def _sow(world: World, first: int, last: int) -> int:
    """One part in one transaction. Returns the number that it came to.

    Households are remembered by address only: invented telephone numbers are everybody's, and would join strangers."""
    rows, households = Rows(), []
    with no_garbage():
        for begin in range(first, last, SIZE):
            for case in cases_of(world, begin // SIZE, min(SIZE, last - begin)):
                write(case, rows)
                if case.remembered:
                    households.append((case.household, case.office.pk, case.person.email))
    with across(world.offices, reason="seed"), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', 'off', true)")
        load(rows)
        remember_many(world.hub, households)
    return last


def is_sown(hub: Hub, seed: int) -> bool:
    with across(Council.objects.filter(hub=hub), reason="look for a seed"):
        return Import.objects.filter(pk=import_of(seed)).exists()


def _write_down(world: World, enquiries: int) -> None:
    with as_council(world.hub_office):
        if Import.objects.filter(pk=world.import_id).exists():
            raise AlreadySown(f"Seed {world.seed} is in this database already.")
        Import.objects.create(
            pk=world.import_id, council_id=world.hub_office, digest=f"seed {world.seed}", rows=enquiries
        )
