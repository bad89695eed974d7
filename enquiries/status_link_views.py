"""Links that open nothing any more, lost ones, and the link that stops our messages.

Whether a link or a reference is known, and whether a mail was sent, is never said: the answer is the same.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from councils.context import hub_of
from councils.doors import find_door, find_door_even_closed, where_it_leads_now
from councils.models import Door
from councils.models.doors import DoorPurpose
from councils.rate_limits import Limit, exceeded, network_of
from councils.tenancy import as_council
from enquiries import status_pass
from enquiries.actions import fresh_links, status
from enquiries.status_access import door_of, unshared
from enquiries.status_forms import LostLinkForm
from enquiries.status_page import case_behind
from enquiries.views import INVALID, TEN_MINUTES, require_get_or_post, too_many

ONE_CLICK = "One-Click"


@require_safe
@unshared
def closed(request: HttpRequest) -> HttpResponse:
    """Where every link leads that opens nothing, whatever the reason."""
    if door_of(request):
        return redirect("status:page")
    return render(request, "status/closed.html", {"brought_a_link": status_pass.pass_of(request) is not None})


@require_POST
@unshared
def new_link(request: HttpRequest) -> HttpResponse:
    if _asks_too_often(request):
        return too_many(request)
    shown = status_pass.pass_of(request)
    if shown and (door := _door_of_old_link(shown)):
        fresh_links.send_in_place_of(door)
    return redirect("status:on_its_way")


def _door_of_old_link(shown: status_pass.Pass) -> Door | None:
    if shown.token:
        return find_door_even_closed(shown.token, DoorPurpose.STATUS)
    return Door.objects.filter(pk=shown.door, purpose=DoorPurpose.STATUS).first()


@require_get_or_post
@unshared
def lost(request: HttpRequest) -> HttpResponse:
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if _asks_too_often(request):
            return too_many(request)
        told = form.cleaned_data
        fresh_links.send_to_who_lost_it(reference=told["reference"], email=told["email"], hub=hub_of(request))
        return redirect("status:on_its_way")
    values = {"form": form, "page_title": "Get a link to your enquiry", "back": reverse("pages:home")}
    return render(request, "status/lost.html", values, status=INVALID if form.errors else 200)


def _asks_too_often(request: HttpRequest) -> bool:
    return exceeded(Limit("fresh_links", settings.LINKS_PER_NETWORK, TEN_MINUTES), network_of(request))


@require_safe
@unshared
def on_its_way(request: HttpRequest) -> HttpResponse:
    return render(request, "status/on_its_way.html")


@csrf_exempt  # RFC 8058: a mail program's button brings neither a cookie nor a token of ours; the address is the secret
@require_get_or_post
@unshared
def stop(request: HttpRequest, token: str) -> HttpResponse:
    door = find_door(token, DoorPurpose.STOP)
    done = _stopped(request, door) if request.method == "POST" and door else ""
    if done and door and (moved := where_it_leads_now(door)):  # passed on to another council at this very moment
        done = _stopped(request, moved)
    response = render(request, "status/stop.html", {"known": door is not None, "done": done})
    response["Referrer-Policy"] = "no-referrer"
    return response


def _stopped(request: HttpRequest, door: Door) -> str:
    """What was asked for and done; nothing for a POST that says neither (scanners send such)."""
    with as_council(door.council_id):
        case = case_behind(door.council_id, door.subject_id)
        if case is None:
            return ""
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            status.stop_news(case)
            return "news"
        if request.POST.get("stop"):
            status.ask_to_stop(case)
            return "stopped"
        if request.POST.get("undo"):
            status.undo_stop(case)
            return "undone"
    return ""
