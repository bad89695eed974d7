"""For the process supervisor (/healthz) and the load balancer (/readyz)."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from councils.models import PostcodeRelease


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing, so that a dead database does not restart the web."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    try:
        faults = _faults()
    except DatabaseError:
        faults = ["database"]
    return JsonResponse({"status": "not ready" if faults else "ok", "faults": faults}, status=503 if faults else 200)


def _faults() -> list[str]:
    checks = {
        "role": _role_is_bound_by_policies(),
        "migrations": not _unapplied(),
        "postcodes": PostcodeRelease.objects.filter(active=True).exists(),
    }
    return [name for name, well in checks.items() if not well]


def _role_is_bound_by_policies() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    return bool(row and row[0])


def _unapplied() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
