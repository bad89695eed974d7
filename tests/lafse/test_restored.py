"""Real copies of a real server: restored from a folder, recovered by PostgreSQL itself. Neither sends unasked."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from lafse.services.folders import CHECKOUT, Folders
from lafse.services.passwords import password
from lafse.services.ports import LOOPBACK
from lafse.services.postgres import SUPERUSER, Postgres
from tests.lafse.clusters import Forks

MAKE = """
import django; django.setup()
from django.core.management import call_command
for app in ("councils", "outbox"):  # all that sending asks
    call_command("migrate", app, database="owner", verbosity=0)
call_command("load_hubs", verbosity=0)
call_command("release_sending", "--first")
"""
_PROGRAM = """
import django; django.setup()
from django.core.management import call_command
from councils.models import Council
from outbox import release
{first}
release.may_send(Council.objects.values_list("pk", flat=True))
print(release.refusal())
"""
SEND = _PROGRAM.format(first="")
RELEASE = _PROGRAM.format(first='call_command("release_sending", "--yes")')


class Server(Postgres):
    """Also as a standby, where nobody can be given a password."""

    def _settle_roles(self) -> None:
        if not (self.data / "standby.signal").exists():
            super()._settle_roles()


@dataclass
class Deployment:
    folder: Path
    postgres: Postgres
    hub: Forks | None = None

    @property
    def backup(self) -> Path:
        return self.folder / "backup"

    def asks(self, program: str) -> str:
        """What a process of the hub prints, its last line."""
        at = f"{LOOPBACK}:{self.postgres.port}/lafse"
        named = {
            "DATABASE_URL": f"postgres://lafse_app:{self._password('app')}@{at}",
            "DATABASE_OWNER_URL": f"postgres://lafse_owner:{self._password('owner')}@{at}",
            "REDIS_URL": "redis://localhost/0",
            "INSTANCE_ID": "restored",
            "WITNESS_PATH": str(self.folder / "witness"),
        }
        if self.hub is None:
            self.hub = Forks(**named)
        return self.hub.run(program).strip().splitlines()[-1]

    def works(self, bytes_of_log: int) -> None:
        """Life goes on: the write-ahead log grows by at least so much."""
        text = "CREATE TABLE work AS SELECT repeat('x', 1000) FROM generate_series(1, %s); DROP TABLE work"
        self._says("owner", text, bytes_of_log // 1000)

    def takes_over(self) -> None:
        self._says(SUPERUSER, "SELECT pg_promote()")

    def _says(self, role: str, statement: str, *values: object) -> None:
        user = role if role == SUPERUSER else f"lafse_{role}"
        to = f"postgres://{user}:{self._password(role)}@{LOOPBACK}:{self.postgres.port}/lafse"
        with closing(psycopg2.connect(to)) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement, values)

    def restore(self, sign: str = "", **settings: str) -> None:
        """The folder as it was when the backup was made; `sign`: the file by which PostgreSQL knows what it is."""
        self.postgres.stop()
        shutil.rmtree(self.postgres.data)
        self._copy(self.backup, self.postgres.data)
        if sign:
            (self.postgres.data / sign).touch()
            with (self.postgres.data / "postgresql.auto.conf").open("a") as file:
                file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self.postgres.start()

    def back_up(self) -> None:
        self.postgres.stop()
        self._copy(self.postgres.data, self.backup)
        self.postgres.start()

    def _copy(self, source: Path, to: Path) -> None:
        shutil.copytree(source, to)
        for path in (to, *to.rglob("*")):
            shutil.chown(path, self.postgres.folders.account.uid, self.postgres.folders.account.gid)

    def _password(self, role: str) -> str:
        return password(self.postgres.folders, role)


@pytest.fixture(scope="module")
def made() -> Iterator[Deployment]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        checkout = Path(folder) / "checkout"
        shutil.copytree(CHECKOUT / "deploy", checkout / "deploy")
        folders = Folders(checkout)
        folders.prepare()
        deployment = Deployment(Path(folder), Server(folders))
        deployment.postgres.start()
        try:
            deployment.asks(MAKE)
            deployment.back_up()
            yield deployment
        finally:
            if deployment.hub:
                deployment.hub.stop()
            deployment.postgres.stop()
            if folders.home != folders.run:
                shutil.rmtree(folders.home)


@pytest.fixture
def deployment(made: Deployment) -> Deployment:
    """One that sends, and has come further than its backup."""
    made.asks(RELEASE)
    made.works(3_000_000)
    assert made.asks(SEND) == "None"
    return made


def test_a_restored_copy_does_not_send_also_when_it_has_come_further(deployment: Deployment) -> None:
    deployment.restore()
    assert "come less far" in deployment.asks(SEND)
    deployment.works(30_000_000)
    assert "come less far" in deployment.asks(SEND)
    assert deployment.asks(RELEASE) == "None"


def test_a_recovery_of_the_log_waits_for_the_operator(deployment: Deployment) -> None:
    """As after a recovery to a point in time: a new timeline."""
    deployment.restore("recovery.signal", restore_command="false", hot_standby="off")
    assert "recovered here" in deployment.asks(SEND)
    assert deployment.asks(RELEASE) == "None"


def test_a_standby_does_not_send_and_having_taken_over_it_waits_for_the_operator(deployment: Deployment) -> None:
    deployment.restore("standby.signal")
    assert "is a standby" in deployment.asks(SEND)
    deployment.takes_over()
    assert "standby has taken over" in deployment.asks(SEND)
    assert deployment.asks(RELEASE) == "None"


def test_a_crash_is_no_restore(deployment: Deployment) -> None:
    assert deployment.postgres.child is not None
    deployment.works(3_000_000)
    assert deployment.asks(SEND) == "None"
    deployment.postgres.child.kill()
    deployment.postgres.child.wait()
    deployment.postgres.start()
    assert deployment.asks(SEND) == "None"
