"""A whole hub in a scratch folder: PostgreSQL, Valkey, web, worker, beat and sweeper, each a process to be killed.

A supervisor starts again what died, as `make run` and every deployment do; what a row holds down stays down.
"""

import os
import secrets
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lafse.services.children import Child
from lafse.services.failures import CannotStart
from lafse.services.folders import CHECKOUT, Folders
from lafse.services.passwords import password
from lafse.services.ports import LOOPBACK
from lafse.services.postgres import Postgres
from lafse.services.processes import kill_group, stop
from lafse.services.valkey import Valkey
from tests.faults.bugs import BUG
from tests.faults.mail import MailServer
from tests.faults.truth import Truth
from tests.faults.waiting import answers, free_port

OURS = ("web", "worker", "beat", "sweeper")
SENDERS = 3  # two of the worker and the sweeper
PYTHON = [sys.executable, "-m"]
CELERY = [*PYTHON, "celery", "-A", "lafse"]


class Hub:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folders = Folders(folder / "checkout")
        shutil.copytree(CHECKOUT / "deploy", self.folders.checkout / "deploy")
        self.folders.prepare()
        self.failpoints = folder / "failpoints"
        self.failpoints.mkdir()
        self.mail = MailServer(folder / "mail", free_port())
        self.port = free_port()
        self.postgres, self.valkey = Postgres(self.folders), Valkey(self.folders)
        self.servers: dict[str, Postgres | Valkey] = {"postgres": self.postgres, "valkey": self.valkey}
        self.truth = Truth(self.folders, self.postgres)
        self.children: dict[str, Child] = {}
        self._secret = secrets.token_urlsafe(40)
        self._held: set[str] = set()
        self._over = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)
        self._busy = threading.Lock()

    # --- life

    def start_servers(self) -> None:
        self.mail.start()
        self.postgres.start()
        self.valkey.start()

    def start_processes(self) -> None:
        for name in OURS:
            self.children[name] = self._child(name)
            self.children[name].start()
        self._supervisor.start()
        answers(self.port, within=60)

    def end(self) -> None:
        self._over.set()
        if self._supervisor.is_alive():
            self._supervisor.join()
        for child in self.children.values():
            kill_group(child.process)
            child.process.wait()
        for server in (self.valkey, self.postgres):
            server.stop()
        self.mail.stop()

    def environment(self, name: str, **more: str) -> dict[str, str]:
        """`PGAPPNAME` tells whose a PostgreSQL backend is."""
        inherited = {key: value for key, value in os.environ.items() if key not in _OF_OTHERS}
        at = f"{LOOPBACK}:{self.postgres.port}/lafse"
        return {
            **inherited,
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": f"postgres://lafse_app:{password(self.folders, 'app')}@{at}",
            "REDIS_URL": f"redis://:{password(self.folders, 'valkey')}@{LOOPBACK}:{self.valkey.port}/0",
            "SECRET_KEY": self._secret,
            "DEBUG": "1",
            "PLAIN_STATIC": "1",
            "EMAIL_URL": self.mail.url,
            "INSTANCE_ID": "faults",
            "WITNESS_PATH": str(self.folder / "witness"),
            "SSL_CERT_FILE": str(self.mail.trusted),
            "FAILPOINTS": str(self.failpoints),
            "PGAPPNAME": name,
            **_WITHOUT_LIMITS,
            **more,
        }

    @property
    def owner_url(self) -> str:
        return f"postgres://lafse_owner:{password(self.folders, 'owner')}@{LOOPBACK}:{self.postgres.port}/lafse"

    def _child(self, name: str, **more: str) -> Child:
        kind = name.split("-")[0]
        commands = {
            "web": [
                *(*PYTHON, "gunicorn", "lafse.wsgi", "--bind", f"{LOOPBACK}:{self.port}", "--preload"),
                *("--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"),
            ],
            "worker": [*CELERY, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"],
            "beat": [*CELERY, "beat", "--pidfile", "", "--schedule", str(self.folder / f"{name}-schedule")],
            "sweeper": [sys.executable, "manage.py", "sweep_outbox", "--every", "0.5", "--overdue", "1"],
        }
        return Child(name, commands[kind], self.environment(name, **more), self.folder / f"{name}.log")

    # --- supervision

    def _supervise(self) -> None:
        while not self._over.wait(0.1):
            with self._busy:
                self._look_after()

    def _look_after(self) -> None:
        for name, server in self.servers.items():
            if name not in self._held and server.died():
                try:
                    server.start(patience=20)
                except CannotStart:
                    time.sleep(0.3)  # a full disk, say; it is tried again
        for name, child in self.children.items():
            if name not in self._held:
                child.pause = 0.3  # a deployment's grows; rows must not wait for each other's
                child.look_after()

    @contextmanager
    def held_down(self, *names: str) -> Iterator[None]:
        with self._busy:
            self._held |= set(names)
        yield
        with self._busy:
            self._held -= set(names)

    # --- breaking

    def kill(self, *names: str) -> None:
        """kill -9, of a program and the processes that it has started."""
        for name in names:
            if name in self.servers:
                self._kill_server(self.servers[name])
            else:
                kill_group(self.children[name].process)

    def _kill_server(self, server: Postgres | Valkey) -> None:
        assert server.child
        os.kill(server.child.pid, signal.SIGKILL)

    def kill_and_wait(self, name: str) -> None:
        """Until it answers again."""
        with self._busy:
            self._kill_server(self.servers[name])
            self.servers[name].child.wait()  # type: ignore[union-attr]  # it was started
            self.servers[name].start()

    def arm(self, place: str, by: signal.Signals) -> None:
        (self.failpoints / place).write_text(by.name)

    def has_fired(self, place: str) -> bool:
        return not (self.failpoints / place).exists()

    def disarm(self) -> None:
        for order in self.failpoints.iterdir():
            order.unlink(missing_ok=True)
        for pid in self.stopped():
            os.kill(pid, signal.SIGCONT)

    def stopped(self) -> list[int]:
        """Processes of ours that a SIGSTOP holds."""
        groups = {child.process.pid for child in self.children.values()}
        return [pid for pid, group, state in _processes() if group in groups and state == "T"]

    def again(self, *names: str, bug: str = "") -> None:
        """Started anew, with a deliberate bug or without."""
        with self._busy:
            for name in names:
                kill_group(self.children[name].process)
                self.children[name].process.wait()
                self.children[name] = self._child(name, **({BUG: bug} if bug else {}))
                self.children[name].start()
        answers(self.port, within=60)

    def also_runs(self, name: str) -> None:
        """One more of a kind: "beat-2"."""
        child = self._child(name)
        child.start()
        with self._busy:
            self.children[name] = child

    def no_longer_runs(self, name: str) -> None:
        with self._busy:
            stop(self.children.pop(name).process)


_OF_OTHERS = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ERASER_URL", "DEV_MAILBOX", "PORT", "PYTEST_CURRENT_TEST"}
_WITHOUT_LIMITS = dict.fromkeys(("POSTS_PER_NETWORK", "FORMS_PER_NETWORK", "POSTS_PER_FORM"), "1000000")


def _processes() -> Iterator[tuple[int, int, str]]:
    """Process, its group, and its state in a letter."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            yield int(entry.name), int(after_name[2]), after_name[0]
