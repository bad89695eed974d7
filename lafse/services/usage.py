"""Who uses the embedded services. Two file locks tell, and the kernel lets go of them even after `kill -9`.

`keeper.lock` is held by the living keeper. `usage.lock` is shared by everybody who needs the services; the keeper asks
for it exclusively, gets it when nobody is left, and then stops the servers.
"""

import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

from lafse.services.failures import CannotStart
from lafse.services.folders import CHECKOUT, Folders
from lafse.services.given import is_given
from lafse.services.logs import tail
from lafse.services.passwords import password
from lafse.services.ports import LOOPBACK

PATIENCE = 90  # seconds for initdb on a slow disk


def wanted() -> bool:
    """DATABASE_URL, in the environment or in .env, names a real server."""
    return not is_given("DATABASE_URL")


@cache
def use() -> "Usage":
    """Start or share the services, for as long as this process lives."""
    return Usage(Folders())


class Usage:
    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self._keeper: subprocess.Popen[bytes] | None = None
        folders.prepare()
        with locked(folders.start_lock):
            self._share = folders.usage_lock.open("a")
            fcntl.flock(self._share, fcntl.LOCK_SH)  # waits for a keeper that is stopping just now
            self._start_keeper_unless_one_lives()

    def ensure(self) -> bool:
        """After a keeper's sudden death. True if there was one to start."""
        with locked(self.folders.start_lock):
            return self._start_keeper_unless_one_lives()

    def _start_keeper_unless_one_lives(self) -> bool:
        if is_locked(self.folders.keeper_lock):
            self._wait_until_ready()
            return False
        services_file(self.folders).unlink(missing_ok=True)
        self._keeper = _start_keeper(self.folders)
        self._wait_until_ready()
        return True

    def end(self, patience: float = 15) -> None:
        """Let go. If nobody else uses the services, return when they have stopped."""
        self._share.close()
        deadline = time.monotonic() + patience
        while is_locked(self.folders.keeper_lock) and time.monotonic() < deadline:
            if _is_shared(self.folders.usage_lock):
                return
            time.sleep(0.02)
        if self._keeper:
            self._keeper.wait(patience)

    @property
    def environment(self) -> dict[str, str]:
        """What settings read, less what is given by the environment or .env."""
        ports: dict[str, int] = json.loads(services_file(self.folders).read_text())
        address = f"{LOOPBACK}:{ports['postgres']}/lafse"
        variables = {
            "DATABASE_URL": f"postgres://lafse_app:{password(self.folders, 'app')}@{address}",
            "DATABASE_OWNER_URL": f"postgres://lafse_owner:{password(self.folders, 'owner')}@{address}",
            "DATABASE_ERASER_URL": f"postgres://lafse_eraser:{password(self.folders, 'eraser')}@{address}",
            "REDIS_URL": f"redis://:{password(self.folders, 'valkey')}@{LOOPBACK}:{ports['valkey']}/0",
            "SECRET_KEY": password(self.folders, "secret-key"),
            "DEV_MAILBOX": "1",
            **of_this_checkout(self.folders),
        }
        return {name: value for name, value in variables.items() if not is_given(name)}

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not services_file(self.folders).exists():
            if time.monotonic() > deadline or (self._keeper and self._keeper.poll() is not None):
                raise CannotStart(f"The embedded services did not start.\n{tail(self.folders.log / 'keeper.log')}")
            time.sleep(0.02)


def of_this_checkout(folders: Folders) -> dict[str, str]:
    """What a deployment is known by: sending asks whether it is still the same one (outbox.release). And where it
    writes down what a restored backup must not bring back (enquiries.rights.ledger)."""
    return {
        "INSTANCE_ID": "make-run",
        "WITNESS_PATH": str(folders.run / "witness"),
        "ERASURE_LEDGER": str(folders.run / "erasures"),
    }


def services_file(folders: Folders) -> Path:
    """Written by the keeper when both servers answer: their ports."""
    return folders.run / "services.json"


@contextmanager
def locked(path: Path) -> Iterator[IO[str]]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def is_locked(path: Path) -> bool:
    """Held exclusively by another process."""
    return not _may_have(path, fcntl.LOCK_SH)


def _is_shared(path: Path) -> bool:
    return is_held(path) and not is_locked(path)


def is_held(path: Path) -> bool:
    return not _may_have(path, fcntl.LOCK_EX)


def _may_have(path: Path, kind: int) -> bool:
    with path.open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _start_keeper(folders: Folders) -> subprocess.Popen[bytes]:
    """In a session of its own and not tied to us: another command may still need the services when we end."""
    with (folders.log / "keeper.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "lafse.services", "keep"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=CHECKOUT,
        )
