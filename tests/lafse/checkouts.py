"""Checkouts of our own for tests of the embedded services: real folders, real processes."""

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
OF_THE_TEST_RUN = {
    *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ERASER_URL", "REDIS_URL"),
    *("SECRET_KEY", "DEV_MAILBOX", "BASE_URL", "PORT", "PYTHONPATH", "INSTANCE_ID", "WITNESS_PATH"),
    "ERASURE_LEDGER",
}


@dataclass
class Checkout:
    folder: Path
    uid: int | None = None  # whom the commands run as, when not us

    @property
    def run_folder(self) -> Path:
        return self.folder / ".run"

    @property
    def home(self) -> Path:
        """Where the servers' data lie."""
        note = self.run_folder / "home"
        return Path(note.read_text().strip()) if note.exists() else self.run_folder

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
        return subprocess.Popen(
            [self._python(), "-m", "lafse.services", *arguments],
            cwd=self.folder,
            env={**inherited, "PYTHONPATH": sysconfig.get_path("purelib")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            user=self.uid,
            group=self.uid,
            extra_groups=None if self.uid is None else [],
        )

    @contextmanager
    def in_use(self) -> Iterator[dict[str, str]]:
        """A command that uses the services until the block ends. Gives the environment it saw."""
        with self.start("exec", "--", "sh", "-c", "env; echo; read _") as command:
            try:
                yield self._environment_of(command)
            finally:
                command.communicate("\n")

    def begin_using(self) -> tuple[subprocess.Popen[str], dict[str, str]]:
        command = self.start("exec", "--", "sh", "-c", "env; echo; read _")
        return command, self._environment_of(command)

    def _python(self) -> str:
        """Ours may lie under /root, closed to others; the system's, with our packages, then does as well."""
        closed = self.uid is not None and not _is_open(Path(sys.executable).resolve())
        return "/usr/bin/python3" if closed else sys.executable

    def _environment_of(self, command: subprocess.Popen[str]) -> dict[str, str]:
        assert command.stdout
        assert command.stderr
        environment: dict[str, str] = {}
        for line in command.stdout:
            if line == "\n":
                return environment
            name, _, value = line.rstrip("\n").partition("=")
            environment[name] = value
        raise AssertionError(f"the command ended: {command.stderr.read()}")

    def processes(self) -> dict[int, list[str]]:
        """Everything on this machine that was started with a path of this checkout, or works in it."""
        found = {int(entry.name): _command_line(entry) for entry in Path("/proc").iterdir() if entry.name.isdecimal()}
        marks = (f"{self.folder}/", f"{self.home}/")
        keeper = {self.keeper_pid()} if (self.run_folder / "keeper.pid").exists() else set()
        return {
            pid: words
            for pid, words in found.items()
            if words != [""] and (pid in keeper or any(mark in f"{word}/" for word in words for mark in marks))
        }

    def keeper_pid(self) -> int:
        return int((self.run_folder / "keeper.pid").read_text())

    def kill_everything(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)


@contextmanager
def checkout(folder: Path, uid: int | None = None) -> Iterator[Checkout]:
    shutil.copytree(REPOSITORY / "lafse/services", folder / "lafse/services")
    shutil.copy(REPOSITORY / "lafse/misspelt.py", folder / "lafse/misspelt.py")  # they read .env with it
    shutil.copytree(REPOSITORY / "deploy", folder / "deploy")
    (folder / "lafse/__init__.py").touch()
    if uid is not None:
        _give(folder, uid)
    made = Checkout(folder, uid)
    try:
        yield made
    finally:
        made.start("forget").communicate()


def _give(folder: Path, uid: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, uid)


def _is_open(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))


def _command_line(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return [""]
