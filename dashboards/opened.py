"""By which working hours an enquiry is counted: those that the council had when it came, whatever they are later."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time
from uuid import UUID

from councils.models import Council, Event
from councils.working_time import WorkingHours
from dashboards.telling import Hours
from enquiries.commitment import hours_of
from staff.actions import HOURS_BEFORE, SETTINGS_CHANGED


def hours_then(councils: Mapping[int, Council]) -> Hours:
    """Of these councils, which are in scope."""
    now = {key: hours_of(council) for key, council in councils.items()}
    changed = _changed(councils)

    def then(council: int, at: datetime) -> WorkingHours:
        return next((hours for until, hours in changed.get(council, ()) if at < until), now[council])

    return then


def _changed(councils: Mapping[int, Council]) -> Mapping[int, list[tuple[datetime, WorkingHours]]]:
    """Until when which hours were a council's, the earliest first; those of now are not among them."""
    rows = Event.objects.filter(
        council__in=councils,
        subject_id__in=[UUID(int=key) for key in councils],  # councils have whole numbers for keys
        verb=SETTINGS_CHANGED,
        facts__has_key=HOURS_BEFORE,
    )
    found = defaultdict[int, list[tuple[datetime, WorkingHours]]](list)
    for council, at, facts in rows.order_by("at", "pk").values_list("council", "at", "facts"):
        opens, closes = map(time.fromisoformat, facts[HOURS_BEFORE])
        found[council].append((at, WorkingHours(opens=opens, closes=closes)))
    return found
