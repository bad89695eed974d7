"""Where the visitor of a page came from, read off the request. Kept by links of our own pages, never by a cookie."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from councils.context import hub_of
from councils.models import Council
from enquiries.came import Came, Code, Said, as_code, came, said
from enquiries.came_states import Source

# Codes of a hub by their words. A room above keeps them and registers in `AppConfig.ready`.
KnowsCode = Callable[[int, str], Code | None]
_known: list[KnowsCode] = []


def codes_are_known_by(knows: KnowsCode) -> None:
    _known.append(knows)


def came_in(request: HttpRequest) -> Came:
    """To be kept with what they send. A statement for a code or a utm_campaign in their address, none without."""
    told, hub_id = said_in(request), hub_of(request).pk
    known = _code(hub_id, told.code) if told.code else None
    return came(told, code=known) if known else _by_name(hub_id, came(told, code=None))


def _by_name(hub_id: int, found: Came) -> Came:
    """An advert that names its campaign by a word that is a code of ours came by that code. How it came, the address
    says better, if it says anything."""
    word = as_code(found.campaign)
    if not word or (code := _code(hub_id, word)) is None:
        return found
    return replace(found, code=word, source=code.source if found.source == Source.UNKNOWN else found.source)


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
