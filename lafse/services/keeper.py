import fcntl
import json
import os
import sys
import time
from typing import IO

from lafse.services.failures import CannotStart
from lafse.services.folders import Folders
from lafse.services.passwords import write_secret
from lafse.services.postgres import Postgres
from lafse.services.stopping import Stop, ignore_signals, raise_stop_on_signals
from lafse.services.usage import locked, services_file
from lafse.services.valkey import Valkey

Servers = tuple[Postgres, Valkey]

TICK = 0.1
LONGEST_PAUSE = 30.0


def keep(folders: Folders) -> None:
    """Run both servers until nobody uses them."""
    raise_stop_on_signals()
    folders.prepare()
    # The keeper's lock goes first in the end: whoever waits for the other must not take us for alive.
    with folders.usage_lock.open("a") as usage, locked(folders.keeper_lock):
        folders.keeper_pid.write_text(str(os.getpid()))
        servers = (Postgres(folders), Valkey(folders))
        try:
            for server in servers:
                server.start()
            _announce(folders, servers)
            _watch(folders, servers, usage)
        except Stop:
            pass
        finally:
            _stop_all(folders, servers)


def _announce(folders: Folders, servers: Servers) -> None:
    write_secret(
        services_file(folders),
        json.dumps({server.name: server.port for server in servers}),
    )


def _watch(folders: Folders, servers: Servers, usage: IO[str]) -> None:
    pause = TICK
    while _is_in_use(usage):
        time.sleep(TICK)
        for server in servers:
            if server.died():
                pause = _revive(server, pause)
                _announce(folders, servers)


def _stop_all(folders: Folders, servers: Servers) -> None:
    ignore_signals()
    services_file(folders).unlink(missing_ok=True)
    for server in reversed(servers):
        server.stop()


def _revive(server: Postgres | Valkey, pause: float) -> float:
    """Start it again on its old port; wait longer each time."""
    print(
        f"{server.name} died: starting it again in {pause:.1f} s",
        file=sys.stderr,
        flush=True,
    )
    time.sleep(pause)
    try:
        server.start()
    except CannotStart as failure:
        print(failure, file=sys.stderr, flush=True)
    return min(pause * 2, LONGEST_PAUSE)


def _is_in_use(usage: IO[str]) -> bool:
    try:
        fcntl.flock(usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
