import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from lafse.services.failures import CannotStart
from lafse.services.folders import Folders
from lafse.services.logs import tail
from lafse.services.passwords import password, write_secret
from lafse.services.ports import LOOPBACK, remembered_port
from lafse.services.processes import end_survivors, spawn, stop
from lafse.services.programs import postgres_programs

ROLES_SQL = "deploy/roles.sql"
SUPERUSER = "postgres"
STATUS_LINE = 7  # of postmaster.pid: "starting", then "ready"

# A statement or a row in an error message is somebody's name and address: neither reaches the log.
QUIET_ABOUT_PEOPLE = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
}

# For `seed_demo` and the benchmarks, whose keys fall everywhere in the indexes: after each checkpoint the first change
# of a page writes the whole page to the log, so checkpoints come seldom, and the indexes in work stay in memory.
ROOM_TO_WRITE = {
    "shared_buffers": "512MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "wal_compression": "pglz",
}


class Postgres:
    name = "postgres"

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.programs = postgres_programs(folders)
        self.data = folders.home / "postgres"
        self.log = folders.log / "postgres.log"
        self.port = 0
        self.child: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 60) -> None:
        """Returns when it answers. A crash is recovered by PostgreSQL itself from its write-ahead log."""
        self._clear_the_way()
        if not self.data.exists():
            self._initialise()
        self.port = remembered_port(self.folders, self.name)
        self.child = self._serve()
        self._wait_until_ready(patience)
        self._settle_roles()

    def stop(self) -> None:
        if self.child:
            stop(self.child, by=signal.SIGINT)  # "fast": SIGTERM would wait for every connection to close

    def died(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    def _clear_the_way(self) -> None:
        """A stale postmaster.pid stops a start when its number is in use again, so we judge it, not PostgreSQL."""
        end_survivors("postgres", self.data, by=signal.SIGINT)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _initialise(self) -> None:
        """Into a draft folder: a folder that is half made must not be taken for a database."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        self.folders.account.own(draft, 0o700)
        password_file = self.folders.home / "superuser-password"
        write_secret(password_file, password(self.folders, SUPERUSER))
        self.folders.account.own(password_file, 0o600)
        try:
            self._initdb(draft, password_file)
        finally:
            password_file.unlink()
        draft.replace(self.data)

    def _initdb(self, data: Path, password_file: Path) -> None:
        child = spawn(
            [
                self.programs / "initdb",
                f"--pgdata={data}",
                f"--username={SUPERUSER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
            ],
            log=self.log,
            account=self.folders.account,
            folder=self.folders.home,
        )
        if child.wait() != 0:
            raise CannotStart(
                f"PostgreSQL could not create its data folder. The end of {self.log}:\n{tail(self.log, 5)}"
            )

    def _serve(self) -> subprocess.Popen[bytes]:
        settings = {
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "100",
            **ROOM_TO_WRITE,
            **QUIET_ABOUT_PEOPLE,
        }
        return spawn(
            [
                *(
                    self.programs / "postgres",
                    "-D",
                    self.data,
                    "-h",
                    LOOPBACK,
                    "-p",
                    str(self.port),
                    "-k",
                    "",
                ),
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            log=self.log,
            when_parent_dies=signal.SIGINT,
            account=self.folders.account,
            folder=self.folders.home,
        )

    def _wait_until_ready(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        while not self._is_ready():
            if self.died() or time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL did not start. The end of {self.log}:\n{tail(self.log, 5)}")
            time.sleep(0.02)

    def _is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"

    def _settle_roles(self) -> None:
        passwords = {
            f"LAFSE_{role.upper()}_PASSWORD": password(self.folders, role) for role in ("owner", "app", "eraser")
        }
        connection = {
            "PGHOST": LOOPBACK,
            "PGPORT": str(self.port),
            "PGUSER": SUPERUSER,
            "PGDATABASE": "postgres",
            "PGPASSWORD": password(self.folders, SUPERUSER),
        }
        done = subprocess.run(
            [
                self.programs / "psql",
                "--no-psqlrc",
                "--quiet",
                "--file",
                self.folders.checkout / ROLES_SQL,
            ],
            env={**os.environ, **connection, **passwords},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise CannotStart(f"PostgreSQL refused its roles: {done.stderr.strip()}")
