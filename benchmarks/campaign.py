"""An email to many, from its audience to a receiver, beside what the outbox needs for the same mails alone.

    python -m benchmarks.campaign

CAMPAIGN_SIZES=10000,100000,1000000 adds larger ones: 10,000 subscribers of twenty councils alone otherwise. "Alone" are
the same mails, written before the clock. Everybody is one process, started before the clock, with the same receiver
(benchmarks/sink.py). While the email goes out somebody else enqueues a service message each second, which another
sender takes: how long that one is on its way is measured too.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stderr
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
ALONE = 3000  # mails of the comparison

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
        alone = sent_alone(port, mailing)
        rate, memory, service = sent_in_full(port, mailing, size)
    yield Figure(f"{size:,}: written and sent", per_second(rate), "told", None)
    yield Figure("… the same mails sent alone", per_second(alone), "told", None)
    yield Figure("… share", f"{rate / alone:.2f}", f">= {SHARE}", rate / alone >= SHARE)
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


def sent_alone(port: int, mailing: "Mailing") -> float:
    """Written before the clock; afterwards as if it had never been, so that all of it is written and sent below."""
    from campaigns.mailings import expanding  # noqa: PLC0415  # as above

    usual, expanding.AHEAD = expanding.AHEAD, ALONE
    written = 0
    while written < ALONE and (batch := expanding.expand(mailing.council_id, mailing.pk)):
        written += batch
    expanding.AHEAD = usual
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


def sent_in_full(port: int, mailing: "Mailing", size: int) -> tuple[float, int, float]:
    """Recipients a second, MB, and seconds of a service message."""
    default = settings.DATABASES["default"]
    url = f"postgres://{default['USER']}:{default['PASSWORD']}@{default['HOST']}:{default['PORT']}/{default['NAME']}"
    with ExitStack() as stack:
        process = stack.enter_context(sender(port, url))
        began = time.perf_counter()
        tell(process, "go")
        waits = _service_meanwhile(mailing)
        sent, memory = map(int, heard(process).split())
        took = time.perf_counter() - began
    return sent / took, memory, quantiles(waits, n=20)[-1] if len(waits) > 1 else 0.0


def _service_meanwhile(mailing: "Mailing") -> list[float]:
    return []


WORDS = [
    {"kind": "heading", "text": "Hello {first_name|there}"},
    {"kind": "text", "text": "People like you foster in {council}. " * 12},
    {"kind": "button", "text": "Come to an evening", "address": "/events/"},
    {"kind": "text", "text": "Ring us on {council_phone|our number}. " * 8},
]


if __name__ == "__main__":
    sys.exit(main())
