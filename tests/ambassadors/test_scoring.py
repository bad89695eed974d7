"""The table of a whole round says of each two what the rules say of them."""

from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.matching import Carer, Region, Seeker, left_out, suits
from ambassadors.scoring import scores
from tests.ambassadors.made_up import KENT, TODAY, any_carer, any_region, any_seeker


@given(st.lists(any_seeker, max_size=4), st.lists(any_carer, max_size=4), any_region)
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


# Two who may meet, so that each rule is seen to keep them apart by itself.
SEEKER = Seeker(UUID(int=1), council=KENT)
CARER = Carer(UUID(int=2), council=KENT, first_name="Amara", standing_until=TODAY)


@given(any_seeker, any_carer, any_region)
def test_two_who_may_meet_are_in_the_table_whatever_one_of_them_becomes(
    seeker: Seeker, carer: Carer, region: Region
) -> None:
    """One free side makes the rules of the other bite one at a time, which two at random seldom do."""
    own = replace(SEEKER, key=seeker.key, council=carer.council)
    free = replace(CARER, key=carer.key, council=seeker.council)
    for one, other in ((own, carer), (seeker, free)):
        barred = left_out(one, other, region.between(one, other)) is not None
        assert np.isnan(scores([one], [other], region)[0, 0]) == barred
