"""Where a wish to talk to a foster carer is said, changed and taken back: by the enquirer, or by staff who heard it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from councils.access import StaffRequest
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions import mark_seen, wishing
from enquiries.casework_views import frame, visible
from enquiries.consents import Consent, now_shown
from enquiries.forms.wish import HeardWishForm, WishForm
from enquiries.models import Enquiry
from enquiries.status_access import behind_the_door
from enquiries.status_page import proved
from enquiries.views import INVALID, require_get_or_post
from enquiries.wish_panel import standing_wish

BACK = "back"  # the button that takes it back


@require_get_or_post
@behind_the_door
def own(request: HttpRequest, case: Enquiry) -> HttpResponse:
    before = standing_wish(case)
    if not case.is_open and before is None:
        return redirect("status:page")
    if request.method == "POST" and BACK in request.POST:
        wishing.take_wish_back(case, by=None)
        messages.success(request, "We have removed what you told us, and look for nobody any more.")
        return redirect("status:page")
    # Not written out before somebody has talked with them: the link may have gone to a mistyped address.
    shown = before if proved(case) else None
    form = WishForm(request.POST if request.method == "POST" else None, before=shown)
    if form.is_bound and form.is_valid():
        return _save(request, case, form)
    values = {"form": form, "stands": before is not None, "shown": shown is not None, "case": case}
    words = {"page_title": "Talk to a foster carer", "words": now_shown(Consent.AMBASSADOR)}
    return render(request, "status/talk.html", values | words, status=INVALID if form.errors else 200)


def _save(request: HttpRequest, case: Enquiry, form: WishForm) -> HttpResponse:
    try:
        wishing.wish(case, form.said(), by=None)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Thank you. We look for a foster carer you can talk to.")
    return redirect("status:page")


@require_get_or_post
def heard(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """For whoever looks for carers in the case's council; for everybody else the address does not exist."""
    case = visible(request, enquiry_id)
    if case.erased_at or not request.access.may(Permission.MATCH, case.council_id):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = HeardWishForm(sent, before=standing_wish(case))
    if sent is None:
        mark_seen(case, by=request.access, page="wish")
    if sent is None or (BACK not in sent and not form.is_valid()):
        return _page(request, case, form)
    try:
        told = _write(request, case, form)
    except Refused as refusal:
        return _page(request, case, form, refusal)
    messages.success(request, told)
    return redirect("admin:enquiries_enquiry_change", case.pk)


def _write(request: StaffRequest, case: Enquiry, form: HeardWishForm) -> str:
    if BACK in request.POST:
        wishing.take_heard_wish_back(case, by=request.access)
        return "Taken back. What they had said is gone."
    wishing.write_wish_down(case, form.said(), by=request.access)
    return "Written down. They are on the waiting list."


def _page(request: StaffRequest, case: Enquiry, form: HeardWishForm, refusal: Refused | None = None) -> HttpResponse:
    shown = {
        "case": case,
        "form": form,
        "refusal": refusal,
        "stands": standing_wish(case) is not None,
        "words": now_shown(Consent.SPOKEN_WISH),
    }
    title = f"{case.reference}: whom they would like to talk to"
    status = 409 if refusal else INVALID if form.errors else 200
    return render(request, "staff/wish.html", frame(request, title) | shown, status=status)
