"""The phone team's screen."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from councils.access import StaffRequest
from councils.models import Council, CouncilKind
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.entry import enter
from enquiries.casework_views import frame
from enquiries.consents import Consent, now_shown
from enquiries.earlier import Earlier, earlier
from enquiries.forms.entry import EntryForm
from enquiries.states import Channel, HeardFrom
from enquiries.whereabouts import Whereabouts


@dataclass(frozen=True)
class Found:
    """What the screen answers while somebody types: who answers for the postcode, and who asked before."""

    council: str
    reason: str
    ask: list[str]
    earlier: list[Earlier]


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: StaffRequest) -> HttpResponse:
    require_entering(request)
    form = EntryForm(request.POST if request.method == "POST" else None, councils=offered(request))
    if request.method != "POST":
        return screen(request, form)
    if "look" in request.POST:
        return screen(request, form, found=found_for(request))
    if not form.is_valid():
        return screen(request, form, found=found_for(request), status=422)
    return save(request, form)


def save(request: StaffRequest, form: EntryForm) -> HttpResponse:
    told = form.cleaned_data
    try:
        receipt = enter(
            form.answers(place_of(request)),
            token=told["token"],
            channel=Channel(told["channel"]),
            send_nothing=told["send_nothing"],
            heard_from=HeardFrom(told["heard_from"]) if told["heard_from"] else None,
            by=request.access,
        )
    except Refused as refusal:
        return screen(request, form, found=found_for(request), refusal=refusal, status=409)
    messages.success(request, f"Saved as {receipt.reference}. {receipt.promise.sentence}.")
    if receipt.council_id in request.access.councils:
        return redirect("admin:enquiries_enquiry_change", receipt.enquiry_id)
    return redirect("admin:enquiries_enquiry_enter")


@require_POST
def look(request: StaffRequest) -> HttpResponse:
    """For the script of the screen. By POST: a postcode or a name in the address would be in every log."""
    require_entering(request)
    found = found_for(request)
    return JsonResponse(
        {
            "council": found.council,
            "reason": found.reason,
            "ask": found.ask,
            "earlier": [{"text": str(each), "url": each.url} for each in found.earlier],
        }
    )


def screen(
    request: StaffRequest,
    form: EntryForm,
    *,
    found: Found | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {"form": form, "found": found, "refusal": refusal, "look_url": reverse("admin:enquiries_enquiry_look")}
    said = {"read_out": now_shown(Consent.READ_OUT)}
    return render(request, "staff/entry.html", frame(request, "Write down an enquiry") | shown | said, status=status)


def require_entering(request: StaffRequest) -> None:
    if not any(request.access.may(Permission.ENTER_CALLS, council) for council in request.access.roles):
        raise PermissionDenied


def offered(request: StaffRequest) -> list[Council]:
    return list(Council.objects.filter(hub=request.user.home.hub_id, kind=CouncilKind.COUNCIL))


def place_of(request: StaffRequest) -> Whereabouts:
    typed, chosen = request.POST.get("postcode", "")[:40].strip(), request.POST.get("council", "")
    return Whereabouts(hub=request.user.home.hub, typed=typed, without=not typed, chosen=chosen)


def found_for(request: StaffRequest) -> Found:
    place = place_of(request)
    sent = request.POST
    return Found(
        council=place.council.service_name if place.typed or place.chosen else "",
        reason=place.route.reason if place.route else "",
        ask=[area.name for area in place.route.asked] if place.asks_area and place.route else [],
        earlier=earlier(
            name=sent.get("name", ""), phone=sent.get("phone", ""), email=sent.get("email", ""), access=request.access
        ),
    )
