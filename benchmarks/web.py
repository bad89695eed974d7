"""What the public form costs on the server, and what a web worker weighs.

    python -m benchmarks.web

Pages are asked for through the whole stack of middleware, on a database of the tests' kind, as the app's log-in. The
final POST writes everything that an enquiry is: case, submission, search keys, event, two rendered mails, answers in
progress. Beside it, in the same run and by turns, stands the least that a Django site can do: a bare view that
validates a form of four fields and writes one row. Ratios hold between machines of a class, milliseconds do not.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import django
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from benchmarks.figures import Figure, show

ROUNDS = 150
WARM_UP = 10
PAGE_LIMIT, POST_LIMIT, WEIGHT_LIMIT = 30.0, 15.0, 150.0  # ms, ms at p95, MB (PSS)


@dataclass(frozen=True)
class Times:
    """Milliseconds."""

    median: float
    p95: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Times":
        return cls(median(seconds) * 1000, quantiles(seconds, n=20)[-1] * 1000)


def main() -> int:
    os.environ["POSTS_PER_NETWORK"] = os.environ["FORMS_PER_NETWORK"] = "1000000"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    from tests import databases  # noqa: PLC0415  # settings must stand first

    name = databases.prepare("bench")
    try:
        figures = [*speed(), *weight()]
    finally:
        databases.drop(name)
    return show("The public form", figures)


def speed() -> Iterator[Figure]:
    page, final, bare = measured()
    yield Figure(
        "a page of the form",
        f"{page.median:.1f} ms (p95 {page.p95:.1f})",
        f"< {PAGE_LIMIT:.0f} ms",
        page.median < PAGE_LIMIT,
    )
    yield Figure(
        "the final POST, p95",
        f"{final.p95:.1f} ms (median {final.median:.1f})",
        f"< {POST_LIMIT:.0f} ms",
        final.p95 < POST_LIMIT,
    )
    yield Figure(
        "… to a bare view with one INSERT", f"{final.median / bare.median:.1f} times {bare.median:.1f} ms", "told", None
    )


def measured() -> tuple[Times, Times, Times]:
    """By turns, so that a slower moment of the machine hits all three."""
    pages: list[float] = []
    finals: list[float] = []
    bares: list[float] = []
    make_bare_table()
    staff_the_council()
    for number in range(WARM_UP + ROUNDS):
        visitor = filled_in(number)
        seconds = [
            timed(lambda visitor=visitor: expect(visitor.get("/enquire/details/"), 200)),  # type: ignore[misc]  # mypy cannot infer a lambda's default
            timed(lambda visitor=visitor: expect(visitor.post("/enquire/check/", {"notice": "2026-11"}), 302)),  # type: ignore[misc]  # as above
            bare_post(),
        ]
        if number >= WARM_UP:
            for kept, took in zip((pages, finals, bares), seconds, strict=True):
                kept.append(took)
    return Times.of(pages), Times.of(finals), Times.of(bares)


def staff_the_council() -> None:
    """As in life: without an officer each enquiry would also be put on the hub office's list."""
    from councils.models import Council  # noqa: PLC0415  # as above
    from councils.roles import Role  # noqa: PLC0415  # as above
    from tests.factories import user  # noqa: PLC0415  # as above

    user("Hal", Council.objects.get(slug="hampshire"), Role.OFFICER)


def filled_in(number: int) -> Client:
    """A visitor with every answer given but the last button not pressed."""
    from tests.enquiries.conftest import PAGES  # noqa: PLC0415  # as above

    visitor = Client(SERVER_NAME="localhost", REMOTE_ADDR=f"10.{number // 250}.{number % 250}.1")
    answers = PAGES | {
        "details": {"name": "Erin Example", "email": f"erin{number}@example.org"},
        "contact": {"way": "email"},
    }
    for page, sent in answers.items():
        expect(visitor.post(f"/enquire/{page}/", sent), 302)
    return visitor


def expect(response: Any, status: int) -> None:
    if response.status_code != status:
        raise AssertionError(f"answered {response.status_code}, not {status}")


def timed(do: Callable[[], None]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def make_bare_table() -> None:
    from benchmarks.bare import TABLE  # noqa: PLC0415  # as above
    from tests.databases import as_owner  # noqa: PLC0415  # as above

    as_owner(str(settings.DATABASES["default"]["NAME"]), TABLE)


def bare_post() -> float:
    sent = {"name": "Erin Example", "email": "erin@example.org", "phone": "07700 900123", "message": "Hello"}
    with override_settings(ROOT_URLCONF="benchmarks.bare", MIDDLEWARE=[]):
        client = Client()
        return timed(lambda: expect(client.post("/", sent), 204))


def weight() -> Iterator[Figure]:
    connection.close()
    with gunicorn() as (address, worker):
        for path in ("/", "/enquire/postcode/", "/councils/", "/councils/kent/", "/staff/account/log-in/") * 20:
            urlopen(address + path).read()  # noqa: S310  # our own server on loopback
        routed(address)
        megabytes = pss(worker)
        loaded = "scipy" in Path(f"/proc/{worker}/maps").read_text()
    yield Figure("a web worker, PSS", f"{megabytes:.0f} MB", f"< {WEIGHT_LIMIT:.0f} MB", megabytes < WEIGHT_LIMIT)
    yield Figure("scipy in a web worker", "loaded" if loaded else "not loaded", "not loaded", not loaded)


def routed(address: str) -> None:
    """One postcode through the router, so that the directory is mapped."""
    page = urlopen(f"{address}/enquire/postcode/")  # noqa: S310  # as above
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    cookie = page.headers["Set-Cookie"].split(";")[0]
    body = f"csrfmiddlewaretoken={token[1] if token else ''}&postcode=SO23+8UJ".encode()
    urlopen(Request(f"{address}/enquire/postcode/", body, {"Cookie": cookie}))  # noqa: S310  # as above


@contextmanager
def gunicorn() -> Iterator[tuple[str, int]]:
    """A server with one worker on the benchmark's database; gives its address and the worker's pid."""
    from tests.e2e.processes import free_port  # noqa: PLC0415  # as above

    port = free_port()
    default = settings.DATABASES["default"]
    url = f"postgres://{default['USER']}:{default['PASSWORD']}@{default['HOST']}:{default['PORT']}/{default['NAME']}"
    command = [sys.executable, "-m", "gunicorn", "lafse.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    quiet = ["--no-control-socket", "--log-level", "warning"]
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    server = subprocess.Popen([*command, *quiet], env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        yield address, int(children[0])
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urlopen(f"{address}/healthz").read()  # noqa: S310  # as above
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("gunicorn did not answer within 30 s")


def pss(pid: int) -> float:
    """Megabytes: memory of its own, and its share of what it shares."""
    line = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(line[1]) / 1024 if line else 0.0


if __name__ == "__main__":
    sys.exit(main())
