"""The embedded PostgreSQL and Valkey, with real processes in checkouts of their own."""

import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from tests.lafse.checkouts import Checkout, checkout

SOMEBODY = pwd.getpwnam("daemon").pw_uid  # any account that exists: initdb looks up its name
LOOPBACK_IN_HEX = "0100007F"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture(scope="module")
def here() -> Iterator[Checkout]:
    with tempfile.TemporaryDirectory(prefix="a checkout ") as folder:
        Path(folder).chmod(0o755)
        with checkout(Path(folder) / "open") as made:
            yield made


def query(url: str, sql: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def eventually(condition: Callable[[], bool], patience: float = 15) -> bool:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def pids_of(here: Checkout, program: str) -> list[int]:
    return [pid for pid, words in here.processes().items() if Path(words[0]).name == program]


def test_the_application_logs_in_as_an_ordinary_role_and_the_owner_may_create_databases(here: Checkout) -> None:
    roles = "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    with here.in_use() as environment:
        assert query(environment["DATABASE_URL"], roles) == [(False, False, False)]
        assert query(environment["DATABASE_ERASER_URL"], roles) == [(False, False, False)]
        assert query(environment["DATABASE_OWNER_URL"], roles) == [(False, False, True)]


def test_commands_at_the_same_time_share_one_set_of_services(here: Checkout) -> None:
    with here.in_use() as first:
        second_command, second = here.begin_using()
        assert second["DATABASE_URL"] == first["DATABASE_URL"]
        assert len(pids_of(here, "postgres")) == 1
    try:
        assert query(second["DATABASE_URL"], "SELECT 1") == [(1,)]
    finally:
        second_command.communicate("\n")
    assert eventually(lambda: not here.processes())


def test_the_services_stop_when_their_last_user_was_killed(here: Checkout) -> None:
    command, _ = here.begin_using()
    assert pids_of(here, "postgres")
    command.kill()
    command.communicate()
    assert eventually(lambda: not here.processes())


def test_after_kill_9_of_everything_the_next_start_has_all_data(here: Checkout) -> None:
    command, environment = here.begin_using()
    query(environment["DATABASE_OWNER_URL"], "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
    redis.Redis.from_url(environment["REDIS_URL"]).rpush("queue", "task")
    time.sleep(1.1)  # Valkey writes its file once a second
    here.kill_everything()
    command.kill()
    command.communicate()
    with here.in_use() as again:
        assert query(again["DATABASE_OWNER_URL"], "SELECT n FROM kept") == [(7,)]
        assert redis.Redis.from_url(again["REDIS_URL"]).lrange("queue", 0, -1) == [b"task"]


def test_a_killed_keeper_takes_its_servers_with_it(here: Checkout) -> None:
    command, _ = here.begin_using()
    os.kill(here.keeper_pid(), signal.SIGKILL)
    assert eventually(lambda: not pids_of(here, "postgres") and not pids_of(here, "valkey-server"))
    command.communicate("\n")


@pytest.mark.parametrize("program", ["postgres", "valkey-server"])
def test_a_server_that_dies_is_started_again_at_its_address(here: Checkout, program: str) -> None:
    with here.in_use() as environment:
        (killed,) = pids_of(here, program)
        os.kill(killed, signal.SIGKILL)
        assert eventually(lambda: pids_of(here, program) not in ([], [killed]))
        assert eventually(lambda: _answers(environment))


def _answers(environment: dict[str, str]) -> bool:
    try:
        query(environment["DATABASE_URL"], "SELECT 1")
        return bool(redis.Redis.from_url(environment["REDIS_URL"]).ping())
    except (psycopg2.OperationalError, redis.ConnectionError):
        return False


def test_a_stale_pid_file_whose_number_is_in_use_again_does_not_stop_the_start(here: Checkout) -> None:
    with here.in_use():
        note = (here.home / "postgres/postmaster.pid").read_text()
    assert eventually(lambda: not here.processes())
    reused = "\n".join([str(os.getpid()), *note.splitlines()[1:]])
    (here.home / "postgres/postmaster.pid").write_text(f"{reused}\n")
    with here.in_use() as environment:
        assert query(environment["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_a_data_folder_that_was_only_half_made_is_made_anew(tmp_path: Path) -> None:
    with checkout(tmp_path / "checkout") as made:
        with made.in_use():
            pass
        assert eventually(lambda: not made.processes())
        (made.home / "postgres").rename(made.home / "postgres.new")
        (made.home / "postgres.new/PG_VERSION").unlink()
        with made.in_use() as environment:
            assert query(environment["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_nothing_listens_beyond_loopback(here: Checkout) -> None:
    with here.in_use() as environment:
        ports = [f"{_port(environment[name]):04X}" for name in ("DATABASE_URL", "REDIS_URL")]
        listening = [line.split()[1] for line in _listening_sockets()]
    for port in ports:
        assert [address for address in listening if address.endswith(f":{port}")] == [f"{LOOPBACK_IN_HEX}:{port}"]


def _listening_sockets() -> list[str]:
    lines = [line for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    return [line for line in lines if line.split()[3] == "0A"]


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/")[0])


def test_neither_server_answers_without_its_password(here: Checkout) -> None:
    with here.in_use() as environment:
        for user in ("postgres", "lafse_owner", "lafse_app"):
            with pytest.raises(psycopg2.OperationalError, match="password"):
                psycopg2.connect(host="127.0.0.1", port=_port(environment["DATABASE_URL"]), user=user, dbname="lafse")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(host="127.0.0.1", port=_port(environment["REDIS_URL"])).ping()


def test_secrets_are_readable_by_their_owner_only_and_on_no_command_line(here: Checkout) -> None:
    with here.in_use():
        files = [*(here.run_folder / "secrets").iterdir(), here.home / "valkey/valkey.conf"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE((here.home / "postgres").stat().st_mode) == 0o700
        secrets = [file.read_text() for file in (here.run_folder / "secrets").iterdir()]
        words = [word for line in here.processes().values() for word in line]
        assert not [word for word in words if any(secret in word for secret in secrets)]
        logs = "".join(file.read_text() for file in (here.run_folder / "log").iterdir())
        assert not [secret for secret in secrets if secret in logs]


def test_two_checkouts_run_side_by_side(here: Checkout, tmp_path: Path) -> None:
    with checkout(tmp_path / "other") as other, here.in_use() as ours, other.in_use() as theirs:
        query(theirs["DATABASE_OWNER_URL"], "CREATE TABLE theirs (n int)")
        assert query(ours["DATABASE_OWNER_URL"], "SELECT to_regclass('theirs')") == [(None,)]
        assert ours["REDIS_URL"] != theirs["REDIS_URL"]


@needs_root
def test_a_checkout_closed_to_others_keeps_its_data_where_the_servers_can_reach_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with checkout(tmp_path / "checkout") as made:
        with made.in_use() as environment:
            assert made.home.parent == Path("/var/tmp")  # noqa: S108  # a folder of random name, made by mkdtemp
            assert query(environment["DATABASE_URL"], "SELECT 1") == [(1,)]
        home = made.home
    assert not home.exists()


@needs_root
def test_root_hands_both_servers_to_an_account_without_rights(here: Checkout) -> None:
    with here.in_use():
        owners = {
            Path(f"/proc/{pid}").stat().st_uid for pid in [*pids_of(here, "postgres"), *pids_of(here, "valkey-server")]
        }
    assert owners == {65534}


@needs_root
def test_an_ordinary_user_runs_everything_as_themself() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with checkout(Path(folder) / "checkout", uid=SOMEBODY) as made, made.in_use() as environment:
            assert query(environment["DATABASE_URL"], "SELECT 1") == [(1,)]
            owners = {Path(f"/proc/{pid}").stat().st_uid for pid in made.processes()}
            assert owners == {SOMEBODY}


@needs_root
def test_a_folder_that_belongs_to_another_account_is_refused_with_the_cure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with checkout(Path(folder) / "checkout", uid=SOMEBODY) as made:
            made.run_folder.mkdir()
            _, errors = made.start("exec", "--", "true").communicate()
            assert "belongs to another account" in errors
            made.run_folder.rmdir()


def test_a_port_in_use_is_refused_with_the_cure(here: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = here.start("run", "--port", str(port))
        _, errors = command.communicate()
    assert command.returncode == 1
    assert errors == f"Port {port} is in use by another program. Choose another: PORT={port + 1} make run\n"


def test_a_command_passes_on_its_exit_code_and_the_signal_that_ends_it(here: Checkout) -> None:
    with here.start("exec", "--", "sh", "-c", "exit 3") as command:
        assert command.wait() == 3
    with here.start("exec", "--", "sh", "-c", "trap 'exit 4' TERM; echo ready; while :; do sleep 0.1; done") as command:
        assert command.stdout
        assert command.stdout.readline() == "ready\n"
        command.terminate()
        assert command.wait() == 4


def test_a_database_named_in_dotenv_is_used_instead_of_the_embedded_one(tmp_path: Path) -> None:
    with checkout(tmp_path / "checkout") as made:
        (made.folder / ".env").write_text("DATABASE_URL=postgres://elsewhere/lafse\n")
        seen, _ = made.start("exec", "--", "env").communicate()
        assert "REDIS_URL" not in seen
        assert not made.processes()


def test_everything_the_launcher_starts_dies_with_it() -> None:
    """`kill -9` gives it no chance to tell its children."""
    source = (
        "import time; from lafse.services.processes import spawn\n"
        "print(spawn(['sleep', '600'], log=None).pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = Path(f"/proc/{parent.stdout.readline().strip()}")
        parent.kill()
    assert eventually(lambda: not child.exists() or "Z" in (child / "stat").read_text())
