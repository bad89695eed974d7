"""Ambassadors' time and mileage: approved or sent back by a manager, and a month of it taken out as CSV."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ambassadors.actions import logging
from ambassadors.actions.talk_exports import Purpose, take_out_talks
from ambassadors.log.approval import log_page
from ambassadors.log.months import Month, chosen, recent
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.casework_views import frame
from enquiries.exports import FileKind
from enquiries.exports_files import FILES
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import lines_field
from enquiries.forms.taking_out import own_words_field, purpose_field

LIST = "admin:ambassadors_talk_changelist"


class AnswerForm(StaffForm):
    words = lines_field("Why", "The reason", 300, rows=2, missing="Say why you send it back: the ambassador reads it.")


class TakeOutForm(StaffForm):
    purpose = purpose_field("list", Purpose.choices)
    words = own_words_field("list")


@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: StaffRequest) -> HttpResponse:
    """POST decides what is ticked."""
    _require_role(request)
    if request.method != "POST":
        return _page(request)
    try:
        told = _decide(request)
    except Refused as refusal:
        return _page(request, refusal=refusal)
    messages.success(request, told)
    return redirect(LIST)


def _decide(request: StaffRequest) -> str:
    """Raises Refused."""
    ticked = _ticked(request.POST.getlist("talk"))
    if "send_back" not in request.POST:
        return f"Approved: {logging.approve(ticked, by=request.access)}."
    if not ticked:
        raise Refused(logging.NOTHING_TICKED)
    words = AnswerForm(request.POST).told()["words"]
    return f"Sent back: {logging.send_back(ticked, words, by=request.access)}."


def _ticked(values: list[str]) -> dict[UUID, str]:
    """What is no key names nothing."""
    found: dict[UUID, str] = {}
    for value in values:
        key, _, seen = value.partition("/")
        try:
            found[UUID(key)] = seen
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: StaffRequest) -> HttpResponse:
    _require_role(request)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    month = chosen(request.POST.get("month", request.GET.get("month", "")), _today())
    if request.method != "POST":
        return _ask(request, form, month)
    try:
        told = form.told()
        made = take_out_talks(month, purpose=Purpose(told["purpose"]), words=told["words"], by=request.access)
    except Refused as refusal:
        return _ask(request, form, month, refusal=refusal)
    write, content_type = FILES[FileKind.CSV]
    response = HttpResponse(write(made), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="time-and-mileage-{month.key}.csv"'
    return response


def _require_role(request: StaffRequest) -> None:
    if not request.access.where(Permission.APPROVE_TALKS):
        raise PermissionDenied


def _page(request: StaffRequest, *, refusal: Refused | None = None) -> HttpResponse:
    today = _today()
    page = log_page(request.access, chosen(request.GET.get("month", ""), today))
    shown = {"page": page, "months": recent(today), "refusal": refusal, "words": request.POST.get("words", "")}
    return render(
        request,
        "staff/talks/list.html",
        frame(request, "Time and mileage") | shown,
        status=409 if refusal else 200,
    )


def _ask(request: StaffRequest, form: TakeOutForm, month: Month, *, refusal: Refused | None = None) -> HttpResponse:
    shown = {"form": form, "page": log_page(request.access, month), "months": recent(_today()), "refusal": refusal}
    title = "Take time and mileage out"
    return render(request, "staff/talks/take_out.html", frame(request, title) | shown, status=422 if refusal else 200)


def _today() -> date:
    return in_london(hub_now()).date()
