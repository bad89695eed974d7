"""Which ambassador suits whom, and why."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.matching import RULES, Between, Carer, Seeker, left_out, suits
from ambassadors.states import Attribute, LeftOut, TalkBy
from enquiries.states import CareKind, Slot

TODAY = date(2026, 11, 23)
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
        (LeftOut.OTHER_COUNCIL, SEEKER, replace(CARER, council=2), NEAR),
        (LeftOut.CONFLICT, replace(SEEKER, kept_from=frozenset({CARER.key})), CARER, NEAR),
        (LeftOut.TOO_NEAR, SEEKER, CARER, replace(NEAR, too_near=True)),
        (LeftOut.BEFORE, replace(SEEKER, asked=frozenset({CARER.key})), CARER, NEAR),
        (LeftOut.LANGUAGE, replace(SEEKER, languages=frozenset({"Polish"})), CARER, NEAR),
        (LeftOut.NO_CHANNEL, replace(SEEKER, ways=frozenset({TalkBy.VIDEO})), replace(CARER, ways=frozenset()), NEAR),
        (LeftOut.NO_ROOM, SEEKER, replace(CARER, open=3), NEAR),
    ],
)
def test_each_rule_keeps_two_apart(why: LeftOut, seeker: Seeker, carer: Carer, two: Between) -> None:
    assert left_out(seeker, carer, two) is why


def test_every_rule_has_a_test_and_staffs_word_comes_last() -> None:
    assert set(LeftOut) - set(RULES) == {LeftOut.STAFF}


def test_across_a_border_where_both_councils_allow_it() -> None:
    assert left_out(SEEKER, replace(CARER, council=2), replace(NEAR, across=True)) is None


def test_the_reasons_are_told_in_words_the_weightiest_first() -> None:
    seeker = replace(
        SEEKER,
        wishes=frozenset({Attribute.OWN_CHILDREN}),
        kinds=frozenset({CareKind.SIBLINGS, CareKind.NOT_SURE}),
        languages=frozenset({"Punjabi"}),
        times=frozenset({Slot.SATURDAY}),
    )
    carer = replace(
        CARER,
        offers=frozenset({Attribute.OWN_CHILDREN, Attribute.SIKH}),
        kinds=frozenset({CareKind.SIBLINGS}),
        languages=frozenset({"Punjabi", "Hindi"}),
        times=frozenset({Slot.SATURDAY}),
    )
    assert suits(seeker, carer, NEAR).reasons == (
        "fosters with children of their own at home, as they wished",
        "knows brothers and sisters together, as they asked",
        "free at the same times",
        "9 miles",
        "speaks Punjabi",
        "1 of 3 open",
    )


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
