"""What the decision knows of hubs, councils and areas: all of it, with its dates, and as one hub sees it on a day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache


class UnknownHub(LookupError):
    """No hub has this short name."""


@dataclass(frozen=True, slots=True)
class HubRef:
    slug: str
    name: str
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class CouncilRef:
    id: int
    slug: str
    name: str
    hub: HubRef
    authority: str = ""  # ONS code of the upper-tier or unitary authority
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class AreaRef:
    code: str
    name: str
    authority_code: str
    authority_name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """An area belongs to a council from a day up to, but not including, another; None is without limit."""

    area: str
    council: CouncilRef
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    postcode: str  # SO238UJ
    council: CouncilRef
    reason: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, eq=False)  # compared and hashed by identity, which is what the cache below needs
class Snapshot:
    version: int
    hubs: tuple[HubRef, ...]
    areas: tuple[AreaRef, ...]
    assignments: tuple[Assignment, ...]
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True)
class View:
    """One hub on one day. `councils` and `overrides` cover every hub, for whom to point at outside this one."""

    version: int
    hub: HubRef
    areas: dict[str, AreaRef]
    councils: dict[str, CouncilRef]  # by area code
    overrides: dict[str, Override]  # by postcode

    def member_for(self, area: str) -> CouncilRef | None:
        """The council of this hub that answers for the area, if one does."""
        council = self.councils.get(area)
        return council if council and council.hub.slug == self.hub.slug else None

    def authority_of(self, area: str) -> str | None:
        """Upper-tier ONS code. Outside England every area is its own; the islands' codes are ONS fillers, not codes."""
        known = self.areas.get(area)
        if known:
            return known.authority_code
        return area if area[:1] in {"S", "W", "N"} else None


@lru_cache(maxsize=64)
def view_of(snapshot: Snapshot, hub: str, on: date) -> View:
    of = next((each for each in snapshot.hubs if each.slug == hub), None)
    if of is None:
        raise UnknownHub(f"There is no hub called {hub!r}.")
    return View(
        version=snapshot.version,
        hub=of,
        areas={area.code: area for area in snapshot.areas},
        councils={each.area: each.council for each in snapshot.assignments if _holds(each, on)},
        overrides={each.postcode: each for each in snapshot.overrides if _holds(each, on)},
    )


def _holds(dated: Assignment | Override, on: date) -> bool:
    return (dated.valid_from is None or dated.valid_from <= on) and (dated.valid_to is None or on < dated.valid_to)
