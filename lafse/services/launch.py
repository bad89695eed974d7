"""`make run`: the services, what the database needs, then web, worker and beat until Ctrl-C."""

import fcntl
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from lafse.services.children import Child, children, end_orphans, stop_all
from lafse.services.closing import show_addresses
from lafse.services.failures import CannotStart
from lafse.services.folders import Folders
from lafse.services.given import is_given
from lafse.services.logs import tail
from lafse.services.ports import LOOPBACK, is_free
from lafse.services.processes import spawn, stop
from lafse.services.progress import say, step, warn
from lafse.services.stopping import Stop, ignore_signals, raise_stop_on_signals
from lafse.services.usage import Usage, of_this_checkout, use, wanted

TICK = 0.2
WEB_PATIENCE = 30.0


def launch(folders: Folders, port: int) -> int:
    raise_stop_on_signals()
    folders.prepare()
    with only_launcher(folders), ExitStack() as afterwards:
        afterwards.callback(say, "Stopped.")
        try:
            _run(folders, port, afterwards)
        except Stop:
            say("\nStopping…")
        finally:
            ignore_signals()
    return 0


def _run(folders: Folders, port: int, afterwards: ExitStack) -> None:
    end_orphans(folders)
    refuse_a_port_in_use(port)
    usage = _services(afterwards) if wanted() else None
    environment = _environment(folders, port, usage)
    _prepare(environment)
    running = children(folders, environment, port)
    afterwards.callback(stop_all, running)
    web, *others = running
    with step("Web"):
        web.start()
        _wait_for_web(web, port)
    for child in others:  # afterwards: they would only compete with the first page for the processor
        child.start()
    show_addresses(folders, port)
    _watch(running, usage)


@contextmanager
def only_launcher(folders: Folders) -> Iterator[None]:
    """A second worker and beat on the same database would only get in each other's way."""
    with (folders.run / "launcher.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("This checkout is running already. Stop that one first (Ctrl-C there).") from None
        yield


def refuse_a_port_in_use(port: int) -> None:
    if not is_free(port):
        raise CannotStart(f"Port {port} is in use by another program. Choose another: PORT={port + 1} make run")


def _services(afterwards: ExitStack) -> Usage:
    with step("PostgreSQL and Valkey"):
        usage = use()
    afterwards.callback(usage.end)
    return usage


def _environment(folders: Folders, port: int, usage: Usage | None) -> dict[str, str]:
    address = {} if is_given("BASE_URL") else {"BASE_URL": f"http://localhost:{port}"}
    known_by = {name: value for name, value in of_this_checkout(folders).items() if not is_given(name)}
    return {**os.environ, **address, **known_by, **(usage.environment if usage else {})}


def _prepare(environment: Mapping[str, str]) -> None:
    process = spawn(
        [sys.executable, "-m", "lafse.services.prepare"],
        log=None,
        environment=environment,
    )
    try:
        if process.wait() != 0:
            raise CannotStart("The preparation failed; the reason stands above.")
    finally:
        stop(process)


def _wait_for_web(web: Child, port: int) -> None:
    deadline = time.monotonic() + WEB_PATIENCE
    while (answer := _readiness(port)) is None:
        if web.died() or time.monotonic() > deadline:
            raise CannotStart(f"The web process did not start. The end of {web.log}:\n{tail(web.log)}")
        time.sleep(0.05)
    if answer:
        warn(f"/readyz says: {answer}")


def _readiness(port: int) -> str | None:
    """None while nothing answers, the complaint if it answers badly, else empty."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/readyz", timeout=5):  # nosec B310  # our own address
            return ""
    except urllib.error.HTTPError as refusal:
        return refusal.read().decode(errors="replace")
    except OSError:
        return None


def _watch(running: Sequence[Child], usage: Usage | None) -> None:
    while True:
        time.sleep(TICK)
        for child in running:
            child.look_after()
        if usage and usage.ensure():
            warn("PostgreSQL and Valkey were stopped from outside and have been started again.")
