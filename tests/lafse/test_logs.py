"""Somebody enquires while everything fails, and no log of any process knows who it was."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg2
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from lafse.services.ports import is_free
from tests.lafse.canaries import EMAIL, MESSAGE, NAME, PHONE, POSTCODE, found
from tests.lafse.checkouts import OF_THE_TEST_RUN, REPOSITORY
from tests.lafse.clusters import Cluster, cluster

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_hubs", verbosity=0)
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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Web, worker, PostgreSQL, Valkey and a mail server, as `make run` starts them but for the pages that break."""
    with ExitStack() as running:
        servers = running.enter_context(cluster())
        mail = Controller(Refusing(), hostname="127.0.0.1", port=_free_port())
        mail.start()
        running.callback(mail.stop)
        folder, port = tmp_path_factory.mktemp("logs"), _free_port()
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
    addresses = {name: servers.environment[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")}
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
    return next(port for port in range(20_000 + os.getpid() % 20_000, 60_000) if is_free(port))


@pytest.fixture(scope="module")
def journey(site: Site) -> Site:
    """Everything that a person may go through on a bad day."""
    enquire(site.browser)
    search(site.browser)
    for typed in (NAME, EMAIL, POSTCODE.upper(), PHONE):
        assert site.browser.get(f"/crash/{quote(typed)}/?q={quote(typed)}")[0] == 500
        assert site.browser.get(f"/constraint/{quote(typed)}/")[0] == 500
    site.browser.get(f"/nowhere/{quote(NAME)}/?postcode={quote(POSTCODE)}")
    site.browser.get("/task/")
    site.waits_for("worker", "smtp_550")
    site.waits_for("worker", "tried again")
    return site


def enquire(browser: Browser) -> None:
    browser.post("/enquire/postcode/", postcode=POSTCODE)
    browser.post("/enquire/reason/", reason="new")
    browser.post("/enquire/details/", name="", email=EMAIL, phone="not a number")
    browser.post("/enquire/details/", name=NAME, email=EMAIL, phone=PHONE)
    browser.post("/enquire/contact/", way="email", times="saturday")
    browser.post("/enquire/more/", message=MESSAGE)
    page = browser.get("/enquire/check/")[1]
    assert NAME in page, "the journey has not reached the last page"
    notice = re.search(r'name="notice" value="([^"]+)"', page)
    assert notice
    assert "HAM" in browser.post("/enquire/check/", notice=notice[1])[1]


def search(browser: Browser) -> None:
    browser.post("/staff/login/", username="hal@example.org", password=f"{NAME} is not it")
    browser.post("/staff/login/", username="hal@example.org", password="correct horse battery staple")
    for typed in (NAME, EMAIL, PHONE, POSTCODE):
        status, page = browser.get(f"/staff/enquiries/enquiry/?{urlencode({'q': typed})}")
        assert status == 200
        assert NAME in page, "the search does not find"


def test_no_process_writes_down_who_it_was(journey: Site) -> None:
    assert found(journey.log("web")) == set()
    assert found(journey.log("worker")) == set()


def test_every_line_of_ours_is_json_with_the_request_it_belongs_to(journey: Site) -> None:
    lines = [json.loads(line) for line in journey.log("web").splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) > 20
    assert all(re.fullmatch("[0-9a-f]{32}", line["request_id"]) for line in requests)


def test_a_failure_is_written_down_with_its_type_and_place(journey: Site) -> None:
    lines = [json.loads(line) for line in journey.log("web").splitlines() if line.startswith("{")]
    crashes = [line for line in lines if line.get("error") == "RuntimeError"]
    assert len(crashes) == 4
    assert crashes[0]["because"] == "ValueError"
    assert "breaking/urls.py" in crashes[0]["at"][-1]
    assert '"task": "tests.lafse.breaking.tasks.fail"' in journey.log("worker")


def test_postgresql_does_not_write_down_what_it_refuses(journey: Site) -> None:
    provoke(journey.cluster.app)
    assert found(journey.cluster.log.read_text()) == set()


def test_with_postgresqls_own_defaults_it_would_have(journey: Site) -> None:
    """The proof that `provoke` provokes."""
    written = journey.cluster.log.stat().st_size
    options = "-c log_min_messages=warning -c log_min_error_statement=error -c log_error_verbosity=default"
    provoke(journey.cluster.superuser, options=options)
    log = journey.cluster.log.read_bytes()[written:].decode()
    assert found(log) >= {"name", "email"}
    assert re.search(r"DETAIL:.*Zebedee", log)
    assert re.search(r"STATEMENT:.*Zebedee", log)


def provoke(database: str, options: str = "") -> None:
    """What PostgreSQL quotes in its errors: the value, the row, the key, the statement."""
    connection = psycopg2.connect(database, options=options)
    connection.autocommit = True
    statements = [
        ("SELECT %s::uuid", EMAIL),
        ("SELECT %s::integer", NAME),
        ("INSERT INTO councils_area (code, name, authority_name) VALUES ('E1', %s, '')", NAME),
        ("INSERT INTO councils_hub SELECT h.* FROM councils_hub h WHERE %s <> ''", EMAIL),
        ("INSERT INTO councils_user (email, name) VALUES (%s, 1/0)", EMAIL),
    ]
    with connection.cursor() as cursor:
        for statement, typed in statements:
            with pytest.raises(psycopg2.Error):
                cursor.execute(statement, [typed])
    connection.close()
