"""What it costs to count a region's audience and to fix it, and whether memory stays flat.

    python -m benchmarks.audience

AUDIENCE_SIZES=100000,1000000 adds the stress run: 100,000 subscribers alone otherwise. Half of them enquired, nine of
ten agreed to news; a few said no, bounced, had an email yesterday or are talking with somebody. An editor of the hub
office asks, as the app's log-in, under the policies of every table. Memory is that of the process which asks: no row of
the audience passes through it.
"""

import os
import resource
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import django
from django.db import connection

from benchmarks.figures import Figure, show

if TYPE_CHECKING:
    from councils.models import Council

LIMIT, AT = 60.0, 1_000_000  # seconds, for so many
MEMORY = 300  # MB
FLAT = 1.3  # times the time a person at the smaller size

CASES = """
    INSERT INTO enquiries_enquiry SELECT copy.* FROM enquiries_enquiry original, generate_series(1, %s) AS n,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', gen_random_uuid(), 'reference', 'R' || n, 'journey_id', gen_random_uuid(),
        'household_id', gen_random_uuid(), 'email', original.council_id || '.' || n || '@example.org',
        'news_by_email', n %% 20 > 0, 'created_at', hub_now() - n %% 400 * interval '1 day',
        'state', CASE n %% 10 WHEN 0 THEN 'in_contact' ELSE 'not_yet' END,
        'closed_at', CASE n %% 10 WHEN 0 THEN NULL ELSE hub_now() END,
        'promise_kept_at', hub_now() - interval '90 days',
        'reached_at', hub_now() - n %% 30 * interval '1 day')) AS copy
"""
WITH_CASE = """
    INSERT INTO campaigns_subscriber (id, council_id, state, address, address_hash, first_name, area_code, interests,
        origin, enquiry_id, created_at, last_mailed_at)
    SELECT gen_random_uuid(), council_id, 'active', email, encode(sha256(email::bytea), 'hex'), 'Erin', '', '{}',
        'form', id, created_at, CASE hashtext(email) % 40 WHEN 0 THEN hub_now() - interval '1 day' END
    FROM enquiries_enquiry WHERE reference LIKE 'R%'
"""
WITHOUT = """
    INSERT INTO campaigns_subscriber (id, council_id, state, address, address_hash, first_name, area_code, interests,
        origin, created_at)
    SELECT gen_random_uuid(), %s, 'active', 'reader' || n || '@example.org',
        encode(sha256(('reader' || n || CASE WHEN n %% 50 = 0 THEN '' ELSE '.' || %s END)::bytea), 'hex'),
        'Erin', '', '{}', 'site', hub_now() FROM generate_series(1, %s) AS n
"""
AGREED = """
    INSERT INTO campaigns_agreement
        (id, council_id, subscriber_id, purpose, channel, origin, version, given_at, how_ended)
    SELECT gen_random_uuid(), council_id, id, 'news', 'email', origin, '', created_at, ''
    FROM campaigns_subscriber WHERE hashtext(address) % 10 <> 0
"""
SPARED = """
    INSERT INTO outbox_suppression (hub_id, address_hash, cover, reason, created_at)
    SELECT DISTINCT %s::integer, address_hash,
        CASE hashtext(address) %% 2 WHEN 0 THEN 'everything' ELSE 'promotional' END, 'x', hub_now()
    FROM campaigns_subscriber WHERE hashtext(address) %% 100 = 7 ON CONFLICT DO NOTHING
"""


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    from tests import databases  # noqa: PLC0415  # settings must stand first

    figures: list[Figure] = []
    per_person: list[float] = []
    for size in sorted(int(each) for each in os.environ.get("AUDIENCE_SIZES", "100000").split(",")):
        name = databases.prepare(f"audience{size}")
        try:
            fill(name, size)
            figures += measured(size, per_person)
        finally:
            connection.close()
            databases.drop(name)
    return show("An audience", figures)


def fill(name: str, size: int) -> None:
    from councils.models import Council  # noqa: PLC0415  # as above
    from tests.databases import as_owner  # noqa: PLC0415  # as above

    began = perf_counter()
    councils = list(Council.objects.fostering().filter(hub__slug="lafse"))
    for council in councils:
        _people(council, size // len(councils) // 2)
    as_owner(name, "VACUUM ANALYZE")
    print(f"{size:,} subscribers made in {perf_counter() - began:,.0f} s", flush=True)


def _people(council: "Council", each: int) -> None:
    from councils.tenancy import as_council  # noqa: PLC0415  # as above
    from tests.factories import enquiry  # noqa: PLC0415  # as above

    enquiry(council)
    with as_council(council), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # foreign keys of each row, by plans made for empty tables
        cursor.execute("DISCARD PLANS")
        cursor.execute(CASES, [each])
        cursor.execute(WITH_CASE)
        cursor.execute(WITHOUT, [council.pk, council.pk, each])
        cursor.execute(AGREED)
        cursor.execute(SPARED, [council.hub_id])


def measured(size: int, per_person: list[float]) -> Iterator[Figure]:
    from campaigns.actions.fixing import fix, loosen  # noqa: PLC0415  # as above
    from campaigns.audiences.choosing import tally_of  # noqa: PLC0415  # as above
    from councils.models import Council  # noqa: PLC0415  # as above
    from councils.tenancy import across  # noqa: PLC0415  # as above
    from tests.campaigns.audience import edits, mailing, segment  # noqa: PLC0415  # as above

    office = Council.objects.get(slug="lafse-office")
    access, ready = edits(office), mailing(office, segment(office))
    began = perf_counter()
    with across(access.reach, reason="benchmark"):
        tally = tally_of(ready, access)
    counted = perf_counter()
    fix(ready, tally.included, by=access)
    fixed = perf_counter()
    loosen(ready, by=access)
    loosened = perf_counter()
    seconds, limit = fixed - counted, LIMIT * size / AT
    told = f"{tally.included:,} included, {tally.left_out:,} left out by {len(tally.excluded)} reasons"
    yield Figure(f"{size:,}: counted", f"{counted - began:.1f} s", told, None)
    yield Figure(f"{size:,}: fixed", f"{seconds:.1f} s", f"< {limit:.0f} s", seconds < limit)
    yield Figure(f"{size:,}: a draft again", f"{loosened - fixed:.1f} s", "told", None)
    per_person.append(seconds / size)
    if len(per_person) > 1:
        times = per_person[-1] / per_person[0]
        yield Figure("… time a person, largest to smallest", f"{times:.2f} times", f"<= {FLAT}", times <= FLAT)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield Figure(f"{size:,}: memory of the process", f"{peak} MB", f"< {MEMORY} MB", peak < MEMORY)


if __name__ == "__main__":
    sys.exit(main())
