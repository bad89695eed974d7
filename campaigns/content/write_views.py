"""The editor: one form with all blocks. Its buttons move blocks without saving, so that nothing typed is lost."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.actions.writing import Stale, write
from campaigns.content.blocks import EVENTS_MOST, MOST, TEXT_MOST, Kind, blocks_of
from campaigns.content.drafts import PREHEADER_MOST, SUBJECT_FITS, SUBJECT_MOST, Draft, faults, rearranged, typed
from campaigns.content.editor import both_versions, fields_offered, shown_blocks
from campaigns.models import Mailing
from campaigns.states import MailingState
from councils.access import StaffRequest
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.casework_views import frame


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form as it is shown. `version`: of the email that it would replace. `now`: a block that was just moved."""

    draft: Draft
    version: int
    faults: dict[str, str]
    refusal: Refused | None = None
    now: int | None = None
    is_unsaved: bool = False


def editable(request: StaffRequest, mailing_id: UUID) -> Mailing:
    """Another council's and one that does not exist answer alike."""
    mine = request.access.where(Permission.EDIT_CAMPAIGNS)
    if not mine:
        raise PermissionDenied
    mailings = Mailing.objects.filter(council__in=mine)
    return get_object_or_404(mailings.select_related("council__hub", "campaign"), pk=mailing_id)


def draft_of(mailing: Mailing) -> Draft:
    return Draft(mailing.subject, mailing.preheader, blocks_of(mailing.blocks))


@require_http_methods(["GET", "HEAD", "POST"])
def write_page(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    mailing = editable(request, mailing_id)
    if request.method != "POST":
        return _page(request, mailing, Sheet(draft_of(mailing), mailing.version, {}))
    draft, version, do = typed(request.POST), _version(request), request.POST.get("do", "save")
    if do not in ("save", "look"):
        draft, at = rearranged(draft, do)
        return _page(request, mailing, Sheet(draft, version, {}, now=at, is_unsaved=True))
    if found := faults(draft):
        return _page(request, mailing, Sheet(draft, version, found, is_unsaved=True), status=422)
    try:
        write(mailing, draft, version=version, by=request.access)
    except Refused as refusal:
        return _page(request, mailing, Sheet(draft, version, {}, refusal, is_unsaved=True), status=409)
    if do == "look":
        return redirect("admin:campaigns_mailing_preview", mailing.pk)
    messages.success(request, "Saved.")
    return redirect("admin:campaigns_mailing_write", mailing.pk)


def _version(request: StaffRequest) -> int:
    """`over`: of the button that saves over a colleague's version, which was shown."""
    sent = request.POST.get("over") or request.POST.get("version", "")
    if not sent.isdecimal() or len(sent) > 9:
        raise Http404
    return int(sent)


def _page(request: StaffRequest, mailing: Mailing, sheet: Sheet, status: int = 200) -> HttpResponse:
    stale = sheet.refusal.now if isinstance(sheet.refusal, Stale) else None
    shown = {
        "mailing": mailing,
        "sheet": sheet,
        "refusal": None if stale else sheet.refusal,
        "blocks": shown_blocks(sheet.draft, sheet.faults, sheet.now),
        "kinds": Kind.choices,
        "fields": fields_offered(mailing.council),
        "sides": both_versions(sheet.draft, draft_of(stale)) if stale else (),
        "stale": stale,
        "may_write": mailing.state == MailingState.DRAFT,
        "is_full": len(sheet.draft.blocks) >= MOST,
        "subject_most": SUBJECT_MOST,
        "subject_fits": SUBJECT_FITS,
        "preheader_most": PREHEADER_MOST,
        "text_most": TEXT_MOST,
        "events_most": EVENTS_MOST,
        "title": f"Write: {mailing.name}",
    }
    return render(request, "staff/content/write.html", frame(request, f"Write: {mailing.name}") | shown, status=status)
