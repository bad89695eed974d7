"""What a person told us, cleaned: the only thing that crosses from a form into the actions.

Both classes are frozen and compare by value, so the same answers sent twice are equal and have the same digest.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Self

from enquiries.states import (
    Bedroom,
    CareKind,
    FostersWith,
    HeardFrom,
    Kind,
    OfAge,
    RouteChoice,
    Slot,
    TalkAbout,
    Way,
)
from enquiries.wish_states import Attribute, TalkBy


@dataclass(frozen=True, kw_only=True)
class RouteSnapshot:
    """The router's answer as it stood when the person sent the form. `typed` is kept even when it is no postcode."""

    typed: str = ""
    postcode: str = ""
    outcome: str = ""
    council_id: int | None = None
    candidates: tuple[str, ...] = ()
    authority: str = ""
    area: str = ""
    reason: str = ""
    release: str = ""
    version: int = 0

    def on_case(self, area_named: str = "") -> dict[str, str | int]:
        """As a case has it, by the names of its fields. An area that the person named comes before the directory's."""
        return {
            "postcode": self.postcode or self.typed,
            "area_code": area_named or self.area,
            "authority_code": self.authority,
            "route_outcome": self.outcome,
            "route_reason": self.reason,
            "route_release": self.release,
            "route_version": self.version,
        }

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Self:
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        known["candidates"] = strings(data.get("candidates"))
        return cls(**known)  # type: ignore[arg-type]  # JSON holds what to_json wrote


ROUTE_FIELDS = tuple(RouteSnapshot().on_case())


@dataclass(frozen=True, kw_only=True)
class Answers:
    """`council_id` answers the enquiry (a council or the hub office); `route.council_id` is where the person lives."""

    hub_id: int
    council_id: int
    route: RouteSnapshot
    route_choice: RouteChoice
    area_named: str = ""  # the area code picked in the council tax question
    kind: Kind = Kind.NEW
    fosters_with: FostersWith = FostersWith.NOBODY
    fosters_with_name: str = ""
    name: str
    email: str = ""
    phone: str = ""  # E.164
    way: Way
    times: tuple[Slot, ...] = ()
    voicemail_ok: bool = False
    text_ok: bool = False
    language: str = ""
    needs_interpreter: bool = False
    uses_bsl: bool = False
    uses_text_relay: bool = False
    message: str = ""
    notice_version: str
    news_by_email: bool = False
    news_by_text: bool = False
    suspicions: tuple[str, ...] = field(default=(), compare=False)  # why this may be spam; not an answer

    def digest(self) -> str:
        """sha256 over what the person answered: a new postcode release between two clicks changes nothing."""
        answered = self.to_json() | {"route": self.route.typed}
        del answered["suspicions"]
        return digest_of(answered)

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Self:
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        known |= {
            "route": RouteSnapshot.from_json(mapping(data["route"])),
            "route_choice": RouteChoice(str(data["route_choice"])),
            "kind": Kind(str(data.get("kind", Kind.NEW))),
            "fosters_with": FostersWith(str(data.get("fosters_with", ""))),
            "way": Way(str(data["way"])),
            "times": tuple(Slot(s) for s in strings(data.get("times"))),
            "suspicions": strings(data.get("suspicions")),
        }
        return cls(**known)  # type: ignore[arg-type]  # JSON holds what to_json wrote


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """The optional page after the reference. An empty answer means "not said"; none of them rejects anybody."""

    of_age: OfAge | None = None  # over the council's minimum age
    minimum_age: int | None = None  # the age that the question named
    bedroom: Bedroom | None = None
    second_adult: str = ""
    care_kinds: tuple[CareKind, ...] = ()
    heard_from: HeardFrom | None = None
    heard_detail: str = ""
    wants_ambassador: bool = False

    def digest(self) -> str:
        return digest_of(self.to_json())

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Self:
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        of_age, bedroom, heard_from = (data.get(name) for name in ("of_age", "bedroom", "heard_from"))
        known |= {
            "of_age": OfAge(str(of_age)) if of_age else None,
            "bedroom": Bedroom(str(bedroom)) if bedroom else None,
            "heard_from": HeardFrom(str(heard_from)) if heard_from else None,
            "care_kinds": tuple(CareKind(k) for k in strings(data.get("care_kinds"))),
        }
        return cls(**known)  # type: ignore[arg-type]  # JSON holds what to_json wrote


@dataclass(frozen=True, kw_only=True)
class Wished:
    """Whom somebody would like to talk to, and about what. Beside the preparation and not in it: matching staff alone
    read it. `languages`: without one of them they could not talk. `ways`: none means any."""

    whom: tuple[Attribute, ...] = ()
    about: tuple[TalkAbout, ...] = ()
    detail: str = ""
    languages: tuple[str, ...] = ()
    ways: tuple[TalkBy, ...] = ()


def digest_of(answered: dict[str, object]) -> str:
    text = json.dumps(answered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
