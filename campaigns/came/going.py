"""Short addresses of posters and links of emails: counted, without asking who, and led on.

A short address leads to a page of ours that its code names, a link to where its email says: never to anything that
stands in the address itself.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from campaigns.actions.clicking import count_code, count_link
from campaigns.came.codes import open_code
from campaigns.came.signing import LinkNamed, unsign
from campaigns.models import Link
from councils.context import hub_of
from councils.rate_limits import Limit, exceeded, network_of
from councils.tenancy import as_council

COUNTED = Limit("clicks", 300, 600)  # of a network in ten minutes: an evening's hall scans the same poster
_FETCHED_BEFORE = ("Sec-Purpose", "Purpose", "X-Moz")
_PROGRAMS = ("bot", "crawl", "spider", "preview", "facebookexternalhit", "whatsapp/", "slack", "monitor", "curl/")


@require_safe
def go(request: HttpRequest, code: str) -> HttpResponse:
    """Unknown and ended codes lead to the start page, and count nowhere."""
    found = open_code(hub_of(request), code)
    if found is None or not url_has_allowed_host_and_scheme(found.path, allowed_hosts=None):
        return redirect("pages:home")
    if counts(request):
        count_code(found)
    return _onward(f"{found.path}?c={found.code}")


@require_safe
def follow(request: HttpRequest, signed: str) -> HttpResponse:
    named = unsign(signed)
    link = _link(named, counted=counts(request)) if named else None
    if link is None or not link.url.startswith(("https://", "http://")):
        raise Http404
    return _onward(link.url)


def counts(request: HttpRequest) -> bool:
    """Not what a browser or a program fetches before anybody has looked, as far as it says so."""
    browser = request.headers.get("User-Agent", "").lower()
    if request.method != "GET" or any(word in browser for word in _PROGRAMS):
        return False
    if any("prefetch" in request.headers.get(name, "").lower() for name in _FETCHED_BEFORE):
        return False
    return not exceeded(COUNTED, network_of(request))


def _link(named: LinkNamed, *, counted: bool) -> Link | None:
    with as_council(named.council_id):
        links = Link.objects.filter(council=named.council_id, mailing=named.mailing_key, position=named.position)
        link = links.select_related("mailing").first()
        if link and counted:
            count_link(link)
    return link


def _onward(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    add_never_cache_headers(response)
    return response
