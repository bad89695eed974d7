"""For the process supervisor (/healthz) and the load balancer (/readyz).

Answered before every other middleware: a balancer asks by address and not by the site's name, so the Host header does
not count here; no session is read, no redirect to https given, and no log line written every second.
"""

from collections.abc import Callable
from functools import cache

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from councils.routing import NoDirectory, directory
from outbox.release import refusal

Answer = Callable[[HttpRequest], HttpResponseBase]
PATIENCE = 0.3  # seconds for Valkey, which is not needed to serve


def probes(answer: Answer) -> Answer:
    paths = {"/healthz": healthz, "/readyz": readyz}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        probe = paths.get(request.path_info)
        return probe(request) if probe else answer(request)

    return middleware


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing, so that a dead database does not restart the web."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 where a page could not be served or a council not be kept apart. Without Valkey we serve, more slowly."""
    fault = _fault()
    degraded = [name for name, well in WANTED.items() if not fault and not well()]
    status = "not ready" if fault else "degraded" if degraded else "ok"
    report = {"status": status, "fault": fault, "degraded": degraded}
    return JsonResponse(report, status=503 if fault else 200)


def _fault() -> str | None:
    """The first only: without its tables the database cannot answer the next question."""
    try:
        return next((name for name, well in CHECKS.items() if not well()), None)
    except Error:
        return "database"


def _role_is_bound_by_policies() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    return bool(row and row[0])


def _migrations_are_applied() -> bool:
    return _wanted_migrations() <= MigrationRecorder(connection).applied_migrations().keys()


@cache
def _wanted_migrations() -> frozenset[tuple[str, str]]:
    """Those this code came with: read from disk once, not at every probe."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _postcodes_are_here() -> bool:
    try:
        directory()
    except NoDirectory:
        return False
    return True


CHECKS = {
    "role": _role_is_bound_by_policies,
    "migrations": _migrations_are_applied,
    "postcodes": _postcodes_are_here,
}


def _may_send() -> bool:
    return refusal() is None


def _valkey_answers() -> bool:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


# Pages are served without them.
WANTED = {"redis": _valkey_answers, "sending": _may_send}
