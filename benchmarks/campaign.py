"""An email to many, written and sent, beside what the outbox does with the same mails when they lie ready in it.

    python -m benchmarks.campaign

CAMPAIGN_SIZES=10000,100000,1000000 adds larger ones: 10,000 subscribers of twenty councils alone otherwise. Each has a
database of its own, in which an email is fixed for all of them as an editor does it. Of a larger one all but 30,000
have been written to: their recipients, messages and subscribers are loaded as the senders would have left them, but
without the texts. What is measured is sent truly.

The outbox's own rate: one sender delivers mails of this email that lie ready; nobody writes any. Beside it the same
sender writes and delivers, batch by batch. Both by turns, in rounds, at two receivers: one takes 5 ms a mail, the other
nothing (benchmarks/sink.py); ratios are of one round, and the median of the rounds stands in the table. In the end the
largest is sent to its last recipient while somebody enqueues a service message each second.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stderr
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import connection

from benchmarks.delivery import SLOW_SINK, heard, per_second, sender, sink, tell
from benchmarks.figures import Figure, show
from benchmarks.sender import most_memory

if TYPE_CHECKING:
    from campaigns.models import Mailing

SHARE, FLAT, MEMORY, SERVICE, FIXED = 0.8, 1.3, 300, 10.0, 60.0
MANY, LEFT = 100_000, 30_000  # LEFT: of a larger email, to be sent truly
ROUNDS, BATCH = 3, 500
FEWEST = BATCH * (3 + 4 * ROUNDS)  # sent to warm up, and in the rounds

# A Wednesday morning, whenever this runs: campaigns leave by day.
CLOCK = """
    CREATE OR REPLACE FUNCTION hub_now() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$SELECT timestamptz '2027-03-03 10:00+00' + (now() - timestamptz '{began}')$$
"""


@dataclass
class Email:
    """Messages a second, of each round."""

    size: int
    name: str
    mailing: "Mailing"
    seconds_to_fix: float
    memory_to_fix: int  # MB; as the web takes it
    quick: "subprocess.Popen[str]"
    slow: "subprocess.Popen[str]"
    own: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    own_slow: list[float] = field(default_factory=list)
    whole_slow: list[float] = field(default_factory=list)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    sizes = sorted(int(each) for each in os.environ.get("CAMPAIGN_SIZES", "10000").split(","))
    if sizes[0] < FEWEST:
        raise SystemExit(f"{sizes[0]:,} are too few to be compared: {FEWEST:,} are sent before the end.")
    with ExitStack() as stack:
        ports = stack.enter_context(sink()), stack.enter_context(sink(SLOW_SINK))
        emails = [_email(size, ports, stack) for size in sizes]
        for _ in range(ROUNDS):
            for email in emails:
                _round(email)
        figures = [*_figures(emails), *_to_its_end(emails[-1])]
        connection.close()
    return show("An email to many", figures)


def _email(size: int, ports: tuple[int, int], stack: ExitStack) -> Email:
    """Its senders are started at once: the environment names the database prepared last."""
    from benchmarks import campaign_people as people  # noqa: PLC0415  # settings must stand first
    from tests import databases  # noqa: PLC0415  # as above

    began = time.perf_counter()
    name = databases.prepare(f"campaign{size}")
    stack.callback(databases.drop, name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        databases.as_owner(name, CLOCK.format(began=cursor.fetchone()[0].isoformat()))
    people.fill(size)
    databases.as_owner(name, "VACUUM ANALYZE")
    fixing = time.perf_counter()
    mailing = people.fixed_for_all()
    fixed, memory = time.perf_counter() - fixing, most_memory()
    if size > LEFT:
        databases.as_owner(name, "ANALYZE campaigns_recipient")
        people.bring_near_its_end(mailing, left=LEFT)
    databases.as_owner(name, "VACUUM ANALYZE")
    quick, slow = (stack.enter_context(sender(port, _url())) for port in ports)
    email = Email(size, name, mailing, fixed, memory, quick, slow)
    _warm_up(email)
    print(f"{size:,} made ready in {time.perf_counter() - began:,.0f} s", flush=True)
    return email


def _url() -> str:
    default = settings.DATABASES["default"]
    return f"postgres://{default['USER']}:{default['PASSWORD']}@{default['HOST']}:{default['PORT']}/{default['NAME']}"


def _warm_up(email: Email) -> None:
    """Plans made for tables that were empty a moment ago would be measured."""
    from tests.databases import as_owner  # noqa: PLC0415  # as above

    _done(email.quick, "batches", BATCH)
    as_owner(email.name, "ANALYZE outbox_message")
    _done(email.slow, "batches", BATCH // 5)
    _done(email.quick, "batches", BATCH)


def _round(email: Email) -> None:
    for process, own, whole in (
        (email.quick, email.own, email.whole),
        (email.slow, email.own_slow, email.whole_slow),
    ):
        _done(process, "write", BATCH)
        own.append(_done(process, "deliver"))
        whole.append(_done(process, "batches", BATCH))


def _done(process: "subprocess.Popen[str]", verb: str, many: int = 0) -> float:
    """How many a second."""
    began = time.perf_counter()
    tell(process, f"{verb} {many}")
    count = int(heard(process).split()[0])
    return count / (time.perf_counter() - began)


def _figures(emails: list[Email]) -> Iterator[Figure]:
    for email in emails:
        reached = f"{email.size:,}" + (f", the last {LEFT:,}" if email.size > LEFT else "")
        yield _fixing(email)
        for receiver, own, whole, promised in (
            (f"a receiver that takes {SLOW_SINK} ms a mail", email.own_slow, email.whole_slow, True),
            ("one that takes nothing", email.own, email.whole, False),
        ):
            share = median(done / alone for done, alone in zip(whole, own, strict=True))
            yield Figure(f"{reached}: sent, {receiver}", per_second(median(whole)), "told", None)
            told = f"{share:.2f} of {per_second(median(own))}"
            target, kept = (f">= {SHARE}", share >= SHARE) if promised else ("told", None)
            yield Figure("… to what the outbox delivers by itself", told, target, kept)
    if len(emails) > 1:
        yield _flatness(emails[0], emails[-1])


def _fixing(email: Email) -> Figure:
    """Of a few, what every statement costs is most of it."""
    label, took = f"{email.size:,}: audience counted and fixed", f"{email.seconds_to_fix:.1f} s"
    if email.size < MANY:
        return Figure(label, took, "told", None)
    limit = FIXED * email.size / 1_000_000
    return Figure(label, took, f"< {limit:.0f} s", email.seconds_to_fix < limit)


def _flatness(smallest: Email, largest: Email) -> Figure:
    """At the receiver that hides nothing."""
    times = median(before / after for before, after in zip(smallest.whole, largest.whole, strict=True))
    label = f"time a recipient, the last {LEFT:,} of {largest.size:,} to {smallest.size:,}"
    return Figure(label, f"{times:.2f} times", f"<= {FLAT}", times <= FLAT)


def _to_its_end(email: Email) -> Iterator[Figure]:
    ended = threading.Event()
    somebody = threading.Thread(target=_service_meanwhile, args=[email.mailing, ended])
    tell(email.quick, "go 0")
    somebody.start()
    _, memory = map(int, heard(email.quick).split())
    ended.set()
    somebody.join()
    label, taken = f"{email.size:,}: memory of whoever counts and fixes it", email.memory_to_fix
    yield Figure(label, f"{taken} MB", f"< {MEMORY} MB", taken < MEMORY)
    yield Figure(f"{email.size:,}: memory of the sender", f"{memory} MB", f"< {MEMORY} MB", memory < MEMORY)
    waits, faults = _waits(email.mailing), _faults(email.mailing)
    p95 = quantiles(waits, n=20)[-1] if len(waits) > 1 else 0.0
    label = f"… {len(waits)} service messages meanwhile, p95"
    yield Figure(label, f"{p95:.1f} s", f"< {SERVICE:.0f} s", p95 < SERVICE)
    yield Figure("… what campaign_audit finds wrong", "; ".join(faults) or "nothing", "nothing", not faults)


def _service_meanwhile(mailing: "Mailing", ended: threading.Event) -> None:
    from councils.clock import hub_now  # noqa: PLC0415  # as above
    from councils.tenancy import as_council  # noqa: PLC0415  # as above
    from outbox.actions import enqueue  # noqa: PLC0415  # as above

    number = 0
    while not ended.wait(1.0):
        number += 1
        with as_council(mailing.council_id):
            enqueue(
                council=mailing.council_id,
                kind="service",
                to="erin@example.org",
                subject="Somebody waits",
                text="For this.",
                dedupe_key=f"service:{number}",
                expires_at=hub_now() + timedelta(hours=1),
            )
    connection.close()


def _waits(mailing: "Mailing") -> list[float]:
    from councils.tenancy import as_council  # noqa: PLC0415  # as above
    from outbox.models import Message  # noqa: PLC0415  # as above

    with as_council(mailing.council_id):
        found = Message.objects.filter(kind="service", settled_at__isnull=False)
        rows = found.values_list("created_at", "settled_at")
        return [(end - begun).total_seconds() for begun, end in rows if end is not None]


def _faults(mailing: "Mailing") -> tuple[str, ...]:
    from benchmarks.campaign_people import office_and_councils  # noqa: PLC0415  # as above
    from campaigns.mailings.auditing import audit  # noqa: PLC0415  # as above
    from councils.tenancy import across  # noqa: PLC0415  # as above

    office, councils = office_and_councils()
    with across([office, *councils], reason="benchmark"):
        mailing.refresh_from_db()
        return audit(mailing).faults


if __name__ == "__main__":
    sys.exit(main())
