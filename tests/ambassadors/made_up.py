"""Seekers, carers and regions of every sort, for rules that hold for all of them.

Most of what keeps two apart is seldom drawn, or hardly any two would be left who may meet; councils, languages and keys
are few, so that each rule bites now and then.
"""

from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from hypothesis import strategies as st

from ambassadors.matching import Carer, Region, Seeker
from ambassadors.states import Attribute, TalkBy
from enquiries.states import CareKind, Slot, TalkAbout

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
KENT, SURREY = 1, 2
NAMES = {KENT: "Kent", SURREY: "Surrey"}
T = TypeVar("T")


def seldom(rare: st.SearchStrategy[T], usual: T) -> st.SearchStrategy[T]:
    """One time in eight."""
    return st.tuples(st.integers(0, 7), rare).map(lambda drawn: drawn[1] if drawn[0] == 7 else usual)


_councils = seldom(st.just(SURREY), KENT)
_seeker_keys = st.integers(1, 4).map(lambda number: UUID(int=number))
_carer_keys = st.integers(101, 104).map(lambda number: UUID(int=number))
_some_carers: st.SearchStrategy[frozenset[UUID]] = seldom(st.frozensets(_carer_keys), frozenset())
_languages: st.SearchStrategy[frozenset[str]] = seldom(
    st.frozensets(st.sampled_from(["Polish", "polish ", "Punjabi"])), frozenset()
)
_places = st.tuples(st.integers(0, 80_000), st.integers(0, 80_000)).map(
    lambda place: place if place[0] > 9000 else None
)
_attributes = st.frozensets(st.sampled_from(list(Attribute)[:4]))
_kinds = st.frozensets(st.sampled_from([CareKind.SIBLINGS, CareKind.DISABLED_CHILDREN, CareKind.NOT_SURE]))
_times = st.frozensets(st.sampled_from(Slot))
_ways = seldom(st.frozensets(st.sampled_from(TalkBy)), frozenset(TalkBy))

any_seeker = st.builds(
    Seeker,
    _seeker_keys,
    _councils,
    wishes=_attributes,
    kinds=_kinds,
    about=st.frozensets(st.sampled_from(TalkAbout), max_size=2),
    languages=_languages,
    times=_times,
    ways=_ways,
    asked=_some_carers,
    kept_from=_some_carers,
    place=_places,
    since=st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 23), timezones=st.just(UTC)),
    noes=st.integers(0, 3),
)
any_carer = st.builds(
    Carer,
    _carer_keys,
    _councils,
    st.just("Amara"),
    active=seldom(st.just(False), True),
    standing_until=seldom(st.sampled_from([YESTERDAY, None]), TODAY),
    paused=seldom(st.just(True), False),
    rests_until=seldom(st.sampled_from([YESTERDAY, TODAY, date(2026, 12, 3)]), None),
    most=seldom(st.integers(0, 2), 3),
    open=seldom(st.integers(1, 4), 0),
    most_a_month=seldom(st.integers(0, 2), None),
    this_month=st.integers(0, 2),
    offers=_attributes,
    kinds=_kinds,
    languages=_languages,
    times=_times,
    ways=_ways,
    last_talk=st.none() | st.dates(date(2026, 8, 1), TODAY),
    place=_places,
)
any_region = st.builds(
    Region,
    st.just(TODAY),
    sharing=st.sampled_from([frozenset(), frozenset({KENT}), frozenset(NAMES)]),
    names=st.just(NAMES),
    too_near=st.frozensets(st.tuples(_seeker_keys, _carer_keys), max_size=3),
)
