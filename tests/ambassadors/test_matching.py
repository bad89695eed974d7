"""Which ambassador suits whom, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.matching import (
    DONE,
    LIVED,
    OF_THE_CARER,
    RULES,
    Between,
    Carer,
    Region,
    Seeker,
    held_back,
    in_turn,
    left_out,
    suits,
)
from ambassadors.reasons import DOES
from ambassadors.states import Attribute, LeftOut, TalkBy
from ambassadors.suggesting import suggest
from enquiries.states import CareKind, Slot, TalkAbout
from tests.ambassadors.made_up import TODAY, any_carer, any_region, any_seeker

SEEKER = Seeker(UUID(int=1), council=1)
CARER = Carer(UUID(int=2), council=1, first_name="Amara", standing_until=TODAY, most=3, open=1)
NEAR = Between(TODAY, miles=9.0)


def test_two_of_one_council_may_be_introduced() -> None:
    assert left_out(SEEKER, CARER, NEAR) is None


@pytest.mark.parametrize(
    ("why", "seeker", "carer", "two"),
    [
        (LeftOut.NOT_ACTIVE, SEEKER, replace(CARER, active=False), NEAR),
        (LeftOut.STANDING, SEEKER, replace(CARER, standing_until=None), NEAR),
        (LeftOut.STANDING, SEEKER, replace(CARER, standing_until=TODAY - timedelta(days=1)), NEAR),
        (LeftOut.PAUSED, SEEKER, replace(CARER, paused=True), NEAR),
        (LeftOut.RESTING, SEEKER, replace(CARER, rests_until=TODAY), NEAR),
        (LeftOut.OTHER_COUNCIL, SEEKER, replace(CARER, council=2), NEAR),
        (LeftOut.CONFLICT, replace(SEEKER, kept_from=frozenset({CARER.key})), CARER, NEAR),
        (LeftOut.TOO_NEAR, SEEKER, CARER, replace(NEAR, too_near=True)),
        (LeftOut.BEFORE, replace(SEEKER, asked=frozenset({CARER.key})), CARER, NEAR),
        (LeftOut.LANGUAGE, replace(SEEKER, languages=frozenset({"Polish"})), CARER, NEAR),
        (LeftOut.NO_CHANNEL, replace(SEEKER, ways=frozenset({TalkBy.VIDEO})), replace(CARER, ways=frozenset()), NEAR),
        (LeftOut.NO_ROOM, SEEKER, replace(CARER, open=3), NEAR),
        (LeftOut.MONTH_FULL, SEEKER, replace(CARER, most_a_month=2, this_month=2), NEAR),
    ],
)
def test_each_rule_keeps_two_apart(why: LeftOut, seeker: Seeker, carer: Carer, two: Between) -> None:
    assert left_out(seeker, carer, two) is why


def test_every_rule_has_a_test_and_staffs_word_comes_last() -> None:
    assert set(LeftOut) - set(RULES) == {LeftOut.STAFF}


def test_across_a_border_where_both_councils_allow_it() -> None:
    assert left_out(SEEKER, replace(CARER, council=2), replace(NEAR, across=True)) is None


@pytest.mark.parametrize(
    ("most", "open_now", "most_a_month", "this_month", "room"),
    [(3, 1, None, 9, 2), (3, 3, None, 0, 0), (3, 0, 2, 1, 1), (1, 0, 5, 0, 1), (3, 0, 2, 3, 0), (1, 2, None, 0, 0)],
)
def test_room_is_the_lesser_of_open_conversations_and_this_months(
    most: int, open_now: int, most_a_month: int | None, this_month: int, room: int
) -> None:
    carer = replace(CARER, most=most, open=open_now, most_a_month=most_a_month, this_month=this_month)
    assert carer.room == room
    assert (left_out(SEEKER, carer, NEAR) is None) is (room > 0)


def test_a_rest_ends_with_its_last_day() -> None:
    assert left_out(SEEKER, replace(CARER, rests_until=TODAY - timedelta(days=1)), NEAR) is None


def test_the_reasons_are_told_in_words_the_weightiest_first() -> None:
    seeker = replace(SEEKER, about=frozenset({TalkAbout.TEENAGERS}), languages=frozenset({"Punjabi"}))
    carer = replace(CARER, offers=frozenset({Attribute.TEENAGERS, Attribute.SIKH}), languages=frozenset({"Punjabi"}))
    assert suits(seeker, carer, NEAR).words == "fosters teenagers as they asked; speaks Punjabi; 9 miles; 1 of 3 open"


def test_every_reason_there_is() -> None:
    seeker = replace(
        SEEKER,
        wishes=frozenset({Attribute.OWN_CHILDREN, Attribute.LGBTQ}),
        kinds=frozenset({CareKind.SIBLINGS, CareKind.EMERGENCY, CareKind.NOT_SURE}),
        languages=frozenset({"Punjabi", "Hindi"}),
        times=frozenset({Slot.SATURDAY}),
    )
    carer = replace(
        CARER,
        offers=frozenset(Attribute),
        kinds=frozenset(CareKind),
        languages=frozenset({"Punjabi", "Hindi"}),
        times=frozenset({Slot.SATURDAY}),
        most_a_month=4,
        this_month=2,
    )
    assert suits(seeker, carer, replace(NEAR, miles=0.2)).reasons == (
        "fosters with children of their own at home and is LGBTQ+ as they asked",
        "speaks Hindi and Punjabi",
        "fosters in emergencies and fosters brothers and sisters together as they asked",
        "free at the same times",
        "less than a mile",
        "1 of 3 open, 2 of 4 this month",
    )


def test_of_many_wishes_met_three_are_named() -> None:
    told = suits(replace(SEEKER, wishes=frozenset(Attribute)), replace(CARER, offers=frozenset(Attribute)), NEAR).words
    assert told.startswith("fosters teenagers, ") and f" and {len(Attribute) - 3} more as they asked" in told


@given(any_seeker, any_carer, any_region)
def test_reasons_fit_their_column(seeker: Seeker, carer: Carer, region: Region) -> None:
    assert len(suits(seeker, carer, region.between(seeker, carer)).words) < 500


@pytest.mark.parametrize(
    ("needed", "spoken", "allowed"),
    [
        ({"Polish"}, {"Polish"}, True),
        ({"Polish"}, {"polish "}, True),
        ({"Polish", "Punjabi"}, {"Punjabi"}, True),
        ({"Polish"}, {"Punjabi"}, False),
        (set(), {"Punjabi"}, True),
    ],
)
def test_one_of_the_languages_that_are_needed_has_to_be_spoken(
    needed: set[str], spoken: set[str], allowed: bool
) -> None:
    seeker, carer = replace(SEEKER, languages=frozenset(needed)), replace(CARER, languages=frozenset(spoken))
    assert left_out(seeker, carer, NEAR) is (None if allowed else LeftOut.LANGUAGE)


def test_every_kind_of_fostering_has_words() -> None:
    assert set(DOES) == set(CareKind) - {CareKind.NOT_SURE}


@pytest.mark.parametrize("topic", TalkAbout)
def test_who_wishes_to_talk_about_something_lived_wishes_for_who_lives_it(topic: TalkAbout) -> None:
    seeker = replace(SEEKER, about=frozenset({topic}))
    lived = suits(seeker, replace(CARER, offers=frozenset(Attribute), kinds=frozenset(CareKind)), NEAR).score
    assert (lived > suits(seeker, CARER, NEAR).score) is (topic in {*LIVED, *DONE})


def test_two_noes_come_first_then_the_longest_wait() -> None:
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    late = replace(SEEKER, key=UUID(int=11), since=monday + timedelta(days=2))
    early = replace(SEEKER, key=UUID(int=12), since=monday)
    refused = replace(SEEKER, key=UUID(int=13), since=monday + timedelta(days=3), noes=2)
    once = replace(SEEKER, key=UUID(int=10), since=monday + timedelta(days=1), noes=1)
    undated = replace(SEEKER, key=UUID(int=9))
    assert in_turn([undated, late, once, early, refused]) == [refused, early, once, late, undated]


def test_those_left_out_are_counted_and_never_named() -> None:
    free, full = replace(CARER, key=UUID(int=20)), replace(CARER, open=3, first_name="Bernadette")
    others = [replace(full, key=UUID(int=30 + n)) for n in range(3)] + [replace(CARER, standing_until=None)]
    found = suggest(SEEKER, [*others, free], Region(TODAY))
    assert [each.carer for each in found.ranked] == [free]
    assert found.others == "3 are full, 1 has to be confirmed"
    assert "Bernadette" not in repr(found)


@given(any_seeker, st.lists(any_carer, max_size=6), any_region)
def test_suggestions_are_those_allowed_the_best_first(seeker: Seeker, some: list[Carer], region: Region) -> None:
    found = suggest(seeker, some, region)
    allowed = [each for each in some if left_out(seeker, each, region.between(seeker, each)) is None]
    scores = [each.fit.score for each in found.ranked]
    assert sorted(each.carer.key for each in found.ranked) == sorted(each.key for each in allowed)
    assert scores == sorted(scores, reverse=True) and len(found.left_out) == len(some) - len(allowed)


@given(any_seeker, any_carer, any_region)
def test_across_a_border_both_councils_have_to_share(seeker: Seeker, carer: Carer, region: Region) -> None:
    allowed = left_out(seeker, carer, region.between(seeker, carer)) is None
    assert not allowed or seeker.council == carer.council or {seeker.council, carer.council} <= region.sharing


def test_what_nobody_wished_for_is_not_told_and_counts_nothing() -> None:
    offering = replace(CARER, offers=frozenset(Attribute))
    assert suits(SEEKER, offering, NEAR) == suits(SEEKER, CARER, NEAR)


attributes = st.frozensets(st.sampled_from(Attribute))
kinds = st.frozensets(st.sampled_from(CareKind))
times = st.frozensets(st.sampled_from(Slot))
seekers = st.builds(Seeker, st.just(UUID(int=1)), st.just(1), wishes=attributes, kinds=kinds, times=times)
carers = st.builds(
    Carer,
    st.just(UUID(int=2)),
    st.just(1),
    st.just("Amara"),
    most=st.integers(1, 5),
    open=st.integers(0, 5),
    offers=attributes,
    kinds=kinds,
    times=times,
    last_talk=st.none() | st.dates(date(2026, 1, 1), TODAY),
)
betweens = st.builds(Between, st.just(TODAY), miles=st.none() | st.floats(0, 200))


@given(seekers, carers, betweens)
def test_a_score_is_out_of_a_hundred(seeker: Seeker, carer: Carer, two: Between) -> None:
    assert 0 <= suits(seeker, carer, two).score <= 100


@given(seekers, carers, betweens, st.sampled_from(Attribute))
def test_one_more_wish_met_never_scores_less(seeker: Seeker, carer: Carer, two: Between, attribute: Attribute) -> None:
    more = replace(carer, offers=carer.offers | {attribute})
    assert suits(seeker, more, two).score >= suits(seeker, carer, two).score


@given(seekers, carers, st.floats(0, 200), st.floats(0, 200))
def test_nearer_never_scores_less(seeker: Seeker, carer: Carer, one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert (
        suits(seeker, carer, Between(TODAY, miles=near)).score >= suits(seeker, carer, Between(TODAY, miles=far)).score
    )


@given(seekers, carers, betweens)
def test_whoever_spoke_long_ago_comes_before_whoever_spoke_yesterday(
    seeker: Seeker, carer: Carer, two: Between
) -> None:
    lately, long_ago = replace(carer, last_talk=TODAY), replace(carer, last_talk=None)
    assert suits(seeker, long_ago, two).score >= suits(seeker, lately, two).score


@given(any_seeker, any_carer, any_region)
def test_who_is_held_back_is_introduced_to_nobody(seeker: Seeker, carer: Carer, region: Region) -> None:
    held = held_back(carer, region.today)
    why = left_out(seeker, carer, region.between(seeker, carer))
    assert not held or why is not None
    assert why not in OF_THE_CARER or why in held
