"""Where somebody came from: what the address and the browser say, and which source that is. No ORM, no clock.

Nothing of it tells who somebody is. Words of an address are cut and cleaned, and dropped where they hold what may be an
email address, a telephone number or a postcode. Of the page before ours only its class is kept.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import urlencode, urlsplit

from enquiries.came_hosts import class_of
from enquiries.came_states import CameBy, Source
from enquiries.states import Channel, HeardFrom

LONGEST, LONGEST_CODE = 60, 40
CODE, BY = "c", "by"
_UTM = {"word": "utm_source", "medium": "utm_medium", "campaign": "utm_campaign"}
# Only that they are there is looked at: their values name one click of one person.
_PAID_CLICK = {"gclid": "google", "gbraid": "google", "wbraid": "google", "msclkid": "bing"}
_PERSONAL = (
    re.compile(r"@|%40"),
    re.compile(r"\d(?:[ ._-]?\d){8}"),  # a day has eight digits
    re.compile(r"\b[a-z]{1,2}\d[a-z\d]?[ ._-]?\d[a-z]{2}\b"),
)
_UNWANTED = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, kw_only=True)
class Said:
    """By the address of the page, and of the browser by the class of the page before. `word`: utm_source."""

    code: str = ""
    word: str = ""
    medium: str = ""
    campaign: str = ""
    referrer: CameBy | None = None

    def query(self) -> str:
        """To go on with in the links of our pages: no cookie remembers it. Empty where there is nothing to tell."""
        told = {CODE: self.code, **{name: getattr(self, field) for field, name in _UTM.items()}}
        told[BY] = str(self.referrer) if self.referrer and self.referrer != CameBy.OWN else ""
        told = {name: value for name, value in told.items() if value}
        return f"?{urlencode(told)}" if told else ""


@dataclass(frozen=True)
class Code:
    """As staff made it."""

    source: Source
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Came:
    """As a touch has it."""

    source: Source = Source.UNKNOWN
    detail: str = ""
    medium: str = ""
    campaign: str = ""
    code: str = ""
    referrer: str = ""

    @property
    def tells_nothing(self) -> bool:
        return not any((self.detail, self.medium, self.campaign, self.code)) and self.referrer in ("", CameBy.OWN)

    def to_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> Self:
        told = {name: value for name, value in data.items() if name != "source"}
        return cls(source=Source(data["source"]), **told)


def cleaned(text: str, longest: int = LONGEST) -> str:
    """Lower case letters, digits and a few signs; nothing at all of what may be personal."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if any(pattern.search(plain) for pattern in _PERSONAL):
        return ""
    return _UNWANTED.sub(" ", plain).strip()[:longest].strip()


def as_code(campaign: str) -> str:
    """A utm_campaign as a code would be spelled: "spring_2027" is "spring-2027"."""
    return re.sub(r"[ ._-]+", "-", campaign)[:LONGEST_CODE].strip("-")


def said(parameters: Mapping[str, str], referrer: str, *, own: str, is_council: Callable[[str], bool]) -> Said:
    """`own`: our host. `is_council` is asked about a host that nothing else explains."""
    words = {field: cleaned(parameters.get(name, "")) for field, name in _UTM.items()}
    before = _before(referrer, own=own, is_council=is_council)
    if before in (None, CameBy.OWN) and parameters.get(BY) in CameBy.values:
        before = CameBy(parameters[BY])  # said on an earlier page of ours
    clicked = next((engine for name, engine in _PAID_CLICK.items() if name in parameters), "")
    if clicked:
        words["word"], words["medium"] = words["word"] or clicked, words["medium"] or "cpc"
    if "fbclid" in parameters and before in (None, CameBy.OWN):
        before = CameBy.SOCIAL
    return Said(code=cleaned(parameters.get(CODE, ""), LONGEST_CODE), referrer=before, **words)


def _before(referrer: str, *, own: str, is_council: Callable[[str], bool]) -> CameBy | None:
    host = _host(referrer)
    if not host:
        return None
    if host == _host(f"//{own}"):
        return CameBy.OWN
    known = class_of(host)
    return known or (CameBy.COUNCIL if is_council(host) else CameBy.ELSEWHERE)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # a stranger's header
        return ""


def came(told: Said, *, code: Code | None) -> Came:
    """`code`: None where its word is no code of ours. Then the word is dropped."""
    return Came(
        source=code.source if code else next(_sources(told), Source.DIRECT),
        detail=told.word or (code.label[:LONGEST] if code else ""),
        medium=told.medium,
        campaign=told.campaign,
        code=told.code if code else "",
        referrer=str(told.referrer or ""),
    )


def _sources(told: Said) -> Iterator[Source]:
    """The surest first."""
    where = class_of(told.word) or _NETWORKS.get(told.word)
    words = set(re.split(r"[ ._-]+", told.medium))
    if words & _PAID:
        social = where == CameBy.SOCIAL or "social" in words or told.referrer == CameBy.SOCIAL
        yield Source.SOCIAL_PAID if social else Source.SEARCH_PAID
    yield from (source for word, source in _MEDIA.items() if word in words)
    yield from (_CLASSES[each] for each in (where, told.referrer) if each in _CLASSES)
    if told.word or told.medium or told.campaign:
        yield Source.UNKNOWN


_PAID = frozenset({"cpc", "ppc", "paid", "cpm", "cpv", "ads", "ad", "paidsocial", "paidsearch", "display", "banner"})
_NETWORKS: Mapping[str, CameBy] = {
    **dict.fromkeys(("google", "bing", "duckduckgo", "ecosia", "yahoo"), CameBy.SEARCH),
    **dict.fromkeys(
        ("facebook", "fb", "instagram", "ig", "twitter", "x", "linkedin", "tiktok", "youtube", "nextdoor", "whatsapp"),
        CameBy.SOCIAL,
    ),
}
_MEDIA: Mapping[str, Source] = {
    **dict.fromkeys(("email", "newsletter", "mail"), Source.EMAIL),
    **dict.fromkeys(("social", "post", "story"), Source.SOCIAL),
    **dict.fromkeys(("radio", "tv", "podcast"), Source.RADIO_TV),
    **dict.fromkeys(("print", "poster", "leaflet", "flyer", "newspaper", "magazine", "qr"), Source.PRINT),
    "event": Source.EVENT,
    **dict.fromkeys(("referral", "partner"), Source.PARTNER),
    "organic": Source.SEARCH,
}
_CLASSES: Mapping[CameBy | None, Source] = {
    CameBy.SEARCH: Source.SEARCH,
    CameBy.SOCIAL: Source.SOCIAL,
    CameBy.MAIL: Source.EMAIL,
    CameBy.COUNCIL: Source.COUNCIL,
    CameBy.ELSEWHERE: Source.PARTNER,
}


def unsaid(channel: Channel) -> Came:
    """Where nobody has said anything yet."""
    return Came(source=_UNSAID.get(channel, Source.UNKNOWN))


_UNSAID = {Channel.WEB: Source.DIRECT, Channel.GATHERING: Source.EVENT}

HEARD: Mapping[HeardFrom, Source] = {
    HeardFrom.SEARCH: Source.SEARCH,
    HeardFrom.SOCIAL_MEDIA: Source.SOCIAL,
    HeardFrom.FOSTER_CARER: Source.FOSTER_CARER,
    HeardFrom.FRIEND: Source.WORD_OF_MOUTH,
    HeardFrom.COUNCIL: Source.COUNCIL,
    HeardFrom.EVENT: Source.EVENT,
    HeardFrom.PRINT: Source.PRINT,
    HeardFrom.RADIO_TV: Source.RADIO_TV,
    HeardFrom.EMPLOYER: Source.PARTNER,
    HeardFrom.FAITH_OR_COMMUNITY: Source.PARTNER,
    HeardFrom.OTHER: Source.UNKNOWN,
}
