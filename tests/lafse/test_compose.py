"""Every service of docker-compose.yml, without Docker: its command, environment and health check, word for word.

PostgreSQL is Debian's. Only what an image's entry point adds (a data folder, a port) is added here.
"""

import json
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lafse.services.account import Account
from lafse.services.folders import Folders
from lafse.services.processes import spawn, stop
from lafse.services.programs import valkey_program
from tests.lafse.checkouts import REPOSITORY
from tests.lafse.compose import Service, filled_in, services

pytestmark = [pytest.mark.compose, pytest.mark.xdist_group("compose")]

PASSWORDS = ("POSTGRES", "LAFSE_OWNER", "LAFSE_APP", "LAFSE_ERASER", "VALKEY")
PORTS = ("POSTGRES", "VALKEY", "WEB", "PROXY")


class Stage:
    """Where the services run: a folder, free ports, made-up passwords, the programs' paths."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {name: _free_port() for name in PORTS}
        self.services = services(self._values())

    def _values(self) -> dict[str, str]:
        host = "127.0.0.1"
        return {
            **{f"{name}_PASSWORD": secrets.token_urlsafe(24) for name in PASSWORDS},
            **{f"{name}_PORT": str(port) for name, port in self.ports.items()},
            **{f"{name}_AT": f"{host}:{self.ports[name]}" for name in ("POSTGRES", "VALKEY", "WEB")},
            **{"SECRET_KEY": secrets.token_urlsafe(64), "DATA_DIR": str(self.folder / "data")},
            **{"BASE_URL": "https://hub.example.org", "ALLOWED_HOSTS": "hub.example.org"},
            **{"EMAIL_URL": "smtp://localhost:25", "MAIL_DOMAIN": "hub.example.org"},
            **{"INSTANCE_ID": "composed", "WITNESS_PATH": str(self.folder / "witness")},
            **{"DEFAULT_FROM_EMAIL": "no-reply@hub.example.org", "VALKEY_BIND": host},
        }

    def environment(self, service: Service) -> dict[str, str]:
        """The service's own and nothing of ours but the path to programs."""
        folders = (Path(sys.executable).parent, self.folder / "programs", postgres_programs())
        path = os.pathsep.join([*map(str, folders), os.environ["PATH"]])
        loopback = f"--bind 127.0.0.1:{self.ports['WEB']}"  # gunicorn would listen on every network
        added = {"PATH": path, "PGPORT": str(self.ports["POSTGRES"]), "GUNICORN_CMD_ARGS": loopback}
        return {**service.environment, **added}

    @contextmanager
    def running(self, name: str, *, added: tuple[str, ...] = (), account: Account | None = None) -> Iterator[Service]:
        service = self.services[name]
        child = spawn(
            [*service.command, *added],
            log=self.folder / f"{name}.log",
            environment=self.environment(service),
            account=account,
            folder=REPOSITORY if account is None else self.folder,
        )
        try:
            self.wait_until_healthy(name, child)
            yield service
        finally:
            stop(child, patience=20)

    def wait_until_healthy(self, name: str, child: subprocess.Popen[bytes], patience: float = 60) -> None:
        deadline = time.monotonic() + patience
        while (said := self.check(name)).returncode != 0:
            log = (self.folder / f"{name}.log").read_text()[-2000:]
            assert child.poll() is None, log
            assert time.monotonic() < deadline, f"{said.stderr}\n{log}"
            time.sleep(0.2)

    def check(self, name: str) -> subprocess.CompletedProcess[str]:
        service = self.services[name]
        environment = self.environment(service)
        return subprocess.run(
            service.healthcheck, env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=False
        )


def postgres_programs() -> Path:
    for program in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        return program.parent
    pytest.skip("Debian's PostgreSQL is not installed (apt install postgresql)")


def servers_account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    entry = pwd.getpwnam("postgres")
    return Account(entry.pw_uid, entry.pw_gid)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="compose-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        _link_programs(folder / "programs")
        yield Stage(folder)


def _link_programs(folder: Path) -> None:
    folder.mkdir()
    (folder / "valkey-server").symlink_to(valkey_program(Folders()))
    if redis_cli := shutil.which("redis-cli"):
        (folder / "valkey-cli").symlink_to(redis_cli)


@pytest.fixture(scope="module")
def postgres(stage: Stage) -> Iterator[None]:
    data = stage.folder / "postgres"
    data.mkdir()
    servers_account().own(data, 0o700)
    service = stage.services["postgres"]
    _initdb(stage, service, data)
    added = ("-D", str(data), "-p", str(stage.ports["POSTGRES"]), "-h", "127.0.0.1", "-k", "")
    with stage.running("postgres", added=added, account=servers_account()):
        _set_up_roles(stage, service)
        yield


def _initdb(stage: Stage, service: Service, data: Path) -> None:
    password = stage.folder / "password"
    password.write_text(service.environment["POSTGRES_PASSWORD"])
    servers_account().own(password, 0o600)
    arguments = service.environment["POSTGRES_INITDB_ARGS"].split()
    command = ["initdb", *arguments, f"--pgdata={data}", "--username=postgres", f"--pwfile={password}"]
    environment = stage.environment(service)
    log = stage.folder / "initdb.log"
    made = spawn(
        [postgres_programs() / command[0], *command[1:]],
        log=log,
        environment=environment,
        account=servers_account(),
        folder=stage.folder,
    )
    assert made.wait() == 0, log.read_text()


def _set_up_roles(stage: Stage, service: Service) -> None:
    """As the image's entry point runs a file of /docker-entrypoint-initdb.d."""
    connection = {"PGHOST": "127.0.0.1", "PGUSER": "postgres", "PGPASSWORD": service.environment["POSTGRES_PASSWORD"]}
    subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--file", REPOSITORY / "deploy/roles.sql"],
        env={**stage.environment(service), **connection},
        check=True,
    )


@pytest.fixture(scope="module")
def valkey(stage: Stage) -> Iterator[None]:
    service = stage.services["valkey"]
    child = spawn(
        service.command, log=stage.folder / "valkey.log", environment=stage.environment(service), folder=stage.folder
    )
    try:
        _wait_for_port(stage.ports["VALKEY"])
        yield
    finally:
        stop(child)


@pytest.fixture(scope="module")
def migrated(stage: Stage, postgres: None, valkey: None) -> None:
    service = stage.services["migrate"]
    done = subprocess.run(
        service.command, env=stage.environment(service), cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def web(stage: Stage, migrated: None) -> Iterator[None]:
    with stage.running("web"):
        yield


def test_valkey_is_healthy_with_its_password_only(stage: Stage, valkey: None) -> None:
    if not shutil.which("redis-cli"):
        pytest.skip("the health check needs valkey-cli or redis-cli (apt install redis-tools)")
    assert stage.check("valkey").returncode == 0
    service = stage.services["valkey"]
    without = {**stage.environment(service), "REDISCLI_AUTH": ""}
    assert subprocess.run(service.healthcheck, env=without, capture_output=True, check=False).returncode != 0


def test_valkey_listens_on_loopback_only(stage: Stage, valkey: None) -> None:
    table = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    at = f":{stage.ports['VALKEY']:04X}"
    rows = [line.split() for line in table.splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(at)]
    assert listening == [f"0100007F{at}"]


STARTER = """
import json, sys, time
from pathlib import Path
from lafse.services.processes import spawn
command, environment, folder = json.load(sys.stdin)
spawn(command, log=Path(folder, "valkey.log"), environment=environment, folder=Path(folder))
sys.stdin.close()
time.sleep(60)
"""


def test_valkey_dies_with_whoever_started_it(tmp_path: Path) -> None:
    """The signal reaches the server itself: no shell stands in between and keeps it."""
    _link_programs(tmp_path / "programs")
    stage = Stage(tmp_path)
    service = stage.services["valkey"]
    told = json.dumps([service.command, stage.environment(service), str(tmp_path)])
    starter = subprocess.Popen([sys.executable, "-c", STARTER], stdin=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert starter.stdin
    with starter.stdin as told_to:
        told_to.write(told)
    _wait_for_port(stage.ports["VALKEY"])
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    _wait_for_port(stage.ports["VALKEY"], listening=False)


def test_migrating_twice_does_no_harm(stage: Stage, migrated: None) -> None:
    service = stage.services["migrate"]
    subprocess.run(service.command, env=stage.environment(service), cwd=REPOSITORY, capture_output=True, check=True)


def test_the_web_process_becomes_healthy(stage: Stage, web: None) -> None:
    assert stage.check("web").returncode == 0


def test_the_worker_becomes_healthy(stage: Stage, migrated: None) -> None:
    with stage.running("worker"):
        assert stage.check("worker").returncode == 0


def test_beat_becomes_healthy(stage: Stage, migrated: None) -> None:
    for left_over in Path(tempfile.gettempdir()).glob("beat-schedule*"):
        left_over.unlink()
    with stage.running("beat"):
        assert stage.check("beat").returncode == 0


def test_the_sweeper_becomes_healthy(stage: Stage, migrated: None) -> None:
    (Path(tempfile.gettempdir()) / "sweeper-alive").unlink(missing_ok=True)
    with stage.running("sweeper"):
        assert stage.check("sweeper").returncode == 0


def test_the_eraser_becomes_healthy(stage: Stage, migrated: None) -> None:
    (Path(tempfile.gettempdir()) / "eraser-alive").unlink(missing_ok=True)
    with stage.running("eraser"):
        assert stage.check("eraser").returncode == 0


def test_only_the_eraser_holds_the_erasers_password(stage: Stage) -> None:
    holders = [name for name, service in stage.services.items() if "DATABASE_ERASER_URL" in service.environment]
    assert holders == ["eraser"]


def test_only_migrate_holds_the_owners_password(stage: Stage) -> None:
    holders = [name for name, service in stage.services.items() if "DATABASE_OWNER_URL" in service.environment]
    assert holders == ["migrate"]


def test_the_proxy_passes_requests_to_the_web_process(stage: Stage, web: None) -> None:
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed (apt install nginx)")
    service = stage.services["proxy"]
    configuration = stage.folder / "nginx.conf"
    listen = f"127.0.0.1:{stage.ports['PROXY']}"
    values = {**service.environment, "LISTEN": listen, "NGINX_LOCAL_RESOLVERS": "127.0.0.1"}
    site = (REPOSITORY / "deploy/nginx.conf.template").read_text()
    site = re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], site)
    configuration.write_text(f"daemon off; pid {stage.folder}/nginx.pid; events {{}}\nhttp {{ {site} }}\n")
    proxy = spawn(["nginx", "-c", configuration], log=stage.folder / "proxy.log")
    try:
        stage.wait_until_healthy("proxy", proxy)
    finally:
        stop(proxy)


def test_a_missing_value_stops_the_start() -> None:
    with pytest.raises(KeyError, match="SECRET_KEY"):
        filled_in("${SECRET_KEY:?}", {})


def test_the_example_names_every_value_that_has_no_default() -> None:
    needed = set(re.findall(r"\$\{(\w+):\?\}", (REPOSITORY / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^(\w+)=", (REPOSITORY / ".env.example").read_text(), re.MULTILINE))
    assert needed <= named


def test_no_password_is_committed() -> None:
    example = (REPOSITORY / ".env.example").read_text()
    assert not re.findall(r"^\w*(?:PASSWORD|SECRET_KEY)=.+", example, re.MULTILINE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_port(port: int, *, listening: bool = True) -> None:
    deadline = time.monotonic() + 20
    while _listens(port) != listening:
        assert time.monotonic() < deadline, f"{port}: something {'must' if listening else 'must not'} listen there"
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
