"""An email as it arrives: wide, on a phone, as text; with somebody's name and with nobody's. And a test to oneself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.actions.trying import send_test
from campaigns.content.checking import bare_addresses, checked, unready
from campaigns.content.drafts import Draft, faults, typed
from campaigns.content.look import look_of
from campaigns.content.merging import MergeFault
from campaigns.content.samples import As, sample
from campaigns.content.write_views import draft_of, editable
from campaigns.models import Mailing
from councils.access import StaffRequest
from councils.refusals import Refused
from enquiries.casework_views import frame
from outbox.mail_pages import html_answer


@require_safe
def preview(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    return _page(request, editable(request, mailing_id))


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
def preview_frame(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    """For the frame: what is kept (GET), or what has just been typed (POST)."""
    mailing = editable(request, mailing_id)
    draft = typed(request.POST) if request.method == "POST" else draft_of(mailing)
    if found := faults(draft):
        return html_answer(render_to_string("staff/content/faults.html", {"faults": found.values()}))
    return html_answer(sample(mailing, draft, _whom(request)).html)


@require_POST
def send_test_view(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    mailing = editable(request, mailing_id)
    try:
        address = send_test(mailing, by=request.access)
    except Refused as refusal:
        return _page(request, mailing, refusal)
    messages.success(request, f"A test is on its way to {address}.")
    return redirect("admin:campaigns_mailing_preview", mailing.pk)


def _page(request: StaffRequest, mailing: Mailing, refusal: Refused | None = None) -> HttpResponse:
    draft, look, whom = draft_of(mailing), look_of(mailing.council), _whom(request)
    shown = {
        "mailing": mailing,
        "refusal": refusal,
        "whom": whom,
        "written": _written(mailing, draft, whom),
        "lacks": unready(mailing, look),
        "links": checked(draft),
        "has_bare": bare_addresses(draft),
        "look": look,
        "to": request.user.email,
    }
    page = frame(request, f"Preview: {mailing.name}") | shown
    return render(request, "staff/content/preview.html", page, status=409 if refusal else 200)


def _written(mailing: Mailing, draft: Draft, whom: As) -> object:
    try:
        return sample(mailing, draft, whom)
    except MergeFault:
        return None


def _whom(request: StaffRequest) -> As:
    return As.NOBODY if request.GET.get("as") == As.NOBODY else As.EXAMPLE
