"""Take the list out as a file: first what for, then the file. What was searched for travels by POST only."""

from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from councils.access import Access, StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.actions.exporting import may_be_taken_out, take_out
from enquiries.board import Narrowed
from enquiries.board_views import colleagues_of
from enquiries.casework_views import councils_of, frame
from enquiries.exports import CONTACTS, MOST_ROWS, WORK, FileKind, Purpose, Table
from enquiries.exports_files import FILES
from enquiries.forms.board import NarrowForm
from enquiries.forms.exports import ExportForm


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: StaffRequest) -> HttpResponse:
    if not request.access.exports:
        raise PermissionDenied
    now = hub_now()
    sent = request.POST if request.method == "POST" else request.GET
    wish = NarrowForm(sent, councils=councils_of(request), colleagues=colleagues_of(request.access)).narrowed(
        request.POST.get("typed", "").strip()
    )
    if "file" not in request.POST:
        return page(request, wish, ExportForm(), now)
    form = ExportForm(request.POST)
    try:
        return answer(made_from(form, wish, now=now, by=request.access), FileKind(form.cleaned_data["file"]), now)
    except Refused as refusal:
        return page(request, wish, form, now, refusal)


def made_from(form: ExportForm, wish: Narrowed, *, now: datetime, by: Access) -> Table:
    """Raises Refused."""
    told = form.told()
    return take_out(
        wish,
        purpose=Purpose(told["purpose"]),
        words=told["words"],
        contacts=told["contacts"],
        file=FileKind(told["file"]),
        now=now,
        by=by,
    )


def answer(made: Table, kind: FileKind, now: datetime) -> HttpResponse:
    write, content_type = FILES[kind]
    response = HttpResponse(write(made), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="enquiries-{in_london(now):%Y-%m-%d}.{kind.value}"'
    return response


def page(
    request: StaffRequest, wish: Narrowed, form: ExportForm, now: datetime, refusal: Refused | None = None
) -> HttpResponse:
    access = request.access
    shown = {
        "form": form,
        "refusal": refusal,
        "hidden": {name: value for name, value in asdict(wish).items() if value},
        "rows": may_be_taken_out(wish, access=access, now=now)[: MOST_ROWS + 1].count(),
        "most": MOST_ROWS,
        "work": [column.name for column in WORK],
        "contacts": [column.name for column in CONTACTS] if access.where(Permission.EXPORT_CONTACTS) else [],
        "left_out": Council.objects.filter(pk__in=access.councils - access.where(Permission.EXPORT_CASES)),
    }
    return render(
        request,
        "staff/exports/ask.html",
        frame(request, "Take this list out") | shown,
        status=422 if refusal else 200,
    )
