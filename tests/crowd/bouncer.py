"""PgBouncer in transaction mode in front of the database in use: few connections for many clients."""

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from lafse.services.account import Account, servers_account
from lafse.services.processes import spawn, stop

_PATIENCE = 10  # seconds

# PgBouncer checks the password that clients bring and brings the same to the server.
_CONFIGURATION = """
[databases]
* = host={host} port={server_port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 100
server_round_robin = 1
"""


@contextmanager
def behind_pgbouncer(*, pool: int) -> Iterator[None]:
    """Every new connection of Django's goes through it."""
    database = settings.DATABASES["default"]
    before = {"HOST": database["HOST"], "PORT": database["PORT"]}
    with tempfile.TemporaryDirectory(prefix="bouncer-") as name, _running(Path(name), database, pool) as port:
        _go_to({"HOST": "127.0.0.1", "PORT": str(port)})
        try:
            yield
        finally:
            _go_to(before)


def _go_to(place: dict[str, str]) -> None:
    """Connections of threads to come too: each is made from the settings."""
    connections["default"].close()
    connections["default"].settings_dict |= place
    connections.settings["default"] |= place
    settings.DATABASES["default"] |= place


@contextmanager
def _running(folder: Path, database: dict[str, str], pool: int) -> Iterator[int]:
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("PgBouncer is not installed (apt install pgbouncer)")
    port, account = _free_port(), servers_account(folder)
    folder.chmod(0o755)
    users, configuration = folder / "users", folder / "pgbouncer.ini"
    server = {"host": database["HOST"], "server_port": database["PORT"] or 5432}
    _write(users, f'"{database["USER"]}" "{database["PASSWORD"]}"\n', account)
    _write(configuration, _CONFIGURATION.format(**server, port=port, users=users, pool=pool), account)
    child = spawn([program, configuration], log=folder / "log", account=account, folder=folder)
    try:
        _wait_for(port, folder / "log")
        yield port
    finally:
        stop(child)


def _write(file: Path, text: str, account: Account) -> None:
    file.touch(0o600)
    file.write_text(text)
    account.own(file, 0o600)


def _wait_for(port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
