"""A council's letters: looked at by whoever works there; written, changed and retired by who runs it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.letters import change_letter, retire_letter, use_letter_again, write_letter
from enquiries.casework_views import councils_of, frame
from enquiries.forms.letters import TemplateForm
from enquiries.letters.lists import letter_lists
from enquiries.letters.placeholders import OFFERED
from enquiries.letters.starting import STARTS
from enquiries.letters.trying import letter_sample, words_of
from enquiries.models import LetterTemplate
from enquiries.wording_views import only_looks
from outbox.mail_pages import with_mail

LIST, CHANGE = "admin:enquiries_lettertemplate_changelist", "admin:enquiries_lettertemplate_change"


@require_safe
def letters(request: StaffRequest) -> HttpResponse:
    if not request.access.councils:
        raise PermissionDenied
    changeable = request.access.where(Permission.CHANGE_SETTINGS)
    lists = letter_lists(councils_of(request), changeable)
    empty = [each for each in lists if each.is_bare] if len(lists) > 1 else []
    shown = {
        "lists": [each for each in lists if each not in empty],
        "without": [each.council.name for each in empty],
        "starts": STARTS.items(),
    }
    return render(request, "staff/letters/list.html", frame(request, "Letters") | shown)


def new(request: StaffRequest, council_id: int) -> HttpResponse:
    """`?start=` names one of the texts to start from."""
    _refuse_who_only_looks(request)
    if council_id not in request.access.councils:
        raise Http404
    council = Council.objects.select_related("hub").get(pk=council_id)
    start = STARTS.get(request.GET.get("start", ""))
    if request.method != "POST":
        return _page(request, council, TemplateForm(shown=LetterTemplate(**vars(start)) if start else None))
    return _typed(request, council, None)


def letter(request: StaffRequest, letter_id: UUID) -> HttpResponse:
    _refuse_who_only_looks(request)
    found = _visible(request, letter_id)
    if request.method != "POST":
        return _page(request, found.council, TemplateForm(shown=found), letter=found)
    return _typed(request, found.council, found)


@require_POST
def retire(request: StaffRequest, letter_id: UUID) -> HttpResponse:
    _refuse_who_only_looks(request)
    found = _visible(request, letter_id)
    _require_manager(request, found.council)
    retire_letter(found, by=request.access)
    messages.success(request, f"“{found.name}” is not in use any more.")
    return redirect(LIST)


@require_POST
def use_again(request: StaffRequest, letter_id: UUID) -> HttpResponse:
    _refuse_who_only_looks(request)
    found = _visible(request, letter_id)
    _require_manager(request, found.council)
    try:
        use_letter_again(found, by=request.access)
    except Refused as refusal:
        return _page(request, found.council, TemplateForm(shown=found), letter=found, refusal=refusal)
    messages.success(request, f"“{found.name}” is in use again.")
    return redirect(CHANGE, found.pk)


def _refuse_who_only_looks(request: StaffRequest) -> None:
    if request.method == "POST" and only_looks(request.access):
        raise PermissionDenied


def _require_manager(request: StaffRequest, council: Council) -> None:
    if not request.access.may(Permission.CHANGE_SETTINGS, council.pk):
        raise PermissionDenied


def _visible(request: StaffRequest, letter_id: UUID) -> LetterTemplate:
    letters = LetterTemplate.objects.filter(council__in=request.access.councils)
    return get_object_or_404(letters.select_related("council__hub", "updated_by"), pk=letter_id)


def _typed(request: StaffRequest, council: Council, letter: LetterTemplate | None) -> HttpResponse:
    """Looked at, or kept."""
    _require_manager(request, council)
    form = TemplateForm(request.POST)
    if request.POST.get("do") == "look":
        return _page(request, council, form, letter=letter)
    try:
        told = form.told()
        if letter:
            kept = change_letter(letter, **told, by=request.access)
        else:
            kept = write_letter(council, **told, by=request.access)
    except Refused as refusal:
        return _page(request, council, form, letter=letter, refusal=refusal)
    messages.success(request, f"Saved. Colleagues can start from “{kept.name}” now.")
    return redirect(CHANGE, kept.pk)


def _page(
    request: StaffRequest,
    council: Council,
    form: TemplateForm,
    *,
    letter: LetterTemplate | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    subject, text = form.typed()
    seen = letter_sample(words_of(subject, text), council, hub_now()) if subject or text else None
    shown = {
        "council": council,
        "form": form,
        "letter": letter,
        "refusal": refusal,
        "seen": seen,
        "offered": OFFERED.items(),
        "may_change": request.access.may(Permission.CHANGE_SETTINGS, council.pk),
    }
    title = letter.name if letter else "A new letter"
    page = render(request, "staff/letters/change.html", frame(request, title) | shown, status=409 if refusal else 200)
    return with_mail(page, seen.html if seen else "")
