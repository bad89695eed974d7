"""A council's list of outcomes: tried first, then brought in. What was read travels through the page, signed; it is
kept nowhere. A file comes in by `manage.py import_outcomes`."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.working_time import in_london
from dashboards.actions.outcomes import bring_in, try_out
from dashboards.outcomes.forms import MOST_CHANGES, MOST_ROWS, ListForm
from dashboards.outcomes.reach import council_told_of
from dashboards.outcomes.rows import Row
from dashboards.outcomes.sheet import EXAMPLE, TEMPLATE, Sheet, read
from dashboards.outcomes.words import Told
from enquiries.casework_views import frame
from enquiries.imports.sheets import BadFile
from enquiries.states import APPLICATION_REASONS

_SALT = "dashboards.outcomes"
_GOOD_FOR = 3600  # seconds
_TOO_LATE = "It is too long since you tried it. Paste the rows again."


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: StaffRequest, slug: str) -> HttpResponse:
    council = council_told_of(request, slug)
    if request.method != "POST":
        return _page(request, council, ListForm())
    if "tried" in request.POST:
        return _bring_in(request, council)
    form = ListForm(request.POST)
    if not form.is_valid():
        return _page(request, council, form, status=422)
    try:
        today = in_london(hub_now()).date()
        sheet = read(form.cleaned_data["rows"].encode(), today=today, most=MOST_ROWS)
    except BadFile as problem:
        return _page(request, council, form, refusal=Refused(str(problem)), status=422)
    return _tried(request, council, sheet)


def _tried(request: StaffRequest, council: Council, sheet: Sheet) -> HttpResponse:
    packed = [[row.packed() for row in sheet.rows], sheet.bad]
    shown = {
        "council": council,
        "sheet": sheet,
        "taken": try_out(sheet.rows, council, most=MOST_CHANGES, by=request.access),
        "tried": signing.dumps(packed, salt=_salt(request, council), compress=True),
    }
    return render(request, "staff/figures/outcomes/tried.html", frame(request, "Bring in these outcomes?") | shown)


def _bring_in(request: StaffRequest, council: Council) -> HttpResponse:
    """Looked at once more: a colleague may have written something down since it was tried."""
    try:
        packed: Sequence[Any] = signing.loads(request.POST["tried"], salt=_salt(request, council), max_age=_GOOD_FOR)
    except signing.BadSignature:
        return _page(request, council, ListForm(), refusal=Refused(_TOO_LATE), status=409)
    rows, unread = packed
    told = [Row.unpacked(row) for row in rows]
    taken = bring_in(told, council, unread=unread, most=MOST_CHANGES, by=request.access)
    messages.success(request, f"Brought in: {taken.in_words} Nobody was written to.")
    if not taken.refused and not taken.left:
        return redirect("admin:dashboards_cell_outcomes", council.slug)
    shown = {"council": council, "taken": taken, "done": True}
    return render(request, "staff/figures/outcomes/tried.html", frame(request, "Outcomes were brought in") | shown)


def _salt(request: StaffRequest, council: Council) -> str:
    """Nobody brings in what somebody else tried, nor elsewhere."""
    return f"{_SALT}:{council.pk}:{request.user.pk}"


def _page(
    request: StaffRequest, council: Council, form: ListForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    shown = {
        "council": council,
        "form": form,
        "refusal": refusal,
        "example": [(column.value, EXAMPLE.get(column, "")) for column in TEMPLATE],
        "outcomes": [told.value for told in Told],
        "reasons": [reason.label for reason in APPLICATION_REASONS],
    }
    title = "Bring in outcomes"
    return render(request, "staff/figures/outcomes/bring.html", frame(request, title) | shown, status=status)
