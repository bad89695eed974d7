"""The table of a whole round says of each two what the rules say of them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.matching import RULES, Carer, Region, Seeker, left_out, suits
from ambassadors.scoring import scores
from ambassadors.states import LeftOut, TalkBy
from tests.ambassadors.made_up import KENT, SURREY, TODAY, YESTERDAY, any_carer, any_region, any_seeker

SEEKER = Seeker(UUID(int=1), KENT, place=(0, 0))
CARER = Carer(UUID(int=101), KENT, "Amara", standing_until=TODAY, place=(16_093, 0))
REGION = Region(TODAY)
POLISH, VIDEO = frozenset({"Polish"}), frozenset({TalkBy.VIDEO})
KEPT_APART: dict[LeftOut, tuple[Seeker, Carer, Region]] = {
    LeftOut.NOT_ACTIVE: (SEEKER, replace(CARER, active=False), REGION),
    LeftOut.STANDING: (SEEKER, replace(CARER, standing_until=YESTERDAY), REGION),
    LeftOut.PAUSED: (SEEKER, replace(CARER, paused=True), REGION),
    LeftOut.RESTING: (SEEKER, replace(CARER, rests_until=TODAY), REGION),
    LeftOut.OTHER_COUNCIL: (SEEKER, replace(CARER, council=SURREY), Region(TODAY, sharing=frozenset({KENT}))),
    LeftOut.CONFLICT: (replace(SEEKER, kept_from=frozenset({CARER.key})), CARER, REGION),
    LeftOut.TOO_NEAR: (SEEKER, CARER, Region(TODAY, too_near=frozenset({(SEEKER.key, CARER.key)}))),
    LeftOut.BEFORE: (replace(SEEKER, asked=frozenset({CARER.key})), CARER, REGION),
    LeftOut.LANGUAGE: (replace(SEEKER, languages=POLISH), CARER, REGION),
    LeftOut.NO_CHANNEL: (replace(SEEKER, ways=VIDEO), replace(CARER, ways=frozenset({TalkBy.PHONE})), REGION),
    LeftOut.NO_ROOM: (SEEKER, replace(CARER, open=1), REGION),
    LeftOut.MONTH_FULL: (SEEKER, replace(CARER, most_a_month=2, this_month=2), REGION),
}


@pytest.mark.parametrize("why", RULES)
def test_each_rule_keeps_two_apart_in_the_table_as_well(why: LeftOut) -> None:
    seeker, carer, region = KEPT_APART[why]
    assert left_out(seeker, carer, region.between(seeker, carer)) is why
    others = [replace(SEEKER, key=UUID(int=2)), seeker], [replace(CARER, key=UUID(int=102)), carer]
    table = scores(*others, region)
    assert np.isnan(table[1, 1]) and not np.isnan(table[0, 0])


def test_across_a_border_that_both_have_opened() -> None:
    table = scores([SEEKER], [replace(CARER, council=SURREY)], Region(TODAY, sharing=frozenset({KENT, SURREY})))
    assert not np.isnan(table).any()


def test_ten_miles_score_four_fifths_of_closeness() -> None:
    here, there = replace(CARER, place=SEEKER.place), CARER
    spoke_today = [replace(each, last_talk=date(2026, 11, 23)) for each in (here, there)]
    assert scores([SEEKER], spoke_today, REGION)[0] == pytest.approx([15, 12], abs=0.001)


@given(st.lists(any_seeker, min_size=1, max_size=4), st.lists(any_carer, min_size=1, max_size=4), any_region)
def test_the_table_is_the_rules(seekers: list[Seeker], carers: list[Carer], region: Region) -> None:
    table = scores(seekers, carers, region)
    assert table.shape == (len(seekers), len(carers))
    for row, seeker in enumerate(seekers):
        for column, carer in enumerate(carers):
            two = region.between(seeker, carer)
            if left_out(seeker, carer, two):
                assert np.isnan(table[row, column])
            else:
                assert table[row, column] == pytest.approx(suits(seeker, carer, two).score, abs=0.001)


@pytest.mark.parametrize(("waiting", "ambassadors"), [(0, 0), (2, 0), (0, 2)])
def test_nobody_waits_or_there_is_no_ambassador(waiting: int, ambassadors: int) -> None:
    assert scores([SEEKER] * waiting, [CARER] * ambassadors, REGION).shape == (waiting, ambassadors)
