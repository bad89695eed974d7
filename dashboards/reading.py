"""Reading households whole, from everything that tells of them: one statement for very many cases.

By hand: for a million of them the ORM's objects and its lists of keys took four times as long as everything else.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ambassadors.introduction_states import State as IntroductionState
from dashboards.models import Journey
from dashboards.telling import MISSED, PROMISED_AGAIN, TAKEN_OVER, WISHED
from dashboards.told import Came, Case, Happened, Told
from dashboards.ways import CORRECTED, STEPS, UNDONE
from enquiries.models import Enquiry, Merge

VERBS = (*STEPS, UNDONE, CORRECTED, MISSED, PROMISED_AGAIN, TAKEN_OVER, WISHED)
_TOLD = tuple(field.name for field in fields(Told))
# In the order of told.Case. Of each council in scope: its own index is asked.
CASES = """
    SELECT c.id, c.council_id, c.journey_id, c.household_id, c.created_at, c.kind, c.channel, c.state, c.close_reason,
        coalesce(c.state_since, (c.state_changed_at AT TIME ZONE 'Europe/London')::date), c.closed_at,
        c.promise_due_at, c.promise_kept_at, c.reached_at, c.applied_on, c.stage_1_from,
        c.quarantined OR c.to_confirm, c.erased_at IS NOT NULL,
        (SELECT json_agg(json_build_array(id, at, verb, facts->>'on', facts->>'undid', facts->'was'->>'state_since',
                                         facts->>'earlier_due', facts->>'earlier_kept')
                         ORDER BY at, id)::text
         FROM councils_event WHERE council_id = c.council_id AND subject_id = c.id AND verb = ANY(%(verbs)s)),
        (SELECT min(at) FROM enquiries_contactattempt WHERE council_id = c.council_id AND enquiry_id = c.id),
        (SELECT json_agg(json_build_array(at, source, code) ORDER BY at, id)::text
         FROM enquiries_touch WHERE council_id = c.council_id AND enquiry_id = c.id),
        (SELECT about FROM enquiries_wish WHERE council_id = c.council_id AND enquiry_id = c.id),
        (SELECT min(created_at) FROM ambassadors_introduction WHERE council_id = c.council_id AND enquiry_id = c.id),
        (SELECT min(ended_at) FROM ambassadors_introduction
         WHERE council_id = c.council_id AND enquiry_id = c.id AND state = %(spoke)s)
    FROM enquiries_enquiry AS c WHERE c.council_id = ANY(%(councils)s) AND
"""
OF_KEYS = CASES + "c.household_id = ANY(%(keys)s::uuid[])"
OF_RANGE = CASES + "c.household_id BETWEEN %(first)s AND %(last)s"
# Households of cases that are another's by now, and of those that they were told of.
MOVED = """
    SELECT j.household_id, c.household_id FROM dashboards_journey AS j
    JOIN enquiries_enquiry AS c ON c.council_id = j.council_id AND c.id = j.case_key
    WHERE j.council_id = ANY(%s) AND c.household_id <> j.household_id
"""


@dataclass(frozen=True)
class Slice:
    """Households whose keys lie from the one to the other."""

    first: UUID
    last: UUID


Which = Collection[UUID] | Slice  # households


def households(which: Which, councils: Collection[int]) -> dict[UUID, list[Case]]:
    """Every case of these, by household."""
    found = defaultdict[UUID, list[Case]](list)
    asked: dict[str, Any] = {"councils": list(councils), "verbs": list(VERBS), "spoke": IntroductionState.SPOKE.value}
    with connection.cursor() as cursor:
        if isinstance(which, Slice):
            cursor.execute(OF_RANGE, asked | {"first": which.first, "last": which.last})
        else:
            cursor.execute(OF_KEYS, asked | {"keys": [str(key) for key in which]})
        for row in cursor.fetchall():
            found[row[3]].append(_case(row))
    return found


def _case(row: Sequence[Any]) -> Case:
    *told, events, tried_at, came, about, introduced_at, spoke_at = row
    happened = tuple(map(_happened, json.loads(events))) if events else ()
    touches = tuple(map(_came, json.loads(came))) if came else ()
    return Case(*(*told, happened, tried_at, touches, tuple(about or ()), introduced_at, spoke_at))


def _happened(row: Sequence[Any]) -> Happened:
    key, at, verb, on, undid, was, due, kept = row
    corrected = was if verb == CORRECTED else None
    return Happened(
        *(key, datetime.fromisoformat(at), verb, _day(on), undid or "", _day(corrected)),
        *(_moment(due), _moment(kept)),
    )


def _came(row: Sequence[str]) -> Came:
    at, source, code = row
    return Came(datetime.fromisoformat(at), source, code)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def told_before(which: Which, councils: Collection[int], **also: object) -> list[Told]:
    """What was told of them the last time; `also` narrows it down."""
    chosen = {"household_id__range": (which.first, which.last)} if isinstance(which, Slice) else {}
    rows = Journey.objects.filter(council__in=councils, **chosen, **also).order_by()
    if not isinstance(which, Slice):
        rows = rows.filter(household_id__in=list(which))
    return [_told(row) for row in rows.values_list(*_TOLD)]


def _told(row: Sequence[Any]) -> Told:
    told = dict(zip(_TOLD, row, strict=True))
    told["moves"] = tuple((council, way, day) for council, way, day in told["moves"])
    told["earlier"] = tuple((council, became, day) for council, became, day in told["earlier"])
    told["about"] = tuple(told["about"])
    return Told(**told)


def households_of(journeys: Iterable[UUID], councils: Collection[int]) -> set[UUID]:
    """Those that these journeys belong to now, and those that they were told of the last time. Of cases that were ever
    joined, those of both: the event is of the one, and what it brought along changes the other."""
    keys = list(journeys)
    now = Enquiry.objects.filter(council__in=councils, journey_id__in=keys).order_by()
    before = Journey.objects.filter(council__in=councils, journey_id__in=keys).order_by()
    joined = Merge.objects.filter(council__in=councils, merged__in=now.values("pk")).order_by()
    kept = Enquiry.objects.filter(council__in=councils, pk__in=joined.values("kept")).order_by()
    return {key for rows in (now, before, kept) for key in rows.values_list("household_id", flat=True)}


def moved_households(councils: Collection[int]) -> set[UUID]:
    """Joined with another since they were told."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED, [list(councils)])
        return {key for pair in cursor.fetchall() for key in pair}
