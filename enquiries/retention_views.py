"""How long a council keeps what, who goes next month, and what is held. Read by whoever sees its enquiries; the numbers
are changed by who runs it, holds are placed and lifted by who answers for people's rights."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council, LegalHold
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.actions.holding import lift_hold, place_hold
from enquiries.actions.retention_rules import set_months
from enquiries.casework_views import changing, councils_of, frame
from enquiries.forms.retention import HoldForm, MonthsForm
from enquiries.models import Enquiry
from enquiries.processing import BASIS, record_of_processing
from enquiries.retention.lives import LIVES
from enquiries.retention.page import foretold, holds_in, lines_of
from enquiries.retention.reading import months_of
from enquiries.wording_views import only_looks

RULES, HOLDS = "admin:councils_retentionrule_changelist", "admin:councils_legalhold_changelist"


@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Whoever sees one council's enquiries is led to that council's page."""
    councils = councils_of(request)
    if not councils:
        raise PermissionDenied
    answers = bool(request.access.where(Permission.ANSWER_RIGHTS))
    shown = {"councils": councils, "lives": LIVES.values(), "answers": answers}
    return render(request, "staff/retention/list.html", frame(request, "How long we keep things") | shown)


@require_safe
def processing(request: StaffRequest) -> HttpResponse:
    if not request.access.where(Permission.ANSWER_RIGHTS):
        raise PermissionDenied
    shown = {"lines": record_of_processing(), "basis": BASIS}
    return render(request, "staff/retention/processing.html", frame(request, "Record of processing") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: StaffRequest, slug: str) -> HttpResponse:
    if request.method == "POST" and only_looks(request.access):
        raise PermissionDenied
    council = visible(request, slug)
    form = MonthsForm(request.POST if request.method == "POST" else None, months=months_of(council.pk))
    if request.method != "POST":
        return _page(request, council, form)
    if not request.access.may(Permission.CHANGE_SETTINGS, council.pk):
        raise PermissionDenied
    try:
        changed = set_months(council, form.wished(), by=request.access)
    except Refused as refusal:
        return _page(request, council, form, refusal)
    messages.success(request, "Saved. It counts from now on, also for what is closed already." if changed else "Saved.")
    return redirect("admin:councils_retentionrule_change", council.slug)


@require_safe
def going(request: StaffRequest, slug: str) -> HttpResponse:
    council = visible(request, slug)
    shown = {"council": council, "foretold": foretold(council, in_london(hub_now()).date())}
    return render(request, "staff/retention/going.html", frame(request, "What goes next") | shown)


def visible(request: StaffRequest, slug: str) -> Council:
    """Another council's and one that does not exist answer alike."""
    return get_object_or_404(Council.objects.filter(pk__in=request.access.councils), slug=slug)


def _page(request: StaffRequest, council: Council, form: MonthsForm, refusal: Refused | None = None) -> HttpResponse:
    shown = {
        "council": council,
        "form": form,
        "rows": [(line, form[line.ending.value]) for line in lines_of(council)],
        "refusal": refusal,
        "may_change": request.access.may(Permission.CHANGE_SETTINGS, council.pk),
    }
    page = frame(request, f"How long {council.name} keeps enquiries") | shown
    return render(request, "staff/retention/council.html", page, status=409 if refusal else 200)


@require_safe
def holds(request: StaffRequest) -> HttpResponse:
    where = request.access.where(Permission.ANSWER_RIGHTS)
    if not where:
        raise PermissionDenied
    shown = {"holds": holds_in(where)}
    return render(request, "staff/retention/holds.html", frame(request, "Legal holds") | shown)


@changing
def hold(request: StaffRequest, enquiry: Enquiry) -> str:
    place_hold(enquiry, reason=HoldForm(request.POST).told()["hold_reason"], by=request.access)
    return "Held: nothing of this enquiry is erased until the hold is lifted."


@require_POST
def lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    where = request.access.where(Permission.ANSWER_RIGHTS)
    if not where:
        raise PermissionDenied
    found = get_object_or_404(LegalHold.objects.filter(council__in=where), pk=hold_id)
    goes_on = lift_hold(found, by=request.access)
    messages.success(request, "Lifted. The erasure that waited for it goes on now." if goes_on else "Lifted.")
    return redirect(HOLDS)
