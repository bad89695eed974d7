"""Every template knows which hub's site it is on."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db.models import Q
from django.http import HttpRequest

from councils.models import Hub
from councils.routing import NoDirectory, release_in_use


def hub_of(request: HttpRequest) -> Hub:
    """By host name; the deployment's default where no hub has that domain. One small query a page."""
    known: Hub | None = getattr(request, "_hub", None)
    if known is None:
        domain = _domain(request)
        hubs = Hub.objects.filter(Q(slug=settings.DEFAULT_HUB) | Q(domain=domain) & ~Q(domain=""))
        known = max(hubs, key=lambda hub: hub.domain == domain)
        request._hub = known  # type: ignore[attr-defined]  # remembered for the length of the request
    return known


def _domain(request: HttpRequest) -> str:
    try:
        return request.get_host().split(":")[0]
    except DisallowedHost:  # the page that refuses it has a header and a footer, too
        return ""


def hub(request: HttpRequest) -> dict[str, Hub | Callable[[], str]]:
    return {"hub": hub_of(request), "year_of_postcodes": year_of_postcodes}


def year_of_postcodes() -> str:
    """Of the release in use, for the copyright line; empty where none is loaded or its name tells no year."""
    try:
        named = re.search(r"\b20\d\d\b", release_in_use())
    except NoDirectory:
        return ""
    return named[0] if named else ""
