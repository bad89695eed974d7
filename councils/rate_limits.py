"""How often somebody may ask, counted in Valkey. It fails open: with Valkey away everybody is let in, and we log it."""

import ipaddress
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

import redis
import structlog
from django.conf import settings
from django.http import HttpRequest

log = structlog.get_logger("councils.rate_limits")
IPV4_NETWORK = 24
IPV6_NETWORK = 48  # what one subscriber may be given
# A page must not wait longer than this for a counter.
PATIENCE = 0.2
_apart: ContextVar[str] = ContextVar("apart", default="")


@dataclass(frozen=True)
class Limit:
    name: str
    times: int
    seconds: int


def exceeded(limit: Limit, key: str) -> bool:
    """Count one more for this key; True once there were more than the limit allows in its window."""
    return wait_for(limit, key) > 0


def wait_for(limit: Limit, key: str) -> int:
    """Count one more for this key: 0, or the seconds until its window ends once there were too many."""
    counter = _counter(limit, key)
    try:
        # One round trip. NX: only the first of a window sets its end, so a steady stream cannot push it away.
        with valkey().pipeline(transaction=False) as pipe:
            pipe.incr(counter)
            pipe.expire(counter, limit.seconds, nx=True)
            pipe.ttl(counter)
            count, _, left = pipe.execute()
    except redis.RedisError as error:
        log.warning("rate limits are off: Valkey does not answer", error=type(error).__name__)
        return 0
    if count == limit.times + 1:
        log.warning("rate limit reached", limit=limit.name)
    return max(left, 1) if count > limit.times else 0


def forget(limit: Limit, key: str) -> None:
    """They were who they said."""
    try:
        valkey().delete(_counter(limit, key))
    except redis.RedisError as error:
        log.warning("rate limits are off: Valkey does not answer", error=type(error).__name__)


def _counter(limit: Limit, key: str) -> str:
    return f"limit:{_apart.get()}{limit.name}:{key}"


@contextmanager
def counted_apart() -> Iterator[None]:
    """As if nobody had asked before, and leaving nothing that others are counted by: for checks of a hub in use."""
    token = _apart.set(f"{secrets.token_hex(8)}:")
    try:
        yield
    finally:
        _apart.reset(token)


@cache
def valkey() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def network_of(request: HttpRequest) -> str:
    """The visitor's network: /24 or /48, so that one person with many addresses counts once."""
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return "unknown"
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    length = IPV4_NETWORK if mapped or isinstance(address, ipaddress.IPv4Address) else IPV6_NETWORK
    return str(ipaddress.ip_network((mapped or address, length), strict=False))


def address_of(request: HttpRequest) -> str:
    """REMOTE_ADDR, or what the outermost proxy of ours wrote down; a visitor can write anything to the left of that."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
        return str(hops[-settings.TRUSTED_PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))
