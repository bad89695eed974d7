"""Asking another council to take a case, and answering one that asks."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission
from enquiries.actions import handovers
from enquiries.casework_views import changing, frame
from enquiries.forms.handover import AnswerForm, DecideForm, OfferForm
from enquiries.handover_history import history_of
from enquiries.handover_page import handover_page, handovers_seen
from enquiries.handover_states import HandoverReason, RefusalReason
from enquiries.models import Enquiry, Handover

Done = Callable[[StaffRequest, Handover], HttpResponse]
Settle = Callable[[StaffRequest, UUID], HttpResponse]


@changing
def pass_on(request: StaffRequest, enquiry: Enquiry) -> str:
    councils = list(Council.objects.filter(hub=enquiry.council.hub_id).exclude(pk=enquiry.council_id))
    told = OfferForm(request.POST, councils=councils).told()
    to = next(council for council in councils if council.pk == told["to"])
    reason = HandoverReason(told["reason"])
    handovers.offer(enquiry, to=to, reason=reason, explanation=told["explanation"], by=request.access)
    return f"{to.name} is asked. Until it accepts, the enquiry is yours and the promise runs."


@changing
def keep(request: StaffRequest, enquiry: Enquiry) -> str:
    offered = history_of(enquiry).open_offer
    if offered is None:
        raise Refused("No council is asked at the moment: it has answered, or the question was taken back.")
    handovers.withdraw(offered, by=request.access)
    return f"Taken back. {offered.other.name} is not asked any more."


@require_safe
def page(request: StaffRequest) -> HttpResponse:
    return _page(request)


def _page(request: StaffRequest, refusal: Refused | None = None) -> HttpResponse:
    if not request.access.councils:
        raise PermissionDenied
    shown = {
        "page": handover_page(request.access, hub_now()),
        "refusals": RefusalReason,
        "refusal": refusal,
        "typed": request.POST if refusal else None,
    }
    status = 409 if refusal else 200
    return render(request, "staff/handovers/page.html", frame(request, "Handovers") | shown, status=status)


def _settling(needs: Permission) -> Callable[[Done], Settle]:
    """POST, one action. A refusal is told on the page of handovers."""

    def settling(do: Done) -> Settle:
        return require_POST(wraps(do)(lambda request, handover_id: _settle(do, needs, request, handover_id)))

    return settling


def _settle(do: Done, needs: Permission, request: StaffRequest, handover_id: UUID) -> HttpResponse:
    """Whoever may do it nowhere is refused before anybody asks which one it is about."""
    if request.access.councils and not request.access.where(needs):
        raise PermissionDenied
    handover = get_object_or_404(handovers_seen(request.access), pk=handover_id)
    try:
        return do(request, handover)
    except RoleRefused as refusal:
        raise PermissionDenied from refusal
    except Refused as refusal:
        return _page(request, refusal)


@_settling(Permission.WORK_CASES)
def answer(request: StaffRequest, handover: Handover) -> HttpResponse:
    told = AnswerForm(request.POST).told()
    refusal = RefusalReason(told["refusal"]) if told["refusal"] else None
    new = handovers.answer(
        handover, accept=told["accept"] == "yes", refusal=refusal, answer=told["words"], by=request.access
    )
    if new is None:
        messages.success(request, f"Answered: you do not take {handover.reference}. {handover.other.name} keeps it.")
        return redirect("admin:enquiries_handover_changelist")
    messages.success(request, "The enquiry is yours now, with what they sent and what they were promised.")
    return redirect("admin:enquiries_enquiry_change", new)


@_settling(Permission.DECIDE_HANDOVERS)
def decide(request: StaffRequest, handover: Handover) -> HttpResponse:
    told = DecideForm(request.POST).told()
    moves = told["to_receiver"] == "yes"
    handovers.decide(handover, to_receiver=moves, words=told["words"], by=request.access)
    messages.success(request, "Decided. Both councils are told.")
    return redirect("admin:enquiries_handover_changelist")
