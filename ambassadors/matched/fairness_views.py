"""Whom the council should recruit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ambassadors.matched.fairness_page import fairness_page
from ambassadors.matched.views import councils_matched
from councils.access import StaffRequest
from councils.clock import hub_now
from enquiries.casework_views import frame


@require_safe
def fairness(request: StaffRequest) -> HttpResponse:
    councils_matched(request)
    page = fairness_page(request.access, hub_now())
    return render(request, "staff/ambassadors/fairness.html", frame(request, "Whom to recruit") | {"page": page})
