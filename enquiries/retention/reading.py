"""Which enquiries of a council have been kept as long as they may be, and which wait although their time has come.

Each council is the controller of its own rows. So a passed-on enquiry goes by the rule of the council that passed it
on, whatever the other does with its own: neither may look. Within one council an enquiry waits while its journey is
open there, and while anything that was joined with it is held. What was joined goes with the one in which it goes on.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from councils.models import ErasureRequest, Event, LegalHold, RetentionRule
from councils.models.rights import ErasureState
from councils.working_time import in_london
from enquiries.models import Enquiry
from enquiries.retention.endings import Ended, Ending, ending_of, goes_on, hub_months, is_of_an_application
from enquiries.retention.joined import joined_in
from enquiries.retention.months import months_after
from enquiries.states import APPLICATION_STATES, State

_FIELDS = ("pk", "reference", "state", "closed_at", "wake_on", "close_reason", "case_number", "to_confirm")
_ALSO = ("quarantined", "applied_on", "stage_1_from", "stage_2_from", "was_application", "journey_open", "asked")
UNDONE = (ErasureState.WAITING, ErasureState.HELD)  # what was held is carried out once nothing holds it
Row = Mapping[str, Any]


class Waits(StrEnum):
    HELD = "There is a legal hold"
    JOURNEY = "The same journey is open in another enquiry of yours"
    NUMBER = "The number in your case system is not written down yet"


@dataclass(frozen=True)
class Kept:
    """One enquiry whose time comes. `on`: the first day on which it is no longer kept. `asked`: it is on its way."""

    pk: UUID
    reference: str
    ending: Ending
    on: date
    waits: Waits | None = None
    asked: bool = False


def months_of(council_id: int) -> dict[Ending, int]:
    """The council's own numbers where it has some, the hub's for the rest."""
    own = RetentionRule.objects.filter(council=council_id).values_list("outcome", "months")
    return hub_months() | {Ending(outcome): months for outcome, months in own if outcome in Ending.values}


def whose_time_comes(council_id: int, *, by: date, only: Collection[UUID] | None = None) -> list[Kept]:
    """Those whose time has come by that day, the longest overdue first. In the council's scope."""
    months, joined = months_of(council_id), joined_in(council_id)
    earliest = months_after(by, -min(months.values())) + timedelta(days=4)  # months are not equally long
    rows = _closed(council_id).filter(merged_into=None, closed_at__date__lte=earliest)
    held = set(LegalHold.objects.filter(council=council_id, lifted_at=None).values_list("subject_id", flat=True))
    read = (rows if only is None else rows.filter(pk__in=only)).values(*_FIELDS, *_ALSO)
    found = [_kept(row, months, is_held=joined.touches(row["pk"], held)) for row in read]
    return sorted((each for each in found if each.on <= by), key=lambda each: (each.on, each.pk))


def still_due(keys: Collection[UUID], council_id: int, *, today: date) -> set[UUID]:
    """Asked once more before anything is erased because of its time: it may have been opened again meanwhile."""
    joined = joined_in(council_id)
    heads = {key: joined.head(key) for key in keys}
    due = _erased(council_id, heads.values())
    due |= {each.pk for each in whose_time_comes(council_id, by=today, only=heads.values()) if each.waits is None}
    return {key for key, head in heads.items() if head in due}


def with_joined(due: list[Kept], council_id: int) -> list[UUID]:
    """What goes: those, what was joined with them, and what was joined with one that was erased before."""
    joined = joined_in(council_id)
    keys = [key for each in due for key in (each.pk, *joined.parts(each.pk))]
    keys += [key for head in _erased(council_id, joined.heads()) for key in joined.parts(head)]
    done = _erased(council_id, keys)
    return [key for key in dict.fromkeys(keys) if key not in done]


def _erased(council_id: int, keys: Collection[UUID]) -> set[UUID]:
    erased = Enquiry.objects.filter(council=council_id, pk__in=keys, erased_at__isnull=False)
    return set(erased.values_list("pk", flat=True))


def _closed(council_id: int) -> QuerySet[Enquiry]:
    here = {"council": council_id, "subject_id": OuterRef("pk")}
    ended = Event.objects.filter(**here, facts__old_state__in=sorted(APPLICATION_STATES))
    journey = Enquiry.objects.filter(council=council_id, journey_id=OuterRef("journey_id"), closed_at=None)
    return Enquiry.objects.filter(council=council_id, closed_at__isnull=False, erased_at=None).annotate(
        was_application=Exists(ended.exclude(verb="enquiry.state_undone")),
        journey_open=Exists(journey),
        asked=Exists(ErasureRequest.objects.filter(**here, state__in=UNDONE)),
    )


def _kept(row: Row, months: Mapping[Ending, int], *, is_held: bool) -> Kept:
    ended = _ended(row)
    day, waits = goes_on(ended, months), _waits(row, is_held=is_held)
    if day is None:
        numbered = goes_on(_ended(row, number=True), months)
        day, waits = numbered or ended.closed_on, waits or Waits.NUMBER
    return Kept(row["pk"], row["reference"], ending_of(ended), day, waits, row["asked"])


def _waits(row: Row, *, is_held: bool) -> Waits | None:
    if is_held:
        return Waits.HELD
    return Waits.JOURNEY if row["journey_open"] else None


def _ended(row: Row, *, number: bool = False) -> Ended:
    days = (row["applied_on"], row["stage_1_from"], row["stage_2_from"])
    applied = any(days) or row["was_application"] or is_of_an_application(row["close_reason"])
    return Ended(
        state=State(row["state"]),
        closed_on=in_london(row["closed_at"]).date(),
        wake_on=row["wake_on"],
        applied=applied,
        number=number or bool(row["case_number"]),
        unconfirmed=row["to_confirm"] or row["quarantined"],
    )
