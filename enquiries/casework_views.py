"""The page of an enquiry, and what staff do there. Another council's case and none answer alike."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Protocol
from uuid import UUID

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from councils.absences import away_until
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries import actions
from enquiries.actions.changing import locked
from enquiries.actions.refusals import record_refusal
from enquiries.actions.safeguarding import mark_read
from enquiries.case_file import case_file
from enquiries.case_forms import forms_of
from enquiries.case_panels import panels_of
from enquiries.forms.casework import AttemptForm, NoteForm
from enquiries.forms.steps import StepForm
from enquiries.models import ContactAttempt, Enquiry, Note
from enquiries.staleness import FIELD, FORMS, Conflict, Stale, conflict, require_fresh
from enquiries.states import CloseReason, Outcome, Step, Way
from enquiries.timeline import Entry
from enquiries.twice import WRITTEN_ONCE, pressed_twice
from enquiries.workflow import StepRefused

Do = Callable[[StaffRequest, Enquiry], str]
CaseView = Callable[[StaffRequest, UUID], HttpResponse]


class Page(Protocol):
    """What is shown again where an action was refused."""

    def __call__(self, request: StaffRequest, enquiry: Enquiry, *, refusal: Refused | None = None) -> HttpResponse: ...


def frame(request: HttpRequest, title: str) -> dict[str, object]:
    return {**admin.site.each_context(request), "title": title}


def councils_of(request: StaffRequest) -> list[Council]:
    return list(Council.objects.filter(pk__in=request.access.councils))


@require_safe
def case(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    enquiry = visible(request, enquiry_id)
    return erased_page(request, enquiry) if enquiry.erased_at else case_page(request, enquiry)


def visible(request: StaffRequest, enquiry_id: UUID) -> Enquiry:
    cases = Enquiry.objects.filter(council__in=request.access.councils)
    return get_object_or_404(cases.select_related("council__hub", "owner"), pk=enquiry_id)


def erased_page(request: StaffRequest, enquiry: Enquiry, *, refusal: Refused | None = None) -> HttpResponse:
    """There is nobody left to look at, and nothing to do."""
    sees_trail = request.access.may(Permission.SEE_TRAIL, enquiry.council_id)
    shown = {"case": enquiry, "refusal": refusal, "sees_trail": sees_trail}
    return render(
        request,
        "staff/rights/erased.html",
        frame(request, f"{enquiry.reference}, erased") | shown,
        status=409 if refusal else 200,
    )


def case_page(
    request: StaffRequest,
    enquiry: Enquiry,
    *,
    refusal: Refused | None = None,
) -> HttpResponse:
    actions.mark_seen(enquiry, by=request.access)
    typed, now = request.POST if refusal else None, hub_now()
    file = case_file(enquiry, access=request.access, now=now)
    panels = panels_of(enquiry, access=request.access, now=hub_now(), typed=typed)
    mark_read(panels.safeguarding.notes if panels.safeguarding else (), by=request.access)
    shown: dict[str, object] = {
        "file": file,
        "panels": panels,
        "case": enquiry,
        "owner_away": _owner_away(enquiry) if enquiry.owner_id != request.user.pk else None,
        "forms": forms_of(enquiry, typed),
        "refusal": refusal,
        "typed": typed,
        "conflict": conflict_told(request, enquiry, refusal, file.timeline),
    }
    return render(request, "staff/case.html", frame(request, enquiry.name) | shown, status=409 if refusal else 200)


def conflict_told(
    request: StaffRequest, enquiry: Enquiry, refusal: Refused | None, timeline: list[Entry]
) -> Conflict | None:
    """Both versions, where that is why it was refused."""
    if not isinstance(refusal, Stale):
        return None
    return conflict(refusal.form, enquiry, request.POST, timeline=timeline, now=hub_now())


def _owner_away(enquiry: Enquiry) -> date | None:
    """The last day of it."""
    owners = [enquiry.owner_id] if enquiry.owner_id else []
    return next(iter(away_until(owners, in_london(hub_now()).date()).values()), None)


def changing(do: Do, *, page: Page = case_page) -> CaseView:
    """POST, one action, back to the case. A refusal is told on the page, with what was typed still there."""

    @require_POST
    @wraps(do)
    def view(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
        enquiry = visible(request, enquiry_id)
        try:
            _require_fresh(do.__name__, enquiry, request)
            told = do(request, enquiry)
        except Refused as refusal:
            if isinstance(refusal, RoleRefused | StepRefused):  # a slip in a form is nobody's business
                record_refusal(enquiry, do.__name__, by=request.access)
            return (erased_page if enquiry.erased_at else page)(request, enquiry, refusal=refusal)
        messages.success(request, told)
        return redirect("admin:enquiries_enquiry_change", enquiry.pk)

    return view


def _require_fresh(form: str, enquiry: Enquiry, request: StaffRequest) -> None:
    """Under the lock of the case, which the action's own transaction keeps: nobody comes in between."""
    if form in FORMS and request.POST.get(FIELD):
        now = locked(enquiry.council_id, enquiry.pk)
        require_fresh(form, now, request.POST)


@changing
def claim(request: StaffRequest, enquiry: Enquiry) -> str:
    away = _owner_away(actions.claim(enquiry, by=request.access))
    if away:
        messages.warning(
            request, f"You are written down as away until {away:%-d %B}. The case stays yours all the same."
        )
    return "This case is yours."


@changing
def attempt(request: StaffRequest, enquiry: Enquiry) -> str:
    told = AttemptForm(request.POST).told()
    way, outcome = Way(told["way"]), Outcome(told["outcome"])
    at = {"at": told["at"]} if told["at"] else {}
    if pressed_twice(request, enquiry, ContactAttempt, way=way, outcome=outcome, comment=told["comment"], **at):
        return WRITTEN_ONCE
    actions.log_attempt(enquiry, way=way, outcome=outcome, at=told["at"], comment=told["comment"], by=request.access)
    return f"Written down: {way.label.lower()}, {outcome.label.lower()}."


@changing
def note(request: StaffRequest, enquiry: Enquiry) -> str:
    text = NoteForm(request.POST).told()["text"]
    if pressed_twice(request, enquiry, Note, text=text):
        return WRITTEN_ONCE
    actions.add_note(enquiry, text, by=request.access)
    return "Note saved."


@changing
def step(request: StaffRequest, enquiry: Enquiry) -> str:
    told = StepForm(request.POST).told()
    after = actions.take_step(
        enquiry,
        Step(told["step"]),
        on=told["on"],
        reason=CloseReason(told["reason"]) if told["reason"] else None,
        wake_on=told["wake_on"],
        visit_at=told["visit_at"],
        comment=told["comment"],
        by=request.access,
    )
    return f"The case is now “{after.get_state_display()}”."


@changing
def release(request: StaffRequest, enquiry: Enquiry) -> str:
    actions.release(enquiry, by=request.access)
    return "Released. What was held back is on its way."
