"""The site with pages that tell whose rows they can see, and pages that end badly after they have seen some."""

from collections.abc import Iterator

from django.contrib import admin
from django.db import connection, transaction
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.urls import path

from councils.models import Council
from councils.tenancy import NoScope, as_council, run_in, scope_across
from enquiries.models import Enquiry, Note
from lafse.urls import urlpatterns as all_patterns

NOBODY = "nobody"
WRITTEN = "written by a page that failed"


def seen() -> str:
    """By the managers and by the policies alone, which must agree."""
    try:
        by_managers = sorted(Enquiry.objects.values_list("name", flat=True))
    except NoScope:
        by_managers = []
    with connection.cursor() as cursor:
        cursor.execute('SELECT name FROM enquiries_enquiry ORDER BY name COLLATE "C"')
        by_policies = [row[0] for row in cursor.fetchall()]
    names = by_managers if by_managers == by_policies else [*by_managers, "but by the policies", *by_policies]
    return ", ".join(names) or NOBODY


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(seen())


def crashing(request: HttpRequest) -> HttpResponse:
    _write()
    raise RuntimeError(WRITTEN)


def unwell(request: HttpRequest) -> HttpResponse:
    _write()
    return HttpResponse(seen(), status=503)


def too_slow(request: HttpRequest) -> HttpResponse:
    _write()
    _sleep_too_long()
    return HttpResponse("not reached")


def slow_in_part(request: HttpRequest) -> HttpResponse:
    """A part of it runs out of time and is given up; the page goes on."""
    try:
        with transaction.atomic():
            _write()
            _sleep_too_long()
    except OperationalError:
        return HttpResponse(seen())
    return HttpResponse("not reached")


def cut_off(request: HttpRequest) -> HttpResponse:
    """The server ends the connection under it."""
    _write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("not reached")


def badly_rendered(request: HttpRequest) -> SimpleTemplateResponse:
    _write()
    template = engines["django"].from_string("{{ seen }}{{ fail }}")
    return SimpleTemplateResponse(template, {"seen": seen, "fail": _fail})


def streamed(request: HttpRequest) -> HttpResponseBase:
    """In pieces, each read while the transaction is open: whoever goes away leaves it so."""
    council = Enquiry.objects.get().council_id

    def pieces() -> Iterator[str]:
        with as_council(council):
            _write()
            for _ in range(20):
                yield f"{seen()}\n"
            transaction.set_rollback(True)

    return StreamingHttpResponse(pieces())


def in_one_statement(request: HttpRequest) -> HttpResponse:
    """Scope and statement in one message."""
    council = Enquiry.objects.get().council_id
    rows = run_in(scope_across([council], "crowd"), "SELECT name FROM enquiries_enquiry", [])
    return HttpResponse(", ".join(row[0] for row in rows))


def one_councils(request: HttpRequest, slug: str) -> HttpResponse:
    """A public page, which opens its scope itself and leaves it before it answers."""
    with as_council(Council.objects.get(slug=slug)):
        inside = seen()
    return HttpResponse(inside if seen() == NOBODY else f"after the scope: {seen()}")


def _write() -> None:
    enquiry = Enquiry.objects.get()
    Note.objects.create(council_id=enquiry.council_id, enquiry=enquiry, text=WRITTEN, by_id=enquiry.owner_id)


def _sleep_too_long() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '15', true)")
        cursor.execute("SELECT pg_sleep(2)")


def _fail() -> str:
    raise RuntimeError(WRITTEN)


staff = {
    page.__name__: page
    for page in (
        *(plain, crashing, unwell, too_slow, slow_in_part, cut_off, badly_rendered, streamed),
        in_one_statement,
    )
}
urlpatterns = [
    *(path(f"staff/crowd/{name}/", admin.site.admin_view(page)) for name, page in staff.items()),
    path("crowd/anybody/", plain),
    path("crowd/<slug:slug>/", one_councils),
    *all_patterns,
]
