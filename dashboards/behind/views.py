"""The list behind a figure, for whoever may see the cases in it: nobody else may open it, nor is shown a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from councils.models import Council, Hub
from dashboards.behind.listed import MOST, PAGE, Listed, Narrower, listed
from dashboards.behind.sought import Sought, sought_of
from dashboards.figures import Split
from dashboards.pages.asked import Asked, asked_of, framed
from dashboards.pages.behind import board, list_behind
from dashboards.pages.reach import councils_of, hub_seen
from enquiries.casework_views import frame
from enquiries.states import State


@dataclass(frozen=True)
class Way:
    """To a shorter list."""

    words: str
    n: int
    address: str


@require_safe
def of_region(request: StaffRequest) -> HttpResponse:
    """Of whoever sees every council's cases: a part of the region would be less than its figure says."""
    hub = hub_seen(request)
    councils = councils_of(hub)
    if not request.access.councils.issuperset(council.pk for council in councils):
        raise PermissionDenied
    return _list(request, asked_of(request, hub, councils), None)


@require_safe
def of_council(request: StaffRequest, slug: str) -> HttpResponse:
    """Http404 alike for another's and for none."""
    if not request.access.councils:
        raise PermissionDenied
    theirs = Council.objects.filter(pk__in=request.access.councils).select_related("hub")
    council = get_object_or_404(theirs, slug=slug)
    return _list(request, asked_of(request, council.hub, [council]), council)


def _list(request: StaffRequest, asked: Asked, council: Council | None) -> HttpResponse:
    if request.GET.get("split") == Split.ABOUT:
        return render(request, "staff/figures/no_list.html", frame(request, "There is no such list"), status=404)
    sought = sought_of(request.GET.dict(), asked.period.span)
    page = request.GET.get("page", "1")
    if sought is None or not (page.isascii() and page.isdigit() and 0 < int(page) < 1000):
        raise Http404
    found = listed(sought, asked.councils, seen=request.access.councils, page=int(page))
    shown = {
        "council": council,
        "sought": sought,
        "listed": found,
        "ways": [_way(each, sought, asked) for each in found.narrower],
        "pages": _pages(found, sought, asked, int(page)),
        "most": MOST,
        "in_doubt": _in_doubt(found, request, asked.hub),
        "passed_on": board(request.access, council.pk, state=State.PASSED_ON) if council and found.elsewhere else "",
    }
    context = framed(request, sought.figure.name, asked) | shown | {"as_of": found.as_of}
    return render(request, "staff/figures/behind.html", context, status=422 if asked.form.errors else 200)


def _in_doubt(found: Listed, request: StaffRequest, hub: Hub) -> bool:
    """They see whatever could be elsewhere, and the two still differ: while figures are made anew by other rules."""
    if found.narrower or found.count == found.found:
        return False
    others = Council.objects.filter(hub=hub).exclude(pk__in=request.access.councils)
    return found.found > found.count or not others.exists()


def _way(narrower: Narrower, sought: Sought, asked: Asked) -> Way:
    words = f"{narrower.month:%B %Y}" if narrower.month else narrower.council.name if narrower.council else ""
    address = list_behind(
        *(sought.figure.code, asked),
        council=narrower.council,
        month=narrower.month,
        part=(sought.split, sought.value),
    )
    return Way(words, narrower.n, address)


def _pages(found: Listed, sought: Sought, asked: Asked, page: int) -> Sequence[tuple[str, str]]:
    """The one before and the one after, where there are any: what the link is called, and where it leads."""
    around = [("Previous", page - 1)] if page > 1 else []
    around += [("Next", page + 1)] if page * PAGE < found.found else []
    return [(words, f"{same(sought, asked)}&page={number}") for words, number in around]


def same(sought: Sought, asked: Asked) -> str:
    """The address of this list."""
    return list_behind(sought.figure.code, asked, part=(sought.split, sought.value), days=sought.days)
