"""Ambassadors as matching sees them: what they agreed to show, whether they may be asked, and how much room they have.

Read in whatever scope is open. Of another council's ambassadors nothing else is read: no address, no telephone number,
no email, no word of what staff wrote.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from ambassadors.introduction_states import OPEN, State
from ambassadors.matching import Carer
from ambassadors.models import Ambassador, AmbassadorState, KeptApart, Offer, Offering
from ambassadors.states import Attribute, TalkBy
from councils.working_time import LONDON, in_london
from enquiries.states import CareKind, Slot

E = TypeVar("E", bound=Enum)
# Of a month's offers these took nobody's time.
CAME_TO_NOTHING = frozenset(
    {State.DECLINED, State.EXPIRED, State.NOT_CONFIRMED, State.LAPSED, State.UNWANTED, State.HANDED_ON}
)


@dataclass(frozen=True, slots=True)
class Known:
    """A carer, and what keeps some people from them: hashes of the postcodes around, cases, hashes of surnames."""

    carer: Carer
    near: frozenset[str]
    cases: frozenset[UUID] = frozenset()
    surnames: frozenset[str] = frozenset()


def known_carers(councils: Collection[int], today: date, *, only: UUID | None = None) -> list[Known]:
    """Of these councils, by key; four queries. Who is invited or has left is nobody's ambassador now."""
    here = Ambassador.objects.filter(council__in=councils, state=AmbassadorState.ACTIVE)
    rows = list(_narrow(here, "pk", only).order_by("pk").only(*_READ))
    offered = _offered(councils, only)
    loads = _loads(councils, today, only)
    cases, surnames = _apart(councils, only)
    return [
        Known(
            _carer(row, frozenset(offered[row.pk]), loads.get(row.pk, _FREE), today),
            frozenset(row.near),
            frozenset(cases[row.pk]),
            frozenset(surnames[row.pk]),
        )
        for row in rows
    ]


_READ = (
    *("council_id", "first_name", "state", "leaving_asked_at", "standing_until", "paused_until", "paused_by_staff"),
    *("rest_weeks", "most", "most_a_month", "kinds", "languages", "times", "ways", "easting", "northing", "near"),
)


@dataclass(frozen=True, slots=True)
class _Load:
    open: int = 0
    this_month: int = 0
    last_talk: date | None = None


_FREE = _Load()


def _carer(row: Ambassador, offers: frozenset[Attribute], load: _Load, today: date) -> Carer:
    rests = load.last_talk + timedelta(weeks=row.rest_weeks) if load.last_talk and row.rest_weeks else None
    return Carer(
        row.pk,
        row.council_id,
        row.first_name,
        active=row.leaving_asked_at is None,
        standing_until=row.standing_until,
        paused=row.paused_by_staff or (row.paused_until is not None and row.paused_until >= today),
        rests_until=rests,
        most=row.most,
        open=load.open,
        most_a_month=row.most_a_month,
        this_month=load.this_month,
        offers=offers,
        kinds=known_words(CareKind, row.kinds),
        languages=frozenset(row.languages),
        times=known_words(Slot, row.times),
        ways=known_words(TalkBy, row.ways),
        last_talk=load.last_talk,
        place=(row.easting, row.northing) if row.easting is not None and row.northing is not None else None,
    )


def known_words(words: type[E], kept: Iterable[str]) -> frozenset[E]:
    """Those that the list still has."""
    values = {each.value: each for each in words}
    return frozenset(values[word] for word in kept if word in values)


def _offered(councils: Collection[int], only: UUID | None) -> dict[UUID, set[Attribute]]:
    found: dict[UUID, set[Attribute]] = defaultdict(set)
    rows = _narrow(Offering.objects.filter(council__in=councils), "ambassador", only)
    for key, attribute in rows.values_list("ambassador_id", "attribute"):
        found[key] |= known_words(Attribute, [attribute])
    return found


def _loads(councils: Collection[int], today: date, only: UUID | None) -> Mapping[UUID, _Load]:
    """What each has open, was offered this month, and when they last spoke with somebody."""
    month = datetime.combine(today.replace(day=1), time(), LONDON).astimezone(UTC)
    counted = (
        _narrow(Offer.objects.filter(council__in=councils), "ambassador", only)
        .order_by()
        .values_list("ambassador_id")
        .annotate(
            open=Count("pk", filter=Q(state__in=sorted(OPEN))),
            month=Count("pk", filter=Q(created_at__gte=month) & ~Q(state__in=sorted(CAME_TO_NOTHING))),
            last=Max("ended_at", filter=Q(state=State.SPOKE)),
        )
    )
    return {key: _Load(now, month, in_london(last).date() if last else None) for key, now, month, last in counted}


def _apart(councils: Collection[int], only: UUID | None) -> tuple[dict[UUID, set[UUID]], dict[UUID, set[str]]]:
    cases: dict[UUID, set[UUID]] = defaultdict(set)
    surnames: dict[UUID, set[str]] = defaultdict(set)
    rows = _narrow(KeptApart.objects.filter(council__in=councils), "ambassador", only)
    for key, case, surname in rows.values_list("ambassador_id", "enquiry_key", "surname_hmac"):
        if case:
            cases[key].add(case)
        if surname:
            surnames[key].add(surname)
    return cases, surnames


R = TypeVar("R", Ambassador, Offering, Offer, KeptApart)


def _narrow(rows: "QuerySet[R]", column: str, only: UUID | None) -> "QuerySet[R]":
    return rows if only is None else rows.filter(**{column: only})
