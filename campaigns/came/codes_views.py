"""Codes of a campaign: made, shown with their QR code, ended. Another council's and none answer alike."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.actions import codes as actions
from campaigns.came import qr
from campaigns.came.codes import as_printed, short_address
from campaigns.came.codes_forms import CodeForm
from campaigns.came.codes_page import lines, lines_of
from campaigns.came.reach import campaign_edited, councils_edited
from campaigns.models import Campaign, Code
from councils.access import StaffRequest
from councils.refusals import Refused
from enquiries.casework_views import frame

PAGE = "admin:campaigns_campaign_code"


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    campaign = campaign_edited(request, campaign_id)
    form = CodeForm(request.POST if request.method == "POST" else None, council=campaign.council)
    if request.method != "POST":
        return _list(request, campaign, form)
    try:
        made = actions.make(campaign, form.wanted(), by=request.access)
    except Refused as refusal:
        return _list(request, campaign, form, refusal)
    messages.success(request, f"The code {made.code} works from now on.")
    return redirect(PAGE, made.pk)


def _list(request: StaffRequest, campaign: Campaign, form: CodeForm, refusal: Refused | None = None) -> HttpResponse:
    shown = {
        "campaign": campaign,
        "lines": lines(campaign, councils_edited(request)),
        "form": form,
        "refusal": None if form.errors else refusal,
    }
    context = frame(request, f"Codes of {campaign.name}") | shown
    return render(request, "staff/came/codes.html", context, status=409 if refusal else 200)


@require_safe
def code(request: StaffRequest, code_id: int) -> HttpResponse:
    found, campaign = _visible(request, code_id)
    shown = {
        "campaign": campaign,
        "line": lines_of([found], campaign, councils_edited(request))[0],
    }
    return render(request, "staff/came/code.html", frame(request, f"Code {found.code}") | shown)


@require_safe
def as_svg(request: StaffRequest, code_id: int) -> HttpResponse:
    found, _ = _visible(request, code_id)
    return _file(found, qr.svg(short_address(found), as_printed(found)).encode(), "image/svg+xml", "svg")


@require_safe
def as_png(request: StaffRequest, code_id: int) -> HttpResponse:
    found, _ = _visible(request, code_id)
    return _file(found, qr.png(short_address(found), as_printed(found)), "image/png", "png")


@require_POST
def end(request: StaffRequest, code_id: int) -> HttpResponse:
    found, campaign = _visible(request, code_id)
    actions.end(found, by=request.access)
    messages.success(request, f"The code {found.code} leads to the start page from now on, and is not counted there.")
    return redirect("admin:campaigns_campaign_codes", campaign.pk)


def _visible(request: StaffRequest, code_id: int) -> tuple[Code, Campaign]:
    """Codes of mailings without a campaign have no page."""
    own = Code.objects.filter(council__in=councils_edited(request), campaign_key__isnull=False)
    found = get_object_or_404(own.select_related("hub"), pk=code_id)
    return found, campaign_edited(request, found.campaign_key or UUID(int=0))


def _file(found: Code, content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="qr-{found.code}.{ending}"'
    return response
