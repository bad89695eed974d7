"""“The numbers”: a table to read, and the same one as a file; the statistical file of a year."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.working_time import in_london
from dashboards.exports.chosen import By, Part
from dashboards.exports.columns import columns_of, figures_of
from dashboards.exports.numbers import Numbers, numbers
from dashboards.exports.numbers_behind import addresses
from dashboards.exports.numbers_form import Asked, NumbersForm, unasked
from dashboards.exports.shown import ShownLine, shown_lines, years_until
from dashboards.exports.yearly import statistical_file
from dashboards.figures import RULES, year_of
from dashboards.pages.asked import asked_of
from dashboards.pages.reach import council_seen, councils_of, hub_seen
from dashboards.tables import as_of
from enquiries.casework_views import frame
from enquiries.exports import FileKind, Table
from enquiries.exports_files import FILES


@require_safe
def of_region(request: StaffRequest) -> HttpResponse:
    hub = hub_seen(request)
    return _numbers(request, hub, councils_of(hub), None)


@require_safe
def of_council(request: StaffRequest, slug: str) -> HttpResponse:
    council = council_seen(request, slug)
    return _numbers(request, council.hub, [council], council)


@require_safe
def year_of_region(request: StaffRequest) -> HttpResponse:
    hub = hub_seen(request)
    return _year(request, hub, councils_of(hub), hub.slug)


@require_safe
def year_of_council(request: StaffRequest, slug: str) -> HttpResponse:
    council = council_seen(request, slug)
    return _year(request, council.hub, [council], council.slug)


def _numbers(request: StaffRequest, hub: Hub, councils: list[Council], council: Council | None) -> HttpResponse:
    today = in_london(hub_now()).date()
    rows = [by for by in By if columns_of(by, Part.ALL) and (council is None or by != By.COUNCIL)]
    form = NumbersForm(request.GET if "by" in request.GET else unasked(today, rows), today=today, rows=rows)
    asked = form.asked()
    if asked is None:
        return _page(request, form, hub, council, status=422)
    made = numbers(councils, asked.span, asked.by, asked.part)
    if kind := request.GET.get("file"):
        return _file(made, kind, f"figures-{(council or hub).slug}-{_in_name(asked)}")
    leads = addresses(made, asked_of(request, hub, councils), asked.span, asked.by)
    return _page(request, form, hub, council, made=made, asked=asked, lines=list(shown_lines(made, leads)))


def _page(
    request: StaffRequest,
    form: NumbersForm,
    hub: Hub,
    council: Council | None,
    *,
    made: Numbers | None = None,
    asked: Asked | None = None,
    lines: Sequence[ShownLine] = (),
    status: int = 200,
) -> HttpResponse:
    today = in_london(hub_now()).date()
    shown: dict[str, object] = {
        "form": form,
        "hub": hub,
        "council": council,
        "asked": asked,
        "made": made,
        "lines": lines,
        "as_of": as_of(hub.pk),
        "rules": RULES,
        "years": years_until(today),
        "kinds": FileKind,
        "figures": figures_of(asked.by, asked.part) if asked else [],
    }
    title = f"The numbers: {council.name}" if council else "The numbers"
    return render(request, "staff/figures/numbers.html", frame(request, title) | shown, status=status)


def _year(request: StaffRequest, hub: Hub, councils: list[Council], named: str) -> HttpResponse:
    """Of the year that began with this April, if none is named."""
    today = in_london(hub_now()).date()
    year = _year_asked(request.GET.get("year", ""), today)
    return _file(statistical_file(hub, councils, year), request.GET.get("file", "csv"), f"year-{named}-{year}")


def _year_asked(typed: str, today: date) -> int:
    years = {str(year): year for year, _ in years_until(today)}
    if typed and typed not in years:
        raise Http404
    return years.get(typed, year_of(today))


def _file(made: Table, kind: str, name: str) -> HttpResponse:
    if kind not in FileKind.values:
        raise Http404
    write, content_type = FILES[FileKind(kind)]
    response = HttpResponse(write(made), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _in_name(asked: Asked) -> str:
    return f"{asked.span.first:%Y-%m}-to-{asked.span.last:%Y-%m}-by-{asked.by.value}"
