"""What a coordinator reads about a pairing, or about there being none. Never shown to either of the two."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ambassadors.states import Attribute, LeftOut
from enquiries.states import CareKind

TOLD = 3  # of wishes met, by name

DOES: Mapping[CareKind, str] = MappingProxyType(
    {
        CareKind.SHORT_TERM: "fosters short term",
        CareKind.LONG_TERM: "fosters long term",
        CareKind.EMERGENCY: "fosters in emergencies",
        CareKind.SHORT_BREAKS: "gives short breaks",
        CareKind.PARENT_AND_CHILD: "fosters parent and child together",
        CareKind.UNACCOMPANIED: "fosters unaccompanied children",
        CareKind.SIBLINGS: "fosters brothers and sisters together",
        CareKind.DISABLED_CHILDREN: "fosters disabled children",
        CareKind.EARLY_PERMANENCE: "fosters for early permanence",
        CareKind.REMAND: "does remand fostering",
    }
)
# Of one, and of several.
COUNTED: Mapping[LeftOut, tuple[str, str]] = MappingProxyType(
    {
        LeftOut.NOT_ACTIVE: ("is not active", "are not active"),
        LeftOut.STANDING: ("has to be confirmed", "have to be confirmed"),
        LeftOut.PAUSED: ("is paused", "are paused"),
        LeftOut.RESTING: ("takes a rest", "take a rest"),
        LeftOut.NO_ROOM: ("is full", "are full"),
        LeftOut.MONTH_FULL: ("is full for this month", "are full for this month"),
        LeftOut.OTHER_COUNCIL: (
            "belongs to a council that does not share ambassadors with theirs",
            "belong to councils that do not share ambassadors with theirs",
        ),
        LeftOut.LANGUAGE: ("does not speak the language", "do not speak the language"),
        LeftOut.NO_CHANNEL: ("has no way to talk in common", "have no way to talk in common"),
        LeftOut.CONFLICT: ("must not meet them", "must not meet them"),
        LeftOut.TOO_NEAR: ("lives too near", "live too near"),
        LeftOut.BEFORE: ("was asked before", "were asked before"),
        LeftOut.STAFF: ("waits for staff to confirm", "wait for staff to confirm"),
    }
)


def counted(left_out: Iterable[LeftOut]) -> str:
    """ "3 are full, 1 has to be confirmed": the most first."""
    found = Counter(left_out)
    order = sorted(found, key=lambda why: (-found[why], list(COUNTED).index(why)))
    return ", ".join(f"{found[why]} {COUNTED[why][found[why] > 1]}" for why in order)


def wished(met: Iterable[Attribute]) -> str:
    held = set(met)
    return _as_they_asked([f"{each.label[0].lower()}{each.label[1:]}" for each in Attribute if each in held])


def asked(done: Iterable[CareKind]) -> str:
    held = set(done)
    return _as_they_asked([words for kind, words in DOES.items() if kind in held])


def _as_they_asked(words: Sequence[str]) -> str:
    if len(words) > TOLD:
        words = [*words[:TOLD], f"{len(words) - TOLD} more"]
    return f"{listed(words)} as they asked" if words else ""


def away(miles: float | None) -> str:
    if miles is None:
        return ""
    whole = round(miles)
    return "less than a mile" if whole == 0 else f"{whole} mile{'s' if whole > 1 else ''}"


def speaks(languages: Iterable[str]) -> str:
    text = listed(sorted(languages))
    return f"speaks {text}" if text else ""


def room(open_now: int, most: int, this_month: int, most_a_month: int | None) -> str:
    month = "" if most_a_month is None else f", {this_month} of {most_a_month} this month"
    return f"{open_now} of {most} open{month}"


def listed(words: Iterable[str], joined: str = "and") -> str:
    """ "Hindi, Polish and Punjabi"; empty for nothing."""
    *before, last = list(words) or [""]
    return f"{', '.join(before)} {joined} {last}" if before else last
