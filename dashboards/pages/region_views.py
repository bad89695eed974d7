"""The region: at a glance, council by council, and a page for each question."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from dashboards.pages import (
    region_ambassadors,
    region_confirmed,
    region_councils,
    region_funnel,
    region_promise,
    region_sources,
    region_trend,
    region_week,
)
from dashboards.pages.asked import Asked, framed, of_region
from dashboards.pages.reach import own_councils

TEMPLATES = "staff/figures"


@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """To the region's for whoever sees it, else to that of a council of theirs."""
    if request.access.sees_region:
        return redirect("admin:dashboards_cell_region")
    councils = own_councils(request)
    if not councils:
        raise PermissionDenied
    return redirect("admin:dashboards_cell_council", councils[0].slug)


@require_safe
def region(request: StaffRequest) -> HttpResponse:
    asked = of_region(request)
    shown = {
        "week": region_week.week_of(asked),
        "unconfirmed": region_confirmed.unconfirmed(asked),
        "trend": region_trend.trend(asked),
    }
    return _page(request, "region", "The region", asked, shown)


@require_safe
def councils(request: StaffRequest) -> HttpResponse:
    asked = of_region(request)
    monthly = region_councils.monthly(asked)
    most, small = region_councils.side_by_side(asked, monthly)
    sparks = region_councils.in_rows(monthly)
    table = region_councils.table(asked, region_councils.ALL, request.GET.get("sort", ""), sparks=sparks)
    back = region_councils.months_back(asked)
    shown = {"table": table, "small": small, "most": most, "back": back}
    shown |= {"unconfirmed": region_confirmed.unconfirmed(asked)}
    return _page(request, "councils", "Council by council", asked, shown)


@require_safe
def funnel(request: StaffRequest) -> HttpResponse:
    asked = of_region(request)
    table = region_councils.table(asked, region_councils.FUNNEL, request.GET.get("sort", ""))
    return _page(request, "funnel", "Funnel", asked, {"page": region_funnel.page_of(asked), "table": table})


@require_safe
def promise(request: StaffRequest) -> HttpResponse:
    asked = of_region(request)
    numbers = region_councils.compared(asked, region_councils.PROMISE)
    table = region_councils.table(asked, region_councils.PROMISE, request.GET.get("sort", ""), numbers=numbers)
    page = region_promise.page_of(asked, numbers)
    return _page(request, "promise", "Promise", asked, {"page": page, "table": table})


@require_safe
def sources(request: StaffRequest) -> HttpResponse:
    asked = of_region(request)
    return _page(request, "sources", "Sources and campaigns", asked, {"page": region_sources.page_of(asked)})


@require_safe
def ambassadors(request: StaffRequest) -> HttpResponse:
    asked = of_region(request)
    table = region_councils.table(asked, region_councils.AMBASSADORS, request.GET.get("sort", ""))
    page = region_ambassadors.page_of(asked)
    return _page(request, "ambassadors", "Ambassadors", asked, {"page": page, "table": table})


def _page(request: StaffRequest, template: str, title: str, asked: Asked, shown: dict[str, object]) -> HttpResponse:
    context = framed(request, title, asked) | shown
    if isinstance(table := shown.get("table"), region_councils.Table):
        context["sort"] = table.sort
    status = 422 if asked.form.errors else 200
    return render(request, f"{TEMPLATES}/{template}.html", context, status=status)
