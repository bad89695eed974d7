"""An email to many, from its audience to a receiver, beside what the outbox needs for the same mails alone.

    python -m benchmarks.campaign

CAMPAIGN_SIZES=10000,100000,1000000 adds larger ones: 10,000 subscribers of twenty councils alone otherwise. The
outbox's own rate is that of mails as long, each enqueued in a transaction of its own and then sent; "sent alone" are
the same mails, written before the clock. Everybody is one process with the same receiver (benchmarks/sink.py). While
the email goes out somebody enqueues a service message each second; how long it is on its way stands in its row.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stderr
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import connection

from benchmarks.delivery import heard, per_second, sender, sink, tell
from benchmarks.figures import Figure, show

if TYPE_CHECKING:
    from campaigns.models import Mailing

SHARE, FLAT, MEMORY, SERVICE = 0.8, 1.3, 300, 10.0
ALONE, COMPARED = 2000, 1000  # mails of the comparisons

# A Wednesday morning, whenever this runs: campaigns leave by day.
CLOCK = """
    CREATE OR REPLACE FUNCTION hub_now() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$SELECT timestamptz '2027-03-03 10:00+00' + (now() - timestamptz '{began}')$$
"""
SUBSCRIBERS = """
    INSERT INTO campaigns_subscriber (id, council_id, state, address, address_hash, first_name, area_code, interests,
        origin, created_at, confirmed_at)
    SELECT gen_random_uuid(), %s, 'active', 'reader' || n || '.' || %s || '@d' || n %% 50 || '.example',
        encode(sha256(('reader' || n || '.' || %s)::bytea), 'hex'), 'Erin' || n %% 300, '', '{}', 'site', hub_now(),
        hub_now() FROM generate_series(1, %s) AS n
"""
AGREED = """
    INSERT INTO campaigns_agreement
        (id, council_id, subscriber_id, purpose, channel, origin, version, given_at, how_ended)
    SELECT gen_random_uuid(), council_id, id, 'news', 'email', origin, '', created_at, '' FROM campaigns_subscriber
    WHERE council_id = %s
"""
RECIPIENTS = """
    INSERT INTO campaigns_recipient (id, council_id, mailing_id, address_hash, source_id, subscriber_key, state, reason)
    SELECT gen_random_uuid(), %s, %s, address_hash, council_id, id, 'waiting', '' FROM campaigns_subscriber
"""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    from tests import databases  # noqa: PLC0415  # settings must stand first

    figures: list[Figure] = []
    per_person: list[float] = []
    for size in sorted(int(each) for each in os.environ.get("CAMPAIGN_SIZES", "10000").split(",")):
        name = databases.prepare(f"campaign{size}")
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT now()")
                databases.as_owner(name, CLOCK.format(began=cursor.fetchone()[0].isoformat()))
            figures += measured(name, size, per_person)
        finally:
            connection.close()
            databases.drop(name)
    return show("An email to many", figures)


def measured(name: str, size: int, per_person: list[float]) -> Iterator[Figure]:
    mailing = filled(name, size)
    with sink() as port:
        alone = sent_alone(name, port, mailing)
        own = 1 / (1 / alone + 1 / enqueued(mailing))
        _deliver(port)
        rate, memory, service = sent_in_full(port, mailing)
    yield Figure(f"{size:,}: written and sent", per_second(rate), "told", None)
    yield Figure("… the same mails sent alone", per_second(alone), "told", None)
    share = f"{rate / own:.2f} of {per_second(own)}"
    yield Figure("… to the outbox’s own rate", share, f">= {SHARE}", rate / own >= SHARE)
    per_person.append(1 / rate)
    if len(per_person) > 1:
        times = per_person[-1] / per_person[0]
        yield Figure("… time a person, largest to smallest", f"{times:.2f} times", f"<= {FLAT}", times <= FLAT)
    yield Figure("… memory of the sender", f"{memory} MB", f"< {MEMORY} MB", memory < MEMORY)
    yield Figure("… service messages meanwhile, p95", f"{service:.1f} s", f"< {SERVICE:.0f} s", service < SERVICE)


def filled(name: str, size: int) -> "Mailing":
    from councils.models import Council  # noqa: PLC0415  # as above
    from councils.tenancy import across, as_council  # noqa: PLC0415  # as above
    from tests.campaigns import sending  # noqa: PLC0415  # as above
    from tests.databases import as_owner  # noqa: PLC0415  # as above

    office = Council.objects.get(slug="lafse-office")
    councils = list(Council.objects.fostering().filter(hub=office.hub_id))
    for council in councils:
        with as_council(council), connection.cursor() as cursor:
            cursor.execute(SUBSCRIBERS, [council.pk, council.pk, council.pk, size // len(councils)])
            cursor.execute(AGREED, [council.pk])
    mailing = sending.running(office, 0, blocks=WORDS, fixed=size // len(councils) * len(councils))
    with across([office, *councils], reason="benchmark"), connection.cursor() as cursor:
        cursor.execute(RECIPIENTS, [office.pk, mailing.pk])
    as_owner(name, "VACUUM ANALYZE")
    return mailing


def sent_alone(name: str, port: int, mailing: "Mailing") -> float:
    """The first of them, written before the clock."""
    from campaigns.actions import expanding  # noqa: PLC0415  # as above
    from tests.databases import as_owner  # noqa: PLC0415  # as above

    usual, expanding.AHEAD = expanding.AHEAD, ALONE
    written = 0
    while written < ALONE and (batch := expanding.expand(mailing.council_id, mailing.pk)):
        written += batch
    expanding.AHEAD = usual
    as_owner(name, "ANALYZE outbox_message")  # it was empty a moment ago: plans for that would be measured
    connection.close()
    began = time.perf_counter()
    sent = _deliver(port)
    return sent / (time.perf_counter() - began)


def _deliver(port: int) -> int:
    from outbox.sending import deliver_due  # noqa: PLC0415  # as above

    settings.DEV_MAILBOX = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.MAIL_PER_DOMAIN_PER_SECOND = 0
    total = 0
    while tried := deliver_due():
        total += tried
    return total


def enqueued(mailing: "Mailing") -> float:
    """Mails as long, in the campaign lane, each in a transaction of its own."""
    from councils.clock import hub_now  # noqa: PLC0415  # as above
    from councils.tenancy import as_council  # noqa: PLC0415  # as above
    from outbox.actions import enqueue  # noqa: PLC0415  # as above
    from outbox.models import Message  # noqa: PLC0415  # as above
    from outbox.states import Lane  # noqa: PLC0415  # as above

    with as_council(mailing.council_id):
        sample, expires_at = Message.objects.filter(subject_id=mailing.pk)[0], hub_now() + timedelta(hours=72)
    html = message_from_bytes(bytes(sample.mime), EmailMessage, policy=policy.default).get_body(("html",))
    shown = html.get_content() if html else ""
    began = time.perf_counter()
    for number in range(COMPARED):
        with as_council(mailing.council_id):
            enqueue(
                council=mailing.council_id,
                kind="bench",
                to=f"p{number}@d{number % 50}.example",
                subject=sample.subject,
                text=sample.text,
                html=shown,
                dedupe_key=f"bench:{number}",
                expires_at=expires_at,
                lane=Lane.CAMPAIGN,
            )
    return COMPARED / (time.perf_counter() - began)


def sent_in_full(port: int, mailing: "Mailing") -> tuple[float, int, float]:
    """Recipients a second, MB, and seconds of a service message."""
    default = settings.DATABASES["default"]
    url = f"postgres://{default['USER']}:{default['PASSWORD']}@{default['HOST']}:{default['PORT']}/{default['NAME']}"
    ended = threading.Event()
    with ExitStack() as stack:
        process = stack.enter_context(sender(port, url))
        somebody = threading.Thread(target=_service_meanwhile, args=[mailing, ended])
        began = time.perf_counter()
        tell(process, "go")
        somebody.start()
        told = heard(process)
        took = time.perf_counter() - began
        ended.set()
        somebody.join()
    sent, memory = map(int, told.split())
    return sent / took, memory, _p95(mailing)


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


def _p95(mailing: "Mailing") -> float:
    from councils.tenancy import as_council  # noqa: PLC0415  # as above
    from outbox.models import Message  # noqa: PLC0415  # as above

    with as_council(mailing.council_id):
        found = Message.objects.filter(kind="service", settled_at__isnull=False)
        rows = found.values_list("created_at", "settled_at")
        waits = [(end - begun).total_seconds() for begun, end in rows if end is not None]
    return quantiles(waits, n=20)[-1] if len(waits) > 1 else 0.0


WORDS = [
    {"kind": "heading", "text": "Hello {first_name|there}"},
    {"kind": "text", "text": "People like you foster in {council}. " * 12},
    {"kind": "button", "text": "Come to an evening", "address": "/events/"},
    {"kind": "text", "text": "Ring us on {council_phone|our number}. " * 8},
]


if __name__ == "__main__":
    sys.exit(main())
