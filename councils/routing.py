"""Which council answers for a postcode: `route("SO23 8UJ")`.

No outside service is called and, as a rule, no SQL is run while a person waits: hubs, councils, areas and
overrides are held in the process, and the postcode directory is a mapped file. Every five seconds at most, one
small query asks whether they have changed, and what day it is.
"""

import threading
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import inf
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from councils.models import Area, Council, CouncilArea, CouncilKind, Hub, PostcodeOverride, PostcodeRelease
from councils.postcodes import Directory
from councils.routes import (
    AreaRef,
    AskedArea,
    Assignment,
    CouncilRef,
    HubRef,
    Outcome,
    Override,
    Route,
    Signpost,
    Snapshot,
    UnknownHub,
    decide,
    view_of,
)

__all__ = [
    "AskedArea",
    "NoDirectory",
    "Outcome",
    "Route",
    "Signpost",
    "UnknownHub",
    "directory",
    "forget",
    "recheck",
    "release_in_use",
    "route",
]

LONDON = ZoneInfo("Europe/London")
SECONDS_BETWEEN_CHECKS = 5.0


class NoDirectory(Exception):
    """No postcode release is loaded on this machine."""


@dataclass(frozen=True)
class _Held:
    """What this process answers from. `mark` tells one state of the tables from every other."""

    mark: tuple[int, str]
    today: date
    checked: float
    snapshot: Snapshot
    directory: Directory
    path: str


_held: _Held | None = None
_refreshing = threading.Lock()


def route(postcode: str, *, hub: str | None = None, on: date | None = None) -> Route:
    """`hub` is a slug, by default the deployment's own; `on` is a day, by default today in London."""
    held = _current()
    return decide(postcode, view_of(held.snapshot, hub or settings.DEFAULT_HUB, on or held.today), held.directory)


def directory() -> Directory:
    """The active release, for grid references."""
    return _current().directory


def release_in_use() -> str:
    """Its name as this process last saw it: every page asks, and none needs a query for it."""
    return (_held or _refreshed()).directory.release


def recheck() -> None:
    """Look for changes at the next question, after one that must be seen at once."""
    global _held
    if _held:
        _held = replace(_held, checked=-inf)


def forget() -> None:
    """Start from nothing at the next question, as a new process does."""
    global _held
    _held = None


def _current() -> _Held:
    held = _held
    if held and monotonic() - held.checked < SECONDS_BETWEEN_CHECKS:
        return held
    return _refreshed()


def _refreshed() -> _Held:
    global _held
    with _refreshing:
        mark, now = _mark()
        before = _held
        if before and before.mark == mark:
            snapshot, path, opened = before.snapshot, before.path, before.directory
        else:
            snapshot = _read_snapshot(mark[0])
            path, opened = _open_active(before)
        _held = _Held(mark, now.astimezone(LONDON).date(), monotonic(), snapshot, opened, path)
        return _held


def _mark() -> tuple[tuple[int, str], datetime]:
    """The version, and the transaction that set it: after a rollback the next change gets the same number again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version, xmin::text, hub_now() FROM councils_routingversion")
        version, transaction, now = cursor.fetchone()
    return (version, transaction), now


def _open_active(before: _Held | None) -> tuple[str, Directory]:
    """A machine that has not built the new release yet goes on with the one that it has open."""
    path = PostcodeRelease.objects.filter(active=True).values_list("path", flat=True).first()
    if before and before.path == path:
        return before.path, before.directory
    whole = Path(settings.DATA_DIR) / path if path else None
    if path and whole and whole.exists():
        return path, Directory(whole)
    if before:
        return before.path, before.directory
    raise NoDirectory("No postcode directory is loaded here. Run: manage.py load_postcodes")


def _read_snapshot(version: int) -> Snapshot:
    hubs = {hub.pk: HubRef(hub.slug, hub.name, hub.phone, hub.website) for hub in Hub.objects.all()}
    councils = {
        each.pk: CouncilRef(
            each.pk, each.slug, each.name, hubs[each.hub_id], each.authority_code, each.phone, each.website
        )
        for each in Council.objects.filter(kind=CouncilKind.COUNCIL)
    }
    return Snapshot(
        version=version,
        hubs=tuple(hubs.values()),
        areas=tuple(AreaRef(a.code, a.name, a.authority_code, a.authority_name) for a in Area.objects.all()),
        assignments=tuple(
            Assignment(each.area_code, councils[each.council_id], each.valid_from, each.valid_to)
            for each in CouncilArea.objects.filter(council__kind=CouncilKind.COUNCIL)
        ),
        overrides=tuple(
            Override(each.postcode, councils[each.council_id], each.reason, each.valid_from, each.valid_to)
            for each in PostcodeOverride.objects.filter(council__kind=CouncilKind.COUNCIL)
        ),
    )
