"""A letter to one person: written, looked at as it will arrive, sent, and called back. What was typed goes along from
page to page in the form itself; nothing is kept, and nothing leaves, before “Send”."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission
from enquiries import actions
from enquiries.actions.letter_sending import Changed, address_of, call_back, require_possible, send_letter
from enquiries.actions.refusals import record_refusal
from enquiries.casework_views import case_page, frame, visible
from enquiries.forms.letters import CalledBackForm, WriteForm
from enquiries.letters.beginning import Beginning, beginning, begun_again
from enquiries.letters.looking import look_at
from enquiries.letters.panel import letters_of
from enquiries.letters.quoting import last_reply
from enquiries.letters.ways import Possible, needs_their_word, ways_to, why_no_letter
from enquiries.letters.writing import Letter
from enquiries.models import Enquiry
from enquiries.timeline import timeline
from outbox.mail_pages import with_mail


def write(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """`?letter=` names the council's text to start from, `?way=` email or text."""
    case = visible(request, enquiry_id)
    if not request.access.may(Permission.WORK_CASES, case.council_id):
        raise Http404
    if request.method == "POST":
        return _typed(request, case)
    actions.mark_seen(case, by=request.access)
    if why := why_no_letter(case):
        return case_page(request, case, refusal=Refused(why))
    asked = {name: request.GET.get(name, "") for name in ("letter", "way")}
    begun = beginning(case, request.user, **asked, now=hub_now())
    return _write_page(request, case, _unsent(case, begun), refusal=begun.refusal)


def _unsent(case: Enquiry, begun: Beginning) -> WriteForm:
    fresh = {"key": secrets.token_hex(16), "version": case.version, "since": hub_now().isoformat()}
    return WriteForm(ways=_open_ways(case), initial={**begun.words, **fresh})


def _open_ways(case: Enquiry) -> list[Possible]:
    return [each for each in ways_to(case, case.council) if not each.why_not]


def _typed(request: StaffRequest, case: Enquiry) -> HttpResponse:
    form = WriteForm(request.POST, ways=_open_ways(case))
    try:
        if request.POST.get("do") == "change":
            return _write_page(request, case, form)
        letter = form.letter_typed()
        if request.POST.get("do") == "send":
            return _sent(request, case, letter)
        require_possible(case, letter)
        return _look_page(request, case, form, letter)
    except Changed as refusal:
        return _write_page(request, case, form.on(case.version, hub_now()), refusal=refusal, since=form.made_at())
    except Refused as refusal:
        return _write_page(request, case, form, refusal=refusal)


def _sent(request: StaffRequest, case: Enquiry, letter: Letter) -> HttpResponse:
    send_letter(case, letter, by=request.access)
    messages.success(request, "Your letter leaves in a minute. Until then you can call it back, under “Write to them”.")
    return redirect("admin:enquiries_enquiry_change", case.pk)


@require_POST
def take_back(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Back to the letter, with what was written still there."""
    case = visible(request, enquiry_id)
    try:
        written = call_back(case, CalledBackForm(request.POST).told()["message"], by=request.access)
    except Refused as refusal:
        if isinstance(refusal, RoleRefused):
            record_refusal(case, "take_back", by=request.access)
        return case_page(request, case, refusal=refusal)
    messages.success(request, "Called back: nothing was sent. Here is what you wrote.")
    case = visible(request, enquiry_id)
    return _write_page(request, case, _unsent(case, begun_again(case, written)))


def _write_page(
    request: StaffRequest,
    case: Enquiry,
    form: WriteForm,
    *,
    refusal: Refused | None = None,
    since: datetime | None = None,
) -> HttpResponse:
    ways = ways_to(case, case.council)
    shown = {
        "case": case,
        "form": form,
        "ways": ways,
        "possible": any(not way.why_not for way in ways),
        "needs_word": needs_their_word(case),
        "reply": last_reply(case),
        "letters": letters_of(case.council_id),
        "refusal": refusal,
        "meanwhile": [entry for entry in timeline(case) if entry.at >= since] if since else [],
    }
    page = frame(request, f"Write to {case.name}") | shown
    return render(request, "staff/letters/write.html", page, status=409 if refusal else 200)


def _look_page(request: StaffRequest, case: Enquiry, form: WriteForm, letter: Letter) -> HttpResponse:
    looked = look_at(letter, case, to=address_of(case, letter)[0], now=hub_now())
    shown = {"case": case, "form": form, "looked": looked}
    page = render(request, "staff/letters/look.html", frame(request, "As it will arrive") | shown)
    return with_mail(page, looked.html)
