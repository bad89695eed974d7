"""Seekers, carers and regions of every sort, for rules that hold for all of them. Few councils, languages and keys, so
that rules bite often."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import strategies as st

from ambassadors.matching import Carer, Region, Seeker
from ambassadors.states import Attribute, TalkBy
from enquiries.states import CareKind, Slot, TalkAbout

TODAY = date(2026, 11, 23)
KENT, SURREY, MEDWAY = 1, 2, 3
NAMES = {KENT: "Kent", SURREY: "Surrey", MEDWAY: "Medway"}

_councils = st.sampled_from(sorted(NAMES))
_carer_keys = st.integers(100, 105).map(lambda number: UUID(int=number))
_seeker_keys = st.integers(1, 6).map(lambda number: UUID(int=number))
_languages = st.frozensets(st.sampled_from(["Polish", "Punjabi"]), max_size=1)
_places = st.none() | st.tuples(st.integers(400_000, 650_000), st.integers(90_000, 250_000))
_days = st.none() | st.dates(date(2026, 8, 1), date(2027, 1, 31))
_moments = st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 23), timezones=st.just(UTC))
_attributes = st.frozensets(st.sampled_from(Attribute), max_size=4)
_kinds = st.frozensets(st.sampled_from(CareKind), max_size=3)
_times = st.frozensets(st.sampled_from(Slot))
_ways = st.frozensets(st.sampled_from(TalkBy))

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
    asked=st.frozensets(_carer_keys, max_size=1),
    kept_from=st.frozensets(_carer_keys, max_size=1),
    place=_places,
    since=_moments,
    noes=st.integers(0, 3),
)
any_carer = st.builds(
    Carer,
    _carer_keys,
    _councils,
    st.just("Amara"),
    active=st.sampled_from([True, True, True, False]),
    standing_until=st.sampled_from([TODAY, TODAY, date(2027, 6, 1), date(2026, 11, 22), None]),
    paused=st.sampled_from([False, False, False, True]),
    rests_until=st.sampled_from([None, None, date(2026, 11, 22), TODAY, date(2026, 12, 3)]),
    most=st.integers(0, 3),
    open=st.integers(0, 3),
    most_a_month=st.sampled_from([None, None, 1, 3]),
    this_month=st.integers(0, 3),
    offers=_attributes,
    kinds=_kinds,
    languages=_languages,
    times=_times,
    ways=_ways,
    last_talk=_days.map(lambda day: day if day and day <= TODAY else None),
    place=_places,
)
any_region = st.builds(
    Region,
    st.just(TODAY),
    sharing=st.frozensets(_councils),
    names=st.just(NAMES),
    too_near=st.frozensets(st.tuples(_seeker_keys, _carer_keys), max_size=3),
)
