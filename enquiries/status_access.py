"""Who may open "Your enquiry": whoever has exchanged a link for a pass. The scope is the door's council, around the
whole answer, the template included.

These pages have no token in their address, so the site's own referrer policy holds: with "no-referrer" a browser sends
`Origin: null` with a form, which Django's check against forged forms refuses.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from councils.doors import door_by_key
from councils.models import Door
from councils.models.doors import DoorPurpose
from councils.rate_limits import Limit, exceeded, network_of
from councils.tenancy import as_council
from enquiries import status_pass
from enquiries.models import Enquiry
from enquiries.status_page import case_behind
from enquiries.status_pass import Pass
from enquiries.views import TEN_MINUTES, too_many

View = Callable[..., HttpResponse]
PageView = Callable[[HttpRequest, Enquiry], HttpResponse]
_SENT_BY_ONE = Limit("status", 60, TEN_MINUTES)


def unshared(view: View) -> View:
    """Counts what is sent, before any scope, and keeps every page out of caches."""

    @wraps(view)
    def limited(request: HttpRequest, **arguments: str) -> HttpResponse:
        refused = request.method == "POST" and _sends_too_much(request)
        response = too_many(request) if refused else view(request, **arguments)
        add_never_cache_headers(response)
        return response

    return limited


def behind_the_door(view: PageView) -> View:
    @unshared
    @wraps(view)
    def entered(request: HttpRequest) -> HttpResponse:
        door = door_of(request)
        response = _inside(view, request, door) if door else None
        return response or redirect("status:closed")

    return entered


def door_of(request: HttpRequest) -> Door | None:
    shown = status_pass.pass_of(request)
    return door_by_key(shown.door, DoorPurpose.STATUS) if shown and shown.door else None


def _inside(view: PageView, request: HttpRequest, door: Door) -> HttpResponse | None:
    """None where the case is there no longer."""
    with as_council(door.council_id):
        case = case_behind(door.council_id, door.subject_id)
        if case is None:
            return None
        response = view(request, case)
        if response.status_code >= 500:
            transaction.set_rollback(True)
    if status_pass.cookie_name() not in response.cookies:  # the view may have handed out another, or taken it back
        status_pass.hand_out(response, Pass(door=door.pk))
    return response


def _sends_too_much(request: HttpRequest) -> bool:
    if exceeded(Limit("posts", settings.POSTS_PER_NETWORK, TEN_MINUTES), network_of(request)):
        return True
    shown = status_pass.pass_of(request)
    return shown is not None and shown.door != 0 and exceeded(_SENT_BY_ONE, str(shown.door))
