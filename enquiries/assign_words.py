"""What the timeline says about who was given a case. An event holds keys only: the names are read for the page."""

from collections.abc import Iterable, Mapping

from councils.models import Event
from enquiries.assign_people import names_of

ASSIGNED = "enquiry.assigned"
_WHY: Mapping[object, str] = {"in_turn": ", whose turn it was", "by_load": ", who has the fewest open cases"}


def names_in(events: Iterable[Event]) -> Mapping[int, str]:
    """No query where nothing was given to anybody."""
    keys = [event.facts.get(fact) for event in events if event.verb == ASSIGNED for fact in ("to", "before")]
    return names_of(key for key in keys if isinstance(key, int))


def assigned_in_words(event: Event, names: Mapping[int, str]) -> str:
    to, before = (names.get(event.facts.get(fact) or 0, "") for fact in ("to", "before"))
    if event.by is None:
        return f"Given to {to or 'an officer'}{_WHY.get(event.facts.get('why'), '')}"
    if not to:
        return "Gave the case back: nobody has it"
    whose = f"{before}’s case" if before and before != event.by.name else "the case"
    if event.facts.get("to") == event.by_id:
        return f"Took over {whose}" if before else "Took the case"
    return f"Gave {whose} to {to}"
