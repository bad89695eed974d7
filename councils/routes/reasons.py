"""Why a council got an enquiry, in one sentence that officers and enquirers read."""

from collections.abc import Iterable

from councils.routes.answer import nation_of
from councils.routes.snapshot import CouncilRef, HubRef, View


def exact(postcode: str, area: str, council: CouncilRef, view: View) -> str:
    return f"{postcode} is in {_area_name(area, view)}, which {council.name} covers."


def near_border(postcode: str, own: CouncilRef, around: Iterable[str], view: View) -> str:
    others = _listed(_answering(area, view) for area in around)
    return f"{postcode} is listed under {own.name}, but homes close by belong to {others}."


def overridden(postcode: str, council: CouncilRef, reason: str) -> str:
    return f"{postcode} was given to {council.name} by hand: {reason.rstrip('.')}."


def placed(postcode: str, area: str, view: View) -> str:
    """For a postcode in the directory that no council of the hub covers."""
    if not area:
        return f"The postcode directory lists {postcode} with no council and no place on the map."
    if nation_of(area) != "England":
        return f"{postcode} is in {nation_of(area)}, and this service covers places in England only."
    is_unitary = view.authority_of(area) == area
    where = _area_name(area, view) if is_unitary else f"{_area_name(area, view)} ({_answering(area, view)})"
    return f"{postcode} is in {where}, outside {view.hub.name}."


def new(postcode: str, prefix: str, areas: Iterable[str], view: View) -> str:
    return f"{postcode} is not in our postcode directory; {prefix} belongs to {_shared(areas, view)}."


def new_outside(postcode: str, prefix: str, areas: Iterable[str], view: View) -> str:
    """For a postcode that is in no directory, in a sector or district that no council of the hub covers."""
    belongs = f"{prefix} belongs to {_shared(areas, view)}, outside {view.hub.name}"
    return f"{postcode} is not in our postcode directory; {belongs}."


def unknown_district(postcode: str, hub: HubRef) -> str:
    return f"{postcode} is not in our postcode directory and nor is its district, so {hub.name} will ask where it is."


def territory(postcode: str) -> str:
    return f"{postcode} is in a British territory overseas, and this service covers places in England only."


def forces_number() -> str:
    return "A forces (BFPO) number does not say where a home is, so it cannot tell us the council."


def malformed(typed: str, longest: int) -> str:
    shown = "".join(filter(str.isprintable, typed[:longest])).strip()
    if not shown:
        return "What was typed is not a full UK postcode." if typed.strip() else "No postcode was given."
    return f"“{shown}{'…' if len(typed) > longest else ''}” is not a full UK postcode."


def _answering(area: str, view: View) -> str:
    """The council or authority that is responsible for children there, by name."""
    council, known = view.councils.get(area), view.areas.get(area)
    if council:
        return council.name
    return known.authority_name if known else f"a council in {nation_of(area) or 'an unknown place'}"


def _area_name(area: str, view: View) -> str:
    return view.areas[area].name if area in view.areas else area


def _shared(areas: Iterable[str], view: View) -> str:
    return _listed((_answering(area, view) for area in areas), most=4)


def _listed(names: Iterable[str], most: int = 6) -> str:
    """A, B and C; each once; a long list is cut short."""
    each = list(dict.fromkeys(names))
    if len(each) > most:
        each = [*each[: most - 1], "others"]
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}"
