"""Loading a release: build its index where it is missing, and make it the active one."""

import calendar
import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from councils.models import PostcodeRelease
from councils.postcodes import building
from councils.postcodes.directory import DamagedDirectory, Directory
from councils.postcodes.following import FOLDER, follow
from councils.postcodes.sources import Source


class ReleaseMissingHere(Exception):
    """The active release came from a zip that this machine has not got."""


@dataclass(frozen=True)
class Loaded:
    release: str
    rows: int
    built: bool
    activated: bool


def load(source: Source, *, force: bool = False) -> Loaded:
    """Safe to run again and by several processes at once: what is current is left alone."""
    path, built = indexed(source, force=force)
    index = Directory(path)
    follow(index)
    return Loaded(index.release, index.rows, built, activated=_activate(index, f"{FOLDER}/{path.name}"))


def indexed(source: Source, *, force: bool = False) -> tuple[Path, bool]:
    """The index file of a source, and whether it had to be built."""
    path = Path(settings.DATA_DIR) / FOLDER / building.file_name(source)
    with _only_one(path.parent):
        missing = force or not _is_whole(path)
        if missing:
            building.build(source, path)
    return path, missing


def newer_than(source: Source) -> Directory | None:
    """The active release, when somebody has loaded a later one than this source carries."""
    active = PostcodeRelease.objects.filter(active=True).first()
    if active is None or active.sha256 == source.digest or not _published(active.name) > _published(source.release):
        return None
    path = Path(settings.DATA_DIR) / active.path
    if not _is_whole(path):
        raise ReleaseMissingHere(f"{active.name} is active but not here. Run: manage.py load_postcodes --zip FILE")
    return Directory(path)


def _published(name: str) -> tuple[int, int]:
    """Year and month of "ONSPD November 2025"; a name without them counts as the oldest."""
    found = re.search(r"([A-Z][a-z]+) (\d{4})", name)
    months = list(calendar.month_name)
    return (int(found[2]), months.index(found[1])) if found and found[1] in months else (0, 0)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_whole(path: Path) -> bool:
    try:
        Directory(path)
    except (FileNotFoundError, DamagedDirectory, ValueError):  # an empty file cannot be mapped
        return False
    return True


@transaction.atomic
def _activate(index: Directory, path: str) -> bool:
    """Whether anything changed; an unchanged row leaves the routing version alone."""
    values = {"rows": index.rows, "sha256": index.source, "path": path, "active": True}
    if PostcodeRelease.objects.filter(name=index.release, **values).exists():
        return False
    PostcodeRelease.objects.filter(active=True).update(active=False)
    PostcodeRelease.objects.update_or_create(name=index.release, defaults=values)
    return True
