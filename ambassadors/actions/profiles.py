"""What ambassadors say of themselves, and when they may be asked. Each is their own doing, so `me` is who does it.

An event says which part they changed and never what to: what they chose to share is a special category of data.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date

from ambassadors import joining, offerings
from ambassadors.me import Me
from ambassadors.models import Ambassador, AmbassadorState, Offering
from ambassadors.states import Attribute, TalkBy
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.tenancy import as_council
from enquiries.states import CareKind, Slot


@dataclass(frozen=True)
class Home:
    """What is kept of a postcode: its district, where the middle of that is, and hashes of who lives next door."""

    district: str
    easting: int | None
    northing: int | None
    near: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """`home`: None leaves what is known as it is."""

    first_name: str
    about: str
    carer_since: int | None
    kinds: tuple[CareKind, ...]
    household: str
    languages: tuple[str, ...]
    home: Home | None = None


@dataclass(frozen=True)
class Availability:
    ways: tuple[TalkBy, ...]
    times: tuple[Slot, ...]
    most: int
    most_a_month: int | None
    rest_weeks: int
    phone: str
    texts: bool


def join(me: Me, *, version: str) -> None:
    """They have read what it means, in this wording. Harmless when they have joined already."""
    if version not in joining.STATEMENTS:
        raise Refused("The text has changed. Please read it again.")
    with _on_own(me) as row:
        if row.state == AmbassadorState.INVITED:
            row.state, row.joined_at = AmbassadorState.ACTIVE, hub_now()
            row.save(update_fields=["state", "joined_at"])
            record("ambassador.joined", subject=row, by=None, rule_version=version)


def save_profile(me: Me, profile: Profile) -> None:
    values = asdict(profile)
    home: dict[str, object] = values.pop("home") or {}
    with _on_own(me) as row:
        _change(row, values | home, "ambassador.profile_changed")


def save_availability(me: Me, availability: Availability) -> None:
    with _on_own(me) as row:
        _change(row, asdict(availability), "ambassador.availability_changed")


def pause(me: Me, *, until: date) -> None:
    """`until`: its last day."""
    with _on_own(me) as row:
        _change(row, {"paused_until": until}, "ambassador.paused")


def end_pause(me: Me) -> None:
    """Their own. One that staff began, staff end."""
    with _on_own(me) as row:
        _change(row, {"paused_until": None}, "ambassador.pause_ended")


def share(me: Me, attributes: Collection[Attribute]) -> None:
    """These and no others: an explicit consent to each, in the wording that is asked now. What is not among them goes
    at once. The event does not say which."""
    with _on_own(me) as row:
        before = Offering.objects.filter(council=row.council_id, ambassador=row)
        taken_back = before.exclude(attribute__in=attributes).delete()[0]
        known = set(before.values_list("attribute", flat=True))
        given = [_offering(row, attribute) for attribute in attributes if attribute not in known]
        Offering.objects.bulk_create(given)
        if given or taken_back:
            record("ambassador.offerings_changed", subject=row, by=None, rule_version=offerings.newest())


def ask_to_leave(me: Me) -> None:
    """Staff hand over what is open, and then it is done. Nobody new is offered meanwhile."""
    with _on_own(me) as row:
        if row.leaving_asked_at is None:
            _change(row, {"leaving_asked_at": hub_now()}, "ambassador.leaving_asked")


def stay(me: Me) -> None:
    with _on_own(me) as row:
        _change(row, {"leaving_asked_at": None}, "ambassador.stays")


@contextmanager
def _on_own(me: Me) -> Iterator[Ambassador]:
    """Locked, in the council's scope. Refused for one who has left meanwhile."""
    with as_council(me.council_id):
        row = Ambassador.objects.select_for_update().get(council=me.council_id, pk=me.id)
        if row.state == AmbassadorState.LEFT:
            raise Refused("You are not an ambassador any more, so nothing was saved.")
        yield row


def _change(row: Ambassador, values: Mapping[str, object], verb: str) -> None:
    """An event only where something changed; it names the fields."""
    kept = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    changed = sorted(name for name, value in kept.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, kept[name])
    row.save(update_fields=changed)
    record(verb, subject=row, by=None, fields=changed)


def _offering(row: Ambassador, attribute: Attribute) -> Offering:
    return Offering(council_id=row.council_id, ambassador=row, attribute=attribute, version=offerings.newest())
