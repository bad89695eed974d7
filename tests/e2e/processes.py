"""The processes a deployment runs, started for one run of the journeys: web, and a sender of mail."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lafse.services.folders import CHECKOUT
from lafse.services.ports import LOOPBACK
from lafse.services.processes import spawn, stop

PATIENCE = 40.0


def environment(database: Mapping[str, Any], port: int, folder: Path) -> dict[str, str]:
    """Everything the test process knows, but this database as the app role, and no key to any other role."""
    at = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    known = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THE_SITE}
    return known | {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{at}",
        "BASE_URL": f"http://localhost:{port}",
        "STATIC_ROOT": str(folder / "static"),
        "FORMS_PER_NETWORK": "10000",
        "POSTS_PER_NETWORK": "10000",
        "LINKS_PER_NETWORK": "10000",
    }


# PLAIN_STATIC is for tests that serve no files.
NOT_FOR_THE_SITE = {"DATABASE_OWNER_URL", "DATABASE_ERASER_URL", "PLAIN_STATIC", "PORT"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def collect_static(variables: Mapping[str, str]) -> None:
    manage = [sys.executable, "manage.py", "collectstatic", "--no-input", "--clear", "--verbosity", "0"]
    subprocess.run(manage, check=True, env=dict(variables), cwd=CHECKOUT)


@contextmanager
def site(variables: Mapping[str, str], port: int, folder: Path) -> Iterator[str]:
    """The address at which it answers; logs go to `folder`.

    Mail is sent by the sweeper, which needs neither a broker nor a worker.
    """
    web = [sys.executable, "-m", "gunicorn", "lafse.wsgi", "--bind", f"{LOOPBACK}:{port}", "--no-control-socket"]
    sweeper = [sys.executable, "manage.py", "sweep_outbox", "--every", "0.3", "--overdue", "0"]
    running = [
        spawn(
            [*web, "--workers", "2", "--threads", "4", "--preload"],
            log=folder / "web.log",
            environment=variables,
            folder=CHECKOUT,
        ),
        spawn(sweeper, log=folder / "sweeper.log", environment=variables, folder=CHECKOUT),
    ]
    try:
        wait_until_ready(running[0], port, folder)
        yield f"http://localhost:{port}"
    finally:
        for process in running:
            stop(process)


def wait_until_ready(web: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_ready(port):
        if web.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The site did not start:\n{(folder / 'web.log').read_text()[-3000:]}")
        time.sleep(0.1)


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
