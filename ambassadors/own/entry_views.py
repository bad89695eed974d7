"""In by a link from a mail, and out again. Scanners may fetch a link: it shows, and changes nothing.

Whether an address or a link is known is never said, except to whoever brings the link itself.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ambassadors.actions import log_in as actions
from ambassadors.me import Me
from ambassadors.models import AmbassadorState
from ambassadors.own import own_pass
from ambassadors.own.access import INVALID, TEN_MINUTES, me_behind, read_me, require_get_or_post, too_many, unshared
from ambassadors.own.forms.log_in import LogInForm
from ambassadors.own.own_pass import LONGEST_TOKEN, Pass
from councils.clock import hub_now
from councils.context import hub_of
from councils.doors import find_door, find_door_even_closed
from councils.models.doors import DoorPurpose
from councils.rate_limits import Limit, exceeded, network_of

_HERE = (AmbassadorState.INVITED, AmbassadorState.ACTIVE)


@require_safe
@unshared
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Answers alike whatever the link is worth; the next page says what came of it. An old link takes nobody out."""
    door = find_door(token, DoorPurpose.AMBASSADOR)
    me = read_me(door.subject_id) if door else None
    response = redirect("ambassadors:home")
    if me and me.state in _HERE:
        own_pass.hand_out(response, own_pass.pass_for(me, hub_now()))
    elif not _is_in(me_behind(request)):
        own_pass.hand_out(response, Pass(token=token[:LONGEST_TOKEN]))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@unshared
def closed(request: HttpRequest) -> HttpResponse:
    """Where every page leads that is not open, whatever the reason."""
    me = me_behind(request)
    if _is_in(me):
        return redirect("ambassadors:home")
    shown = own_pass.pass_of(request)
    who = me or _who_had(shown)
    has_left = who is not None and who.state == AmbassadorState.LEFT
    taken_back = who is not None and has_left and not who.ever_joined
    values = {"brought_a_link": bool(shown and shown.token), "has_left": has_left, "taken_back": taken_back}
    return render(request, "ambassadors/closed.html", values)


@require_POST
@unshared
def new_link(request: HttpRequest) -> HttpResponse:
    """For whoever brings an old one. It goes to the address that their council has."""
    if _asks_too_often(request):
        return too_many(request)
    if who := me_behind(request) or _who_had(own_pass.pass_of(request)):
        actions.send_link(who.council_id, who.id)
    return redirect("ambassadors:on_its_way")


@require_get_or_post
@unshared
def log_in(request: HttpRequest) -> HttpResponse:
    form = LogInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if _asks_too_often(request):
            return too_many(request)
        actions.send_links(email=form.cleaned_data["email"], hub=hub_of(request))
        return redirect("ambassadors:on_its_way")
    values = {"form": form, "page_title": "For our ambassadors", "back": reverse("pages:home")}
    return render(request, "ambassadors/log_in.html", values, status=INVALID if form.errors else 200)


@require_safe
@unshared
def on_its_way(request: HttpRequest) -> HttpResponse:
    return render(request, "ambassadors/on_its_way.html")


@require_POST
@unshared
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends this pass; links in mails go on as long as they said."""
    response = redirect("ambassadors:log_in")
    own_pass.take_back(response)
    messages.success(request, "You are logged out on this computer.")
    return response


def _who_had(shown: Pass | None) -> Me | None:
    """Of the token of a link, whether it still opens anything or not."""
    if shown is None or not shown.token:
        return None
    door = find_door_even_closed(shown.token, DoorPurpose.AMBASSADOR)
    return read_me(door.subject_id) if door else None


def _is_in(me: Me | None) -> bool:
    return me is not None and me.state in _HERE


def _asks_too_often(request: HttpRequest) -> bool:
    return exceeded(Limit("ambassadors_links", settings.LINKS_PER_NETWORK, TEN_MINUTES), network_of(request))
