"""The waiting list, what is done with several at once, and the button that looks for everybody now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ambassadors.actions.proposing import ask_for_round
from ambassadors.matched.attention import attention
from ambassadors.matched.introducing import introduce_ticked, keys_in
from ambassadors.matched.ringing import ring_after_commit
from ambassadors.matched.views import councils_matched
from ambassadors.matched.waiting_page import waiting_page
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from enquiries.casework_views import frame
from enquiries.models import Enquiry

LIST = "admin:ambassadors_introduction_changelist"
NOTHING = Refused("Tick at least one, once you have checked it.")


@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    return _page(request)


def _page(request: StaffRequest, refusal: Refused | None = None) -> HttpResponse:
    councils_matched(request)
    shown = {
        "page": waiting_page(request.access),
        "attention": attention(request.access, hub_now()),
        "several": len(request.access.councils) > 1,
        "refusal": refusal,
    }
    title = "Who waits for a conversation"
    status = 409 if refusal else 200
    return render(request, "staff/ambassadors/waiting.html", frame(request, title) | shown, status=status)


@require_POST
def round_now(request: StaffRequest) -> HttpResponse:
    councils_matched(request)
    ask_for_round(by=request.access)
    ring_after_commit()
    messages.success(request, "Everybody who waits is looked at again. Reload this page in a minute.")
    return redirect(LIST)


@dataclass(frozen=True, slots=True)
class _Tick:
    case: Enquiry
    ambassador: UUID


@require_POST
def several(request: StaffRequest) -> HttpResponse:
    """Each by its own tick; one that is refused holds up none of the others."""
    ticks = list(_ticked(request))
    if not ticks:
        return _page(request, NOTHING)
    refused = [told for tick in ticks if (told := _introduce(request, tick))]
    if refused:
        return _page(request, Refused(" ".join(refused)))
    return redirect(LIST)


def _introduce(request: StaffRequest, tick: _Tick) -> str:
    """Why not; empty where it was done."""
    try:
        told = introduce_ticked(tick.case, [tick.ambassador], by=request.access)
    except Refused as refusal:
        return f"{tick.case.reference}: {refusal}"
    messages.success(request, told)
    return ""


def _ticked(request: StaffRequest) -> Iterator[_Tick]:
    """The case and whom they saw it with: where a round has chosen somebody else since, that is what they ticked."""
    pairs = [keys_in(each.split(":")) for each in request.POST.getlist("pair")]
    cases = _cases(request, (pair[0] for pair in pairs if len(pair) == 2))
    yield from (_Tick(cases[pair[0]], pair[1]) for pair in pairs if len(pair) == 2 and pair[0] in cases)


def _cases(request: StaffRequest, keys: Iterable[UUID]) -> dict[UUID, Enquiry]:
    here = Enquiry.objects.filter(council__in=councils_matched(request), erased_at=None)
    return here.select_related("council").in_bulk(list(keys))
