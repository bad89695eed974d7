"""Addresses of the pages: what follows /staff/dashboards/cell/, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

from dashboards.behind.staff_urls import ADDRESSES as BEHIND
from dashboards.disclosure.staff_urls import ADDRESSES as RELEASES
from dashboards.exports.staff_urls import ADDRESSES as EXPORTS
from dashboards.map.staff_urls import ADDRESSES as MAP
from dashboards.outcomes.staff_urls import ADDRESSES as OUTCOMES
from dashboards.pages import council_views, region_views
from dashboards.reports.staff_urls import ADDRESSES as REPORTS
from dashboards.shown.staff_urls import ADDRESSES as SHOWN

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = (
    ("", region_views.figures, "changelist"),
    ("region/", region_views.region, "region"),
    ("region/councils/", region_views.councils, "councils"),
    ("region/funnel/", region_views.funnel, "funnel"),
    ("region/promise/", region_views.promise, "promise"),
    ("region/sources/", region_views.sources, "sources"),
    ("region/ambassadors/", region_views.ambassadors, "ambassadors"),
    ("council/<slug:slug>/", council_views.council, "council"),
    ("council/<slug:slug>/funnel/", council_views.funnel, "council_funnel"),
    ("council/<slug:slug>/promise/", council_views.promise, "council_promise"),
    ("council/<slug:slug>/sources/", council_views.sources, "council_sources"),
    ("council/<slug:slug>/ambassadors/", council_views.ambassadors, "council_ambassadors"),
    *BEHIND,
    *EXPORTS,
    *MAP,
    *SHOWN,
    *REPORTS,
    *OUTCOMES,
    *RELEASES,
)
