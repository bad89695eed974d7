"""The whole hub, running: web, worker, PostgreSQL, Valkey and a mail server that refuses everybody."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from tests.lafse.checkouts import OF_THE_TEST_RUN, REPOSITORY
from tests.lafse.clusters import Cluster, cluster

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_hubs", verbosity=0)
call_command("release_sending", "--first")
from councils.models import Council
from tests.factories import user
from councils.roles import Role
hampshire = Council.objects.get(slug="hampshire")
Council.objects.filter(pk=hampshire.pk).update(duty_mailbox="duty@example.org")
user("Hal", hampshire, Role.OFFICER)
from councils.postcodes import releases
from councils.postcodes.sources import CarriedByPackage
releases.load(CarriedByPackage())
"""


class Refusing:
    """A mail server that repeats the address in its refusal, as they do."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return f"550 5.1.1 <{address}>: no such mailbox"


class Browser:
    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(path)

    def post(self, path: str, **typed: str) -> tuple[int, str]:
        token = CSRF.search(self.get(path)[1])
        assert token, path
        body = urlencode({**typed, "csrfmiddlewaretoken": token[1]}).encode()
        return self._ask(path, body)

    def _ask(self, path: str, body: bytes | None = None) -> tuple[int, str]:
        request = Request(self.base + path, body)  # noqa: S310  # our own server on loopback
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refusal:
            return refusal.code, refusal.read().decode()


@dataclass(frozen=True)
class Site:
    browser: Browser
    cluster: Cluster
    folder: Path
    mail: Controller

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def waits_for(self, name: str, text: str) -> None:
        deadline = time.monotonic() + 20
        while text not in self.log(name):
            assert time.monotonic() < deadline, f"{text} is not in {self.log(name)}"
            time.sleep(0.1)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Web, worker, PostgreSQL, Valkey and a mail server, as `make run` starts them but for the pages that break."""
    with ExitStack() as running:
        servers = running.enter_context(cluster())
        mail = Controller(Refusing(), hostname="127.0.0.1", port=_free_port())
        mail.start()
        running.callback(mail.stop)
        port = _free_port()
        environment = _environment(servers, mail)
        done = subprocess.run([sys.executable, "-c", PREPARE], cwd=REPOSITORY, env=environment, check=False)
        assert done.returncode == 0
        web = ["gunicorn", "lafse.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "2", "--no-control-socket"]
        worker = ["celery", "-A", "lafse", "worker", "--concurrency", "1", "--loglevel", "DEBUG"]
        for name, command in (("web", web), ("worker", worker)):
            running.callback(_stop, _start(command, folder / f"{name}.log", environment))
        made = Site(Browser(f"http://127.0.0.1:{port}"), servers, folder, mail)
        _eventually(lambda: _answers(made.browser))
        yield made


def _environment(servers: Cluster, mail: Controller) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "INSTANCE_ID", "WITNESS_PATH")
    addresses = {name: servers.environment[name] for name in names}
    return {
        **inherited,
        **addresses,
        "DJANGO_SETTINGS_MODULE": "tests.lafse.breaking.settings",
        "SECRET_KEY": "k" * 50,
        "PLAIN_STATIC": "1",
        "DATA_DIR": str(settings.DATA_DIR),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "DEBUG": "0",
    }


def _start(command: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        module = [sys.executable, "-m", *command]
        return subprocess.Popen(module, cwd=REPOSITORY, env=environment, stdout=output, stderr=output)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def _answers(browser: Browser) -> bool:
    try:
        return browser.get("/readyz")[0] == 200
    except OSError:
        return False


def _eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _free_port() -> int:
    """The kernel's choice: two workers of a test run must not choose the same."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
