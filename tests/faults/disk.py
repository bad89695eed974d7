"""PostgreSQL's data on a disk of a few megabytes, for one row: a tmpfs, mounted where its folder was."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.hub import Hub

ROOM = 48  # MB besides what is there
CHUNK = bytes(64 * 1024)


class DiskNotSmall(Exception):
    """Why no small disk could be had."""


@dataclass
class Disk:
    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while file.write(CHUNK) == len(CHUNK):
                    pass
            except OSError:
                return

    def empty(self) -> None:
        self._ballast.unlink()


@contextmanager
def small_disk(hub: Hub) -> Iterator[Disk]:
    """PostgreSQL is stopped in order for each of the two moves."""
    data = hub.postgres.data
    with hub.held_down("postgres"):
        hub.postgres.stop()
        _onto_a_small_disk(data)
        hub.postgres.start()
    try:
        yield Disk(data)
    finally:
        (data / "ballast").unlink(missing_ok=True)
        with hub.held_down("postgres"):
            hub.postgres.stop()
            _back(data)
            hub.postgres.start()


def _onto_a_small_disk(data: Path) -> None:
    aside = data.with_name("postgres.aside")
    data.rename(aside)
    data.mkdir()
    megabytes = sum(path.lstat().st_size for path in aside.rglob("*")) // 1_000_000 + ROOM
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "lafse-faults", data], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        data.rmdir()
        aside.rename(data)
        raise DiskNotSmall("a tmpfs cannot be mounted here")
    _copy(aside, data)
    shutil.rmtree(aside)


def _back(data: Path) -> None:
    aside = data.with_name("postgres.aside")
    aside.mkdir()
    _copy(data, aside)
    subprocess.run(["umount", data], check=True)
    data.rmdir()
    aside.rename(data)


def _copy(source: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", f"{source}/.", to], check=True)
    owner = source.stat()
    os.chown(to, owner.st_uid, owner.st_gid)
    to.chmod(0o700)
