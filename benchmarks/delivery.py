"""How fast the outbox delivers, beside what others do with the same mails, receiver and PostgreSQL, by turns.

    python -m benchmarks.delivery

Ours commits once a message; the references run as they come (benchmarks/reference_senders.py). Everybody is one
process, started before the clock, with the same receiver (benchmarks/sink.py) and mails of the same subject, text and
HTML, stored before the clock; the bare loop has the finished bytes in its hands and stores nothing.
"""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TypedDict

import django
from django.conf import settings

from benchmarks import references
from benchmarks.figures import Figure, show

HERE = Path(__file__).resolve().parent
ROUNDS, WARM_UP = 3, 1
MAILS, SLOW_MAILS = 1500, 400
SLOW_SINK = 5  # milliseconds a mail
POST_OFFICE, MAILER, TWO_WORKERS = 1.5, 4.0, 1.7  # times

CLOCK_OF_PRODUCTION = """
    CREATE OR REPLACE FUNCTION hub_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()'
"""


class Sample(TypedDict):
    subject: str
    text: str
    html: str


SAMPLE: Sample = {
    "subject": "We have your enquiry",
    "text": "Thank you for asking about fostering.\n\n" + "Somebody gets in touch in the way you asked.\n\n" * 18,
    "html": "<p>Thank you for asking about fostering.</p>" + "<p>Somebody gets in touch as you asked.</p>\n" * 40,
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    from tests import databases  # noqa: PLC0415  # settings must stand first

    name = databases.prepare("bench")
    databases.as_owner(name, CLOCK_OF_PRODUCTION)
    try:
        return show("Delivery", list(figures()))
    finally:
        databases.drop(name)


def figures() -> Iterator[Figure]:
    with sink() as port, references.prepared() as others:
        speeds = by_turns(port, others)
    ours = speeds["ours"]
    yield Figure("messages delivered, one commit each", per_second(ours), "told", None)
    for name, least in (("django-post_office", POST_OFFICE), ("django-mailer", MAILER)):
        times, theirs = ours / speeds[name], per_second(speeds[name])
        yield Figure(f"… to {name}", f"{times:.1f} times {theirs}", f">= {least} times", times >= least)
    share = ours / speeds["bare smtplib"]
    yield Figure("… to bare smtplib", f"{share:.0%} of {per_second(speeds['bare smtplib'])}", "told", None)
    yield Figure("written out and enqueued", per_second(speeds["enqueued"]), "told", None)
    yield Figure("… writing out alone", per_second(composed()), "told", None)
    yield two_workers()


def by_turns(port: int, others: "references.References") -> dict[str, float]:
    """Messages a second, the median of the rounds: a slower moment of the machine hits all of them."""
    measured: dict[str, list[float]] = {}
    for number in range(WARM_UP + ROUNDS):
        round_ = {"bare smtplib": bare(port), "enqueued": enqueued(MAILS), "ours": delivered(port, MAILS)}
        round_ |= {name: others.speed(name, MAILS, port, SAMPLE) for name in references.PACKAGES}
        if number >= WARM_UP:
            for name, speed in round_.items():
                measured.setdefault(name, []).append(speed)
    return {name: median(speeds) for name, speeds in measured.items()}


def two_workers() -> Figure:
    """A receiver that takes its time: what waits is not the processor, so a second worker nearly doubles the speed."""
    with sink(SLOW_SINK) as port:
        speeds: dict[int, list[float]] = {1: [], 2: []}
        for workers in (1, 2) * 3:
            enqueued(SLOW_MAILS)
            speeds[workers].append(delivered(port, SLOW_MAILS, workers))
    one, two = median(speeds[1]), median(speeds[2])
    return Figure(
        f"two workers to one, {SLOW_SINK} ms a message",
        f"{two / one:.2f} times {per_second(one)}",
        f">= {TWO_WORKERS} times",
        two / one >= TWO_WORKERS,
    )


def enqueued(count: int) -> float:
    """Each in a transaction of its own, as in life."""
    from councils.clock import hub_now  # noqa: PLC0415  # as above
    from councils.models import Council  # noqa: PLC0415  # as above
    from councils.tenancy import as_council  # noqa: PLC0415  # as above
    from outbox.actions import enqueue  # noqa: PLC0415  # as above

    councils, expires_at, began = list(Council.objects.all()), hub_now() + timedelta(hours=72), time.perf_counter()
    for number in range(count):
        council = councils[number % len(councils)]
        with as_council(council):
            to, key = f"p{number}@d{number % 50}.example", f"{began}:{number}"
            enqueue(council=council, kind="bench", to=to, dedupe_key=key, expires_at=expires_at, **SAMPLE)
    return count / (time.perf_counter() - began)


def delivered(port: int, count: int, workers: int = 1) -> float:
    default = settings.DATABASES["default"]
    url = f"postgres://{default['USER']}:{default['PASSWORD']}@{default['HOST']}:{default['PORT']}/{default['NAME']}"
    with ExitStack() as stack:
        senders = [stack.enter_context(sender(port, url)) for _ in range(workers)]
        began = time.perf_counter()
        for each in senders:
            tell(each, "go")
        sent = sum(int(heard(each).split()[0]) for each in senders)
        took = time.perf_counter() - began
    if sent != count:
        raise AssertionError(f"{sent} of {count} were sent")
    return count / took


@contextmanager
def sender(port: int, url: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "benchmarks.sender", str(port)]
    with subprocess.Popen(
        command, env=os.environ | {"DATABASE_URL": url}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        heard(process)
        yield process


def bare(port: int) -> float:
    mail = written(0)
    with smtplib.SMTP("127.0.0.1", port) as link:
        link.ehlo_or_helo_if_needed()
        began = time.perf_counter()
        for number in range(MAILS):
            link.sendmail("hub@example.org", [f"p{number}@d{number % 50}.example"], mail)
        return MAILS / (time.perf_counter() - began)


def composed(count: int = 2000) -> float:
    began = time.perf_counter()
    for number in range(count):
        written(number)
    return count / (time.perf_counter() - began)


def written(number: int) -> bytes:
    from councils.clock import hub_now  # noqa: PLC0415  # as above
    from outbox.mime import compose  # noqa: PLC0415  # as above

    return compose(
        message_id=f"<{number}@hub.example.org>",
        date=hub_now(),
        sender="The hub <hub@example.org>",
        to=f"p{number}@d{number % 50}.example",
        **SAMPLE,
    )


@contextmanager
def sink(milliseconds: int = 0) -> Iterator[int]:
    command = [sys.executable, str(HERE / "sink.py"), str(milliseconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(heard(process))
        finally:
            process.kill()


def tell(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def heard(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def per_second(speed: float) -> str:
    return f"{speed:,.0f} a second"


if __name__ == "__main__":
    sys.exit(main())
