"""Two enquiries of one council side by side; made one, and two again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.casework import mark_seen
from enquiries.actions.merging import merge, undo_merge
from enquiries.actions.suggesting import not_the_same
from enquiries.casework_views import changing, frame, visible
from enquiries.forms.duplicates import DifferentForm, JoinForm, OtherForm, SeparateForm
from enquiries.models import Enquiry, Merge, SearchKey, Suggestion
from enquiries.reference import parse_reference
from enquiries.same_page import same_page
from enquiries.same_panel import same_panel
from enquiries.search import SearchKind, compact


@require_safe
def same(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """`?with=` names the other one; without it the page asks which."""
    enquiry = visible(request, enquiry_id)
    asked = request.GET.get("with", "")
    other = _beside(enquiry, asked) if asked else None
    for case in filter(None, (enquiry, other)):
        mark_seen(case, by=request.access, page="same")
    return _page(request, enquiry, other=other)


def _page(
    request: StaffRequest, enquiry: Enquiry, *, other: Enquiry | None = None, refusal: Refused | None = None
) -> HttpResponse:
    shown = {
        "case": enquiry,
        "panel": same_panel(enquiry, access=request.access),
        "page": same_page(enquiry, other, hub_now()) if other else None,
        "form": OtherForm(request.POST if refusal and "reference" in request.POST else None),
        "refusal": refusal,
    }
    title = "Are these the same people?" if other else "Find another enquiry of the same people"
    status = 409 if refusal else 200
    return render(request, "staff/duplicates/page.html", frame(request, title) | shown, status=status)


@require_POST
def find(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """By any reference that leads to it, in the same council."""
    enquiry = visible(request, enquiry_id)
    try:
        request.access.require(Permission.WORK_CASES, enquiry.council_id)
        other = _called(enquiry, OtherForm(request.POST).told()["reference"])
    except Refused as refusal:
        return _page(request, enquiry, refusal=refusal)
    return redirect(f"{reverse('admin:enquiries_enquiry_same', args=[enquiry.pk])}?with={other.pk}")


@require_POST
def join(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    enquiry, other = visible(request, enquiry_id), None
    try:
        told = JoinForm(request.POST).told()
        other = _beside(enquiry, str(told["other"]))
        if told["kept"] not in (enquiry.pk, other.pk):
            raise Refused("Choose which of these two enquiries to keep.")
        kept, merged = (enquiry, other) if told["kept"] == enquiry.pk else (other, enquiry)
        merge(kept=kept, merged=merged, by=request.access)
    except Refused as refusal:
        return _page(request, enquiry, other=other, refusal=refusal)
    messages.success(request, f"Joined: {merged.reference} goes on in this enquiry.")
    return redirect("admin:enquiries_enquiry_change", kept.pk)


@changing
def different(request: StaffRequest, enquiry: Enquiry) -> str:
    key = DifferentForm(request.POST).told()["suggestion"]
    suggestion = Suggestion.objects.filter(council=enquiry.council_id, pk=key).first()
    if suggestion is None or enquiry.pk not in (suggestion.enquiry_id, suggestion.other_id):
        raise Refused("That is not suggested any more.")
    not_the_same(suggestion, by=request.access)
    return "Not the same people. These two are not suggested again."


@changing
def separate(request: StaffRequest, enquiry: Enquiry) -> str:
    key = SeparateForm(request.POST).told()["merge"]
    row = Merge.objects.filter(council=enquiry.council_id, pk=key, kept=enquiry).select_related("merged").first()
    if row is None:
        raise Refused("Nothing of that kind is joined with this enquiry.")
    other = undo_merge(row, by=request.access)
    return f"Separated: {other.reference} is an enquiry of its own again. What happened since stays here."


def _beside(enquiry: Enquiry, key: str) -> Enquiry:
    """Another one of the same council, whatever else this person may see."""
    try:
        other = Enquiry.objects.filter(council=enquiry.council_id, pk=UUID(key)).exclude(pk=enquiry.pk)
    except ValueError:
        raise Http404 from None
    found = other.select_related("owner").first()
    if found is None:
        raise Http404
    return found


def _called(enquiry: Enquiry, typed: str) -> Enquiry:
    written = parse_reference(typed)
    keys = SearchKey.objects.filter(council=enquiry.council_id, kind=SearchKind.REFERENCE, key=compact(written or ""))
    other = Enquiry.objects.filter(council=enquiry.council_id, pk__in=keys.values("enquiry")).first()
    if other is None:
        raise Refused("No enquiry of this council has that reference. Check it and try again.")
    if other.pk == enquiry.pk:
        raise Refused("That reference leads to this enquiry already.")
    return other
