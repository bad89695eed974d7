"""The answer for one postcode, in terms that a page, a row of the database and a command can use."""

from dataclasses import dataclass
from enum import StrEnum

from councils.routes.snapshot import AreaRef, CouncilRef, View

# Covers England, Scotland, Wales and Northern Ireland.
FIND_YOUR_COUNCIL = "https://www.gov.uk/find-local-council"


class Outcome(StrEnum):
    EXACT = "exact"
    NEAR_BORDER = "near_border"
    NEW_POSTCODE = "new_postcode"
    ELSEWHERE_IN_ENGLAND = "elsewhere_in_england"
    OUTSIDE_ENGLAND = "outside_england"
    NOT_A_POSTCODE = "not_a_postcode"


@dataclass(frozen=True, slots=True)
class AskedArea:
    """One answer to "Who sends your council tax bill?". `council` is the one of this hub that answers there."""

    code: str
    name: str
    council: CouncilRef | None

    @classmethod
    def of(cls, code: str, view: View) -> "AskedArea":
        area, council = view.areas.get(code), view.member_for(code)
        if area is None:
            return cls(code, council.name if council else nation_of(code) or code, council)
        return cls(code, _asked_name(area, council), council)


def _asked_name(area: AreaRef, council: CouncilRef | None) -> str:
    is_district = area.code != area.authority_code
    if council:
        return f"{area.name} ({council.name} fosters)" if is_district else council.name
    outside = "not one of our councils"
    return f"{area.name} ({area.authority_name}, {outside})" if is_district else f"{area.name} ({outside})"


@dataclass(frozen=True, slots=True)
class Signpost:
    """Whom to point at. Phone and website only where the data holds them; `find` always leads on."""

    name: str
    hub: str = ""
    phone: str = ""
    website: str = ""
    find: str = FIND_YOUR_COUNCIL


@dataclass(frozen=True, slots=True)
class Route:
    """`candidates` and `asked` are filled only where something is in doubt.

    `council` is set whenever one council can be taken, also when there is something to ask; then the person's
    answer, one of `asked`, comes first. Neither council nor candidates: the hub office takes it.
    """

    postcode: str  # "SO23 8UJ"; as typed when it is no postcode
    outcome: Outcome
    reason: str
    release: str
    version: int
    council: CouncilRef | None = None
    candidates: tuple[CouncilRef, ...] = ()
    asked: tuple[AskedArea, ...] = ()
    authority: str | None = None
    area: str | None = None
    signpost: Signpost | None = None

    @property
    def council_id(self) -> int | None:
        return self.council.id if self.council else None

    @property
    def must_ask(self) -> bool:
        return len(self.asked) > 1


_NATIONS = {
    "E": "England",
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "L": "the Channel Islands",
    "M": "the Isle of Man",
}


def nation_of(area: str) -> str:
    """Empty where the directory gives no area."""
    return _NATIONS.get(area[:1], "")
