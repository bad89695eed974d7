"""How fast we may knock: buckets of tokens, one a provider and one a recipient's domain, kept in PostgreSQL.

A sender takes what a whole batch needs in one statement, while it claims, so that the sends themselves ask nobody. A
bucket holds five seconds' worth, the time between two looks for work. Campaigns leave a part of it to service messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from councils.clock import HubNow
from outbox.models import Allowance
from outbox.states import Lane

SECONDS_HELD = 5
RESERVE = 0.2  # of a full bucket, which campaigns leave
PROVIDER, DOMAIN = "provider", "domain"

# Levels are worked out from the time that has passed. Rows are locked in the order of their keys: no two takers wait
# for each other.
_TAKE = """
    WITH wanted AS (
        SELECT * FROM unnest(%(keys)s::text[], %(counts)s::int[]) AS w(key, count)
    ), held AS (
        SELECT key, least(%(full)s, tokens + %(rate)s * greatest(0, extract(epoch FROM hub_now() - filled_at))) AS level
        FROM outbox_allowance WHERE key = ANY(%(keys)s) ORDER BY key FOR UPDATE
    ), granted AS (
        SELECT key, level, greatest(0, least(count, floor(level - %(reserve)s)))::int AS count
        FROM held JOIN wanted USING (key)
    )
    UPDATE outbox_allowance AS a SET tokens = level - count, filled_at = greatest(filled_at, hub_now())
    FROM granted WHERE a.key = granted.key RETURNING a.key, count
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many a second; none where it is 0."""

    rate: float

    @property
    def full(self) -> float:
        return max(1.0, self.rate * SECONDS_HELD)

    @property
    def reserve(self) -> float:
        """At least one token is left to campaigns, or they would wait for ever."""
        return min(self.full * RESERVE, self.full - 1)


def limit_of_provider() -> Limit:
    return Limit(settings.MAIL_PER_SECOND)


def limit_of_domain() -> Limit:
    return Limit(settings.MAIL_PER_DOMAIN_PER_SECOND)


def take(wanted: Mapping[str, int], limit: Limit, lane: Lane | int) -> dict[str, int]:
    """How many of those wanted are granted, for each key. A bucket that is new is full."""
    if not wanted or not limit.rate:
        return dict(wanted)
    keys = sorted(wanted)
    Allowance.objects.bulk_create([Allowance(key=key, tokens=limit.full) for key in keys], ignore_conflicts=True)
    values: dict[str, Any] = {
        "keys": keys,
        "counts": [wanted[key] for key in keys],
        "rate": limit.rate,
        "full": limit.full,
        "reserve": limit.reserve if lane == Lane.CAMPAIGN else 0.0,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        return dict(cursor.fetchall())


def give_back(key: str, count: int) -> None:
    """What was taken and not used. More than a full bucket holds is cut off by whoever takes next."""
    Allowance.objects.filter(key=key).update(tokens=F("tokens") + count)


def forget_full_buckets() -> int:
    """A bucket that nobody took from for a while is full, and a domain may be a person's own: it is not kept."""
    old = Allowance.objects.filter(filled_at__lt=HubNow() - timedelta(minutes=10))
    keys = list(old.select_for_update(skip_locked=True).values_list("key", flat=True)[:1000])
    return Allowance.objects.filter(key__in=keys).delete()[0] if keys else 0
