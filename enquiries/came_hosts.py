"""Classes of websites by their host. Of a page that somebody came from nothing else is kept."""

import re
from collections.abc import Mapping

from enquiries.came_states import CameBy

# Before the search engines: "mail.google.com" is no search.
_MAIL = (
    *("mail.google.com", "com.google.android.gm", "outlook.live.com", "outlook.office.com", "outlook.office365.com"),
    *("mail.yahoo.com", "mail.aol.com", "mail.proton.me", "icloud.com", "mail.com", "mail.btinternet.com"),
)
_SOCIAL = (
    *("facebook.com", "fb.com", "fb.me", "instagram.com", "t.co", "twitter.com", "x.com", "linkedin.com", "lnkd.in"),
    *("tiktok.com", "youtube.com", "youtu.be", "nextdoor.co.uk", "nextdoor.com", "reddit.com", "pinterest.com"),
    *("pinterest.co.uk", "snapchat.com", "threads.net", "threads.com", "bsky.app", "whatsapp.com", "mumsnet.com"),
    *("netmums.com",),
)
_SEARCH = ("duckduckgo.com", "ecosia.org", "search.brave.com", "startpage.com", "qwant.com", "ask.com")
# In many countries, each with an ending of its own.
_SEARCH_ANYWHERE = re.compile(r"(?:^|\.)(?:google|bing|yandex|search\.yahoo)\.(?:com?\.)?[a-z]{2,3}$")
_COUNCILS = (".gov.uk",)

_BY_HOST: Mapping[CameBy, tuple[str, ...]] = {CameBy.MAIL: _MAIL, CameBy.SOCIAL: _SOCIAL, CameBy.SEARCH: _SEARCH}


def class_of(host: str) -> CameBy | None:
    """None where the host alone does not tell."""
    named = host.lower().removeprefix("www.")
    for kind, hosts in _BY_HOST.items():
        if any(named == each or named.endswith(f".{each}") for each in hosts):
            return kind
    if _SEARCH_ANYWHERE.search(named):
        return CameBy.SEARCH
    return CameBy.COUNCIL if named.endswith(_COUNCILS) else None
