"""“Confirm your open applications”: once a month, on one screen, for one council."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from dashboards.actions.confirming import Heard, Said, confirm
from dashboards.models import Confirmed
from dashboards.outcomes.applications import applications, month_of, waiting
from dashboards.outcomes.confirm_lines import AT_ONCE, lines_of, said_of, spoken_of
from dashboards.outcomes.reach import council_told_of
from enquiries.casework_views import frame
from enquiries.models import Enquiry

PAGE = "admin:dashboards_cell_confirm"


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_applications(request: StaffRequest, slug: str) -> HttpResponse:
    council = council_told_of(request, slug)
    if request.method != "POST":
        return _page(request, council, {})
    said, problems = _said(request, council)
    heard = confirm(council, said, by=request.access)
    problems |= heard.refused
    if said:
        messages.success(request, _in_words(heard))
    return _page(request, council, problems) if problems else redirect(PAGE, council.slug)


def _said(request: StaffRequest, council: Council) -> tuple[list[Said], dict[UUID, str]]:
    """Of those that stood on the page, also where a colleague has said something of them meanwhile; whatever came in
    between waits for the next one."""
    said, problems = list[Said](), dict[UUID, str]()
    for case in Enquiry.objects.filter(council=council, pk__in=spoken_of(request.POST)):
        told = said_of(case, request.POST)
        if isinstance(told, Said):
            said.append(told)
        else:
            problems[case.pk] = told
    return said, problems


def _waiting(council: Council) -> list[Enquiry]:
    rows = waiting([council.pk], month_of(hub_now()))
    return list(rows.order_by("state_changed_at", "pk")[:AT_ONCE])


def _in_words(heard: Heard) -> str:
    told = f"{heard.stood} confirmed, {heard.changed} changed."
    return f"{told} {heard.left} still to confirm." if heard.left else f"{told} That is all for this month."


def _page(request: StaffRequest, council: Council, problems: Mapping[UUID, str]) -> HttpResponse:
    month, cases = month_of(hub_now()), _waiting(council)
    held, left = applications([council.pk]).count(), waiting([council.pk], month).count()
    typed = request.POST if problems else {}
    shown = {
        "council": council,
        "month": month,
        "lines": lines_of(cases, request.access, typed, problems),
        "problems": len(problems),
        "others": _others(council, problems, {case.pk for case in cases}),
        "held": held,
        "left": left,
        "more": left - len(cases),
        "last": _last(council, month),
    }
    title = "Confirm your open applications"
    status = 409 if problems else 200
    return render(request, "staff/figures/outcomes/confirm.html", frame(request, title) | shown, status=status)


def _others(council: Council, problems: Mapping[UUID, str], listed: Collection[UUID]) -> list[tuple[Enquiry, str]]:
    """Of which nothing is left to confirm, and something was said that could not be written down."""
    rows = Enquiry.objects.filter(council=council, pk__in=set(problems) - set(listed)).order_by("pk")
    return [(case, problems[case.pk]) for case in rows]


def _last(council: Council, month: date) -> Confirmed | None:
    rows = Confirmed.objects.filter(council=council, month__lte=month).select_related("by")
    return rows.order_by("-month").first()
