"""What the hub writes by itself, council by council: looked at by whoever works there, changed by who runs it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from councils.access import Access, StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.wording import save_wording
from enquiries.casework_views import councils_of, frame
from enquiries.follow_up_states import FollowUp
from enquiries.followups.placeholders import offered
from enquiries.followups.preview import sample
from enquiries.followups.sequences import BY_NAME
from enquiries.forms.wording import WordingForm
from enquiries.models import Wording
from enquiries.wordings import wording_lists
from outbox.mail_pages import html_answer


@require_safe
def wordings(request: StaffRequest) -> HttpResponse:
    if not request.access.councils:
        raise PermissionDenied
    shown = {"lists": wording_lists(councils_of(request))}
    return render(request, "staff/wording/list.html", frame(request, "What the hub writes by itself") | shown)


def wording(request: StaffRequest, which: str) -> HttpResponse:
    if request.method == "POST" and only_looks(request.access):
        raise PermissionDenied
    council, follow_up = named(request, which)
    if request.method == "POST":
        return _save(request, which, council, follow_up)
    return _page(request, which, council, follow_up, _form(None, council, follow_up))


@xframe_options_sameorigin
def preview(request: StaffRequest, which: str) -> HttpResponse:
    """For the frame: what is kept (GET) or what has just been typed (POST), as it would arrive at Erin Example's."""
    council, follow_up = named(request, which)
    form = _form(request.POST if request.method == "POST" else None, council, follow_up)
    seen = sample(follow_up, form.typed(), council, hub_now())
    as_text = request.POST.get("part") == "text"
    if seen.html and not as_text:
        return html_answer(seen.html)
    return html_answer(render_to_string("staff/wording/plain.html", {"seen": seen}))


def named(request: StaffRequest, which: str) -> tuple[Council, FollowUp]:
    """`6-tried`. Another council's and what does not exist answer alike."""
    number, _, name = which.partition("-")
    if not number.isdecimal() or name not in FollowUp.values or int(number) not in request.access.councils:
        raise Http404
    if BY_NAME[name].ours:
        raise Http404
    return Council.objects.select_related("hub").get(pk=int(number)), FollowUp(name)


def only_looks(access: Access) -> bool:
    """Sees cases and runs no council: refused before anybody asks which council it is about."""
    return bool(access.councils) and not any(access.may(Permission.CHANGE_SETTINGS, each) for each in access.roles)


def _form(data: object, council: Council, follow_up: FollowUp) -> WordingForm:
    own = Wording.objects.filter(council=council, follow_up=follow_up).first()
    return WordingForm(data, follow_up=follow_up, wording=own)


def _save(request: StaffRequest, which: str, council: Council, follow_up: FollowUp) -> HttpResponse:
    if not request.access.may(Permission.CHANGE_SETTINGS, council.pk):
        raise PermissionDenied
    form = _form(request.POST, council, follow_up)
    if not form.is_valid():
        refusal = Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        return _page(request, which, council, follow_up, form, refusal)
    try:
        save_wording(council, follow_up, form.wished(), by=request.access)
    except Refused as refusal:
        return _page(request, which, council, follow_up, form, refusal)
    messages.success(request, "Saved. From now on it goes out like this.")
    return redirect("admin:enquiries_wording_change", which)


def _page(
    request: StaffRequest,
    which: str,
    council: Council,
    follow_up: FollowUp,
    form: WordingForm,
    refusal: Refused | None = None,
) -> HttpResponse:
    shown = {
        "form": form,
        "refusal": refusal,
        "council": council,
        "which": which,
        "offered": offered(follow_up).items(),
        "may_change": request.access.may(Permission.CHANGE_SETTINGS, council.pk),
    }
    page = frame(request, follow_up.label) | shown
    return render(request, "staff/wording/change.html", page, status=409 if refusal else 200)
