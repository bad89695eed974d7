"""Where the hub office says whether two households of different councils are one."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from councils.access import StaffRequest
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.homes import join_households, not_one_household
from enquiries.casework_views import frame
from enquiries.household_page import proposals_of, proposed
from enquiries.models import HouseholdProposal

Settle = Callable[[StaffRequest, HouseholdProposal], str]
Answer = Callable[[StaffRequest, UUID], HttpResponse]


@require_safe
def households(request: StaffRequest) -> HttpResponse:
    _require(request)
    return _page(request)


def _page(request: StaffRequest, refusal: Refused | None = None) -> HttpResponse:
    shown = {"proposals": proposed(request.access), "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "staff/duplicates/households.html", frame(request, "Households") | shown, status=status)


def _settling(settle: Settle) -> Answer:
    @require_POST
    @wraps(settle)
    def view(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
        _require(request)
        proposal = get_object_or_404(proposals_of(request.access), pk=proposal_id)
        try:
            told = settle(request, proposal)
        except Refused as refusal:
            return _page(request, refusal)
        messages.success(request, told)
        return redirect("admin:enquiries_householdproposal_changelist")

    return view


@_settling
def one(request: StaffRequest, proposal: HouseholdProposal) -> str:
    join_households(proposal, by=request.access)
    return "One household. The figures of the region count it once; each council keeps its own enquiry."


@_settling
def two(request: StaffRequest, proposal: HouseholdProposal) -> str:
    not_one_household(proposal, by=request.access)
    return "Two households. They are not proposed again."


def _require(request: StaffRequest) -> None:
    if not request.access.where(Permission.JOIN_HOUSEHOLDS):
        raise PermissionDenied
