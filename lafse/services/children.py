"""Our own processes: web, worker, beat and sweeper. One that dies is started again, later each time, and we say so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lafse.services.folders import Folders
from lafse.services.ports import LOOPBACK
from lafse.services.processes import end_survivors, spawn, stop
from lafse.services.progress import warn

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
HEALTHY_AFTER = 60.0  # seconds of life after which the next death counts as the first
ERASER_URL = "DATABASE_ERASER_URL"
NOT_FOR_CHILDREN = (
    "DATABASE_OWNER_URL",
    ERASER_URL,
)  # only `migrate` and the erasing process hold these


@dataclass
class Child:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(init=False)
    pause: float = SHORTEST_PAUSE
    due: float | None = None  # when to start again

    def start(self) -> None:
        self.process = spawn(self.command, log=self.log, environment=self.environment)
        self.started = time.monotonic()
        self.due = None

    def died(self) -> bool:
        return self.process.poll() is not None

    def look_after(self) -> None:
        if self.due is not None:
            if time.monotonic() >= self.due:
                self.start()
        elif self.died():
            self._plan_restart()

    def _plan_restart(self) -> None:
        if time.monotonic() - self.started > HEALTHY_AFTER:
            self.pause = SHORTEST_PAUSE
        self.due = time.monotonic() + self.pause
        how = _how(self.process.returncode)
        warn(f"{self.name} died ({how}); starting it again in {self.pause:.0f} s. See {self.log}")
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


def children(folders: Folders, environment: Mapping[str, str], port: int) -> list[Child]:
    inherited = {name: value for name, value in {**os.environ, **environment}.items() if name not in NOT_FOR_CHILDREN}
    commands = {
        "web": _web(folders, port),
        "worker": _worker(folders),
        "beat": _beat(folders),
        "sweeper": _sweeper(folders),
    }
    running = [Child(name, command, inherited, folders.log / f"{name}.log") for name, command in commands.items()]
    return [*running, *_erasers(folders, {**os.environ, **environment}, inherited)]


def _erasers(folders: Folders, given: Mapping[str, str], inherited: Mapping[str, str]) -> list[Child]:
    """The one process that holds the eraser's password; none where there is no such password."""
    password = {name: given[name] for name in (ERASER_URL,) if name in given}
    if not password:
        return []
    return [Child("eraser", _eraser(folders), {**inherited, **password}, folders.log / "eraser.log")]


def end_orphans(folders: Folders) -> None:
    """After `kill -9` of the launcher the kernel has told its children to stop; they may need a moment."""
    for mark in (_web_mark(folders), _celery_mark(folders), _sweeper_mark(folders)):
        end_survivors(Path(sys.executable).name, mark, by=signal.SIGTERM)


def stop_all(running: Sequence[Child], patience: float = 10) -> None:
    """All are asked first, so that they stop side by side."""
    started = [child for child in running if hasattr(child, "process")]
    for child in started:
        if not child.died():
            child.process.send_signal(signal.SIGTERM)
    for child in started:
        stop(child.process, patience=patience)


def _web(folders: Folders, port: int) -> list[str]:
    """Threads, because browsers open connections in advance and leave them idle: each would occupy a whole process."""
    return [
        *(sys.executable, "-m", "gunicorn", "lafse.wsgi", _web_mark(folders)),
        *(
            "--bind",
            f"{LOOPBACK}:{port}",
            "--workers",
            "2",
            "--threads",
            "4",
            "--preload",
        ),
        *("--graceful-timeout", "5", "--no-control-socket"),
    ]


def _worker(folders: Folders) -> list[str]:
    return [
        *(
            sys.executable,
            "-m",
            "celery",
            "-A",
            "lafse",
            _celery_mark(folders),
            "worker",
        ),
        *(
            "--concurrency",
            "2",
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
        ),
    ]


def _beat(folders: Folders) -> list[str]:
    """Its schedule file is a cache that `kill -9` can spoil; the schedule itself is in the settings."""
    schedule = folders.run / "beat-schedule"
    for path in folders.run.glob(f"{schedule.name}*"):
        path.unlink()
    return [
        *(sys.executable, "-m", "celery", "-A", "lafse", _celery_mark(folders), "beat"),
        *("--loglevel", "INFO", "--pidfile", "", "--schedule", str(schedule)),
    ]


def _sweeper(folders: Folders) -> list[str]:
    return [sys.executable, "-m", "django", "sweep_outbox", _sweeper_mark(folders), "--settings=lafse.settings"]


def _eraser(folders: Folders) -> list[str]:
    return [
        *(sys.executable, "-m", "django", "erase", "--pending", "--every", "20"),
        *(_sweeper_mark(folders), "--settings=lafse.settings"),
    ]


def _web_mark(folders: Folders) -> str:
    return f"--chdir={folders.checkout}"


def _celery_mark(folders: Folders) -> str:
    return f"--workdir={folders.checkout}"


def _sweeper_mark(folders: Folders) -> str:
    return f"--pythonpath={folders.checkout}"


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
