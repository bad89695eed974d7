"""Staff's list of open introductions. Another council's and one that does not exist answer alike."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ambassadors.actions import answering, meeting
from ambassadors.conversations.staff_forms import LinkForm, PlaceForm
from ambassadors.conversations.staff_page import open_page
from ambassadors.introduction_states import StoppedBy
from ambassadors.models import Introduction, Offer
from ambassadors.pairs import Where, where_of_introduction, where_of_offer
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.casework_views import frame

Do = Callable[[StaffRequest, UUID], str]
PAGE = "admin:ambassadors_introduction_open"


@require_safe
def introductions(request: StaffRequest) -> HttpResponse:
    return _page(request)


def _page(request: StaffRequest, refusal: Refused | None = None, about: str = "") -> HttpResponse:
    """`about`: the introduction whose form was refused; what was typed there still stands in it."""
    if not request.access.matches:
        raise PermissionDenied
    shown = {
        "page": open_page(request.access, hub_now()),
        "refusal": refusal,
        "about": about,
        "typed": request.POST if refusal else None,
    }
    status = 409 if refusal else 200
    return render(request, "staff/ambassadors/open.html", frame(request, "Open introductions") | shown, status=status)


def _changing(do: Do) -> Callable[[StaffRequest, UUID], HttpResponse]:
    """POST, one action, back to the list. Whoever may do it nowhere is refused before anybody looks for it."""

    @require_POST
    @wraps(do)
    def view(request: StaffRequest, key: UUID) -> HttpResponse:
        if not request.access.matches:
            raise PermissionDenied
        try:
            messages.success(request, do(request, key))
        except Refused as refusal:
            return _page(request, refusal, str(key))
        return redirect(PAGE)

    return view


def _introduction(request: StaffRequest, key: UUID) -> Introduction:
    own = Introduction.objects.filter(council__in=request.access.where(Permission.MATCH))
    return get_object_or_404(own.select_related("council", "enquiry"), pk=key)


@_changing
def link(request: StaffRequest, key: UUID) -> str:
    introduction = _introduction(request, key)
    meeting.set_link(introduction, LinkForm(request.POST).told()["link"], by=request.access)
    return "Saved. Both see the link on their pages."


@_changing
def place(request: StaffRequest, key: UUID) -> str:
    introduction = _introduction(request, key)
    meeting.set_place(introduction, PlaceForm(request.POST).told()["place"], by=request.access)
    return "Saved. Both see the place on their pages."


@_changing
def said_yes(request: StaffRequest, key: UUID) -> str:
    introduction = _introduction(request, key)
    answering.agree_as_heard(introduction, by=request.access)
    return f"Saved. {introduction.ambassador_name} sees the number for this conversation and rings them."


@_changing
def stop(request: StaffRequest, key: UUID) -> str:
    return _stop(request, where_of_introduction(_introduction(request, key)))


@_changing
def stop_offer(request: StaffRequest, key: UUID) -> str:
    own = Offer.objects.filter(council__in=request.access.where(Permission.MATCH))
    return _stop(request, where_of_offer(get_object_or_404(own, pk=key)))


def _stop(request: StaffRequest, where: Where) -> str:
    meeting.stop(where, by_whom=StoppedBy.STAFF, by=request.user)
    return "Stopped. Whoever knew of it is told kindly, without a reason."


ADDRESSES: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = (
    ("open/", introductions, "open"),
    ("open/<uuid:key>/link/", link, "link"),
    ("open/<uuid:key>/place/", place, "place"),
    ("open/<uuid:key>/said-yes/", said_yes, "said_yes"),
    ("open/<uuid:key>/stop/", stop, "stop"),
    ("open/offers/<uuid:key>/stop/", stop_offer, "stop_offer"),
)
