"""Who may open an ambassador's own pages: whoever has exchanged a link for a pass, and has not left.

Their row is read as an ambassador reads it, and that scope is left before the page begins: a page reads own rows in
`as_ambassador(me.id)`, and its actions open the council of one row.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from ambassadors.me import Me, me_of
from ambassadors.models import Ambassador
from ambassadors.models.people import AmbassadorState
from ambassadors.own import own_pass
from councils.clock import hub_now
from councils.rate_limits import Limit, exceeded, network_of
from councils.refusals import Refused
from councils.tenancy import CouncilOwned, as_ambassador

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=CouncilOwned)
TEN_MINUTES = 600
INVALID = 422  # a page that asks again is no success, also for whoever reads only the status
require_get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_SENT_BY_ONE = Limit("ambassador", 60, TEN_MINUTES)


def unshared(view: View) -> View:
    """Counts what is sent, before any scope, and keeps every page out of caches."""

    @wraps(view)
    def limited(request: HttpRequest, **arguments: object) -> HttpResponse:
        refused = request.method == "POST" and _sends_too_much(request)
        response = too_many(request) if refused else view(request, **arguments)
        add_never_cache_headers(response)
        return response

    return limited


def behind_own_door(view: View) -> View:
    """`view` gets the request, `Me`, and what its address says. Whoever has not joined yet is asked to first."""

    @behind_own_door_even_before_joining
    @wraps(view)
    def joined(request: HttpRequest, me: Me, **arguments: object) -> HttpResponse:
        return view(request, me, **arguments) if me.joined else redirect("ambassadors:join")

    return joined


def behind_own_door_even_before_joining(view: View) -> View:
    @unshared
    @wraps(view)
    def entered(request: HttpRequest, **arguments: object) -> HttpResponse:
        shown, me = own_pass.pass_of(request), me_behind(request)
        if shown is None or me is None or me.state == AmbassadorState.LEFT:
            return redirect("ambassadors:closed")
        response = _answer(view, request, me, arguments)
        if own_pass.cookie_name() not in response.cookies:  # the view may have handed out another, or taken it back
            own_pass.hand_out(response, shown)
        return response

    return entered


def _answer(view: View, request: HttpRequest, me: Me, arguments: Mapping[str, object]) -> HttpResponse:
    """A refusal that the page does not answer itself is a sentence on the first page."""
    try:
        return view(request, me, **arguments)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("ambassadors:home")


def me_behind(request: HttpRequest) -> Me | None:
    """Also one who has left: the page says so."""
    shown = own_pass.pass_of(request)
    if shown is None or not shown.ambassador:
        return None
    me = read_me(UUID(shown.ambassador))
    return me if me and shown.fits(me, hub_now()) else None


def read_me(key: UUID) -> Me | None:
    with as_ambassador(key):
        row = Ambassador.objects.filter(pk=key).first()
    return me_of(row) if row else None


def own_row(model: type[M], key: UUID, *, me: Me) -> M:
    """One of theirs. Somebody else's and one that does not exist answer alike: Http404."""
    with as_ambassador(me.id):
        row: M | None = model.objects.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(TEN_MINUTES)
    return response


def _sends_too_much(request: HttpRequest) -> bool:
    if exceeded(Limit("posts", settings.POSTS_PER_NETWORK, TEN_MINUTES), network_of(request)):
        return True
    shown = own_pass.pass_of(request)
    return shown is not None and shown.ambassador != "" and exceeded(_SENT_BY_ONE, shown.ambassador)
