"""One council: beside the middle of the region, and the region's pages for it alone."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from councils.models import Council
from dashboards.behind.sought import EVER
from dashboards.beside import OTHERS
from dashboards.pages import (
    region_ambassadors,
    region_confirmed,
    region_councils,
    region_funnel,
    region_promise,
    region_sources,
)
from dashboards.pages.asked import Asked, asked_of, framed
from dashboards.pages.behind import list_behind
from dashboards.pages.council_page import page_of
from dashboards.pages.reach import council_seen, own_councils
from dashboards.span import Span
from dashboards.states import Grain

View = Callable[[StaffRequest, str], HttpResponse]


@require_safe
def council(request: StaffRequest, slug: str) -> HttpResponse:
    seen, asked = _asked(request, slug)
    page, ever = page_of(seen, asked), Span(EVER, asked.today, Grain.DAY)
    shown = {
        "others": [each for each in own_councils(request) if each != seen],
        "page": page,
        "unconfirmed": region_confirmed.unconfirmed(asked),
        "pressing": [
            (each.words, list_behind(each.figure, asked, days=ever) if each.figure else "") for each in page.pressing
        ],
        "least": OTHERS,
    }
    return _shown(request, "council", seen.name, (seen, asked), shown)


def _asked(request: StaffRequest, slug: str) -> tuple[Council, Asked]:
    """Lists behind its figures are narrowed to it, for whoever works for several as well."""
    seen = council_seen(request, slug)
    asked = asked_of(request, seen.hub, [seen])
    held = {seen.pk: asked.access.roles.get(seen.pk, frozenset())}
    return seen, replace(asked, access=replace(asked.access, roles=held))


def _shown(
    request: StaffRequest, template: str, title: str, of: tuple[Council, Asked], shown: dict[str, object]
) -> HttpResponse:
    council, asked = of
    context = framed(request, title, asked) | {"council": council} | shown
    return render(request, f"staff/figures/{template}.html", context, status=422 if asked.form.errors else 200)


def _as_the_regions(template: str, title: str, page_of: Callable[[Asked], object]) -> View:
    @require_safe
    def view(request: StaffRequest, slug: str) -> HttpResponse:
        seen, asked = _asked(request, slug)
        return _shown(request, template, f"{seen.name}: {title}", (seen, asked), {"page": page_of(asked)})

    return view


def _promise(asked: Asked) -> region_promise.PromisePage:
    return region_promise.page_of(asked, region_councils.compared(asked, region_councils.PROMISE))


funnel = _as_the_regions("funnel", "funnel", region_funnel.page_of)
promise = _as_the_regions("promise", "promises", _promise)
sources = _as_the_regions("sources", "sources and campaigns", region_sources.page_of)
ambassadors = _as_the_regions("ambassadors", "ambassadors", region_ambassadors.page_of)
