"""Where the visitor of a page came from, read off the request. Kept by links of our own pages, never by a cookie."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from councils.context import hub_of
from councils.models import Council
from enquiries.came import Came, Code, Said, came, said

# Codes of a hub by their words. A room above keeps them and registers in `AppConfig.ready`.
KnowsCode = Callable[[int, str], Code | None]
_known: list[KnowsCode] = []


def codes_are_known_by(knows: KnowsCode) -> None:
    _known.append(knows)


def came_in(request: HttpRequest) -> Came:
    """To be kept with what they send. One statement where their address has a code, none where it has not."""
    told = said_in(request)
    return came(told, code=_code(hub_of(request).pk, told.code) if told.code else None)


def said_in(request: HttpRequest) -> Said:
    """Read once a request: a page has a dozen links that carry it on."""
    known: Said | None = getattr(request, "_said", None)
    if known is None:
        referrer = request.headers.get("Referer", "")
        known = said(request.GET.dict(), referrer, own=_own(request), is_council=is_council)
        request._said = known  # type: ignore[attr-defined]  # remembered for the length of the request
    return known


def onward(request: HttpRequest, url: str) -> str:
    """One of our own addresses, with what the present one says of where they came from."""
    return f"{url}{said_in(request).query()}"


def carried(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """For templates: `href="{% url … %}{{ carried }}"`. Asked only where a page has such links."""
    return {"carried": lambda: said_in(request).query()}


def is_council(host: str) -> bool:
    sites = Council.objects.exclude(website="").values_list("website", flat=True)
    return _bare(host) in {_bare(urlsplit(site).hostname or "") for site in sites}


def _code(hub_id: int, word: str) -> Code | None:
    return next((code for knows in _known if (code := knows(hub_id, word))), None)


def _own(request: HttpRequest) -> str:
    try:
        return request.get_host()
    except DisallowedHost:  # the page that refuses it has links, too
        return ""


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
