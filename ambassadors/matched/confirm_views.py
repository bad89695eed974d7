"""An ambassador of this council and an enquirer of another. The staff here know which children are or were placed with
the ambassador, so they are shown the enquirer's full name for that check alone. It is read as they look and kept
nowhere; that they looked is written down in both councils."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ambassadors.actions import answering
from ambassadors.actions.looking import name_to_check
from ambassadors.introduction_states import State
from ambassadors.matched.views import councils_matched
from ambassadors.models import Offer
from councils.access import Access, StaffRequest
from councils.refusals import Refused
from enquiries.casework_views import frame

LIST = "admin:ambassadors_introduction_changelist"
NOT_CHECKED = Refused("Tick that you have checked it first. If you are not sure, do not confirm.")


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """`name`: empty once it is settled."""

    key: UUID
    ambassador: str
    council: str
    answer_by: datetime | None
    name: str


@require_safe
def confirming(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    return _page(request, _visible(request, offer_id))


def _visible(request: StaffRequest, offer_id: UUID) -> Offer:
    """Of this council, with somebody of another one."""
    offers = Offer.objects.filter(council__in=councils_matched(request))
    return get_object_or_404(offers.select_related("ambassador", "enquirer_council"), pk=offer_id)


def _page(request: StaffRequest, offer: Offer, refusal: Refused | None = None) -> HttpResponse:
    waits = offer.state == State.TO_CONFIRM
    page = ConfirmPage(
        *(offer.pk, offer.ambassador.first_name, offer.enquirer_council.name, offer.answer_by),
        name=name_to_check(offer, by=request.access) if waits else "",
    )
    title = f"May {page.council} introduce somebody to {page.ambassador}?" if waits else "This is settled"
    shown = {"page": page, "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "staff/ambassadors/confirm.html", frame(request, title) | shown, status=status)


@require_POST
def confirm(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    offer = _visible(request, offer_id)
    if not request.POST.get("checked"):
        return _page(request, offer, NOT_CHECKED)
    return _settled(request, offer, answering.confirm, f"Confirmed. {offer.ambassador.first_name} is asked now.")


@require_POST
def refuse(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    offer = _visible(request, offer_id)
    told = f"Not confirmed. {offer.enquirer_council.name} learns that, and no reason."
    return _settled(request, offer, answering.refuse, told)


def _settled(request: StaffRequest, offer: Offer, do: Callable[[Offer, Access], None], told: str) -> HttpResponse:
    try:
        do(offer, request.access)
    except Refused as refusal:
        offer.refresh_from_db()
        return _page(request, offer, refusal)
    messages.success(request, told)
    return redirect(LIST)
