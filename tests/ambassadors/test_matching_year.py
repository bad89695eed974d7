"""The year that measures what a round gains: a few weeks of it, for what it may not do."""

from datetime import date
from uuid import UUID

import pytest

from ambassadors.matching import left_out
from ambassadors.pairing import pair
from benchmarks.matching_hub import MadeUpHub, made_up
from benchmarks.matching_year import PATIENCE, Lived, Policy, live
from tests.ambassadors.clicking import first_come

LAST = date(2026, 2, 27)


@pytest.fixture(scope="module")
def hub() -> MadeUpHub:
    return made_up(160, 40, seed=1, standing_until=date(2028, 1, 1))


def lived(hub: MadeUpHub, policy: Policy) -> Lived:
    return live(hub, policy, seed=1, last=LAST)


@pytest.mark.parametrize("policy", [first_come, pair])
def test_only_two_who_may_meet_are_asked_about_each_other(hub: MadeUpHub, policy: Policy) -> None:
    asked = lived(hub, policy).asked
    assert len(asked) > 100
    for each in asked:
        two = hub.region(each.on).between(each.seeker, each.carer)
        assert left_out(each.seeker, each.carer, two) is None


@pytest.mark.parametrize("policy", [first_come, pair])
def test_nobody_is_asked_twice_about_the_same_person_and_nobody_speaks_unasked(hub: MadeUpHub, policy: Policy) -> None:
    life = lived(hub, policy)
    couples: list[tuple[UUID, UUID]] = [(each.seeker.key, each.carer.key) for each in life.asked]
    assert len(couples) == len(set(couples))
    assert set(life.spoke) <= {seeker for seeker, _ in couples}
    assert 0 < len(life.spoke) <= life.wishes == 160
    assert all(0 < days < 4 * PATIENCE for days in life.spoke.values())


def test_the_same_seed_lives_the_same_year(hub: MadeUpHub) -> None:
    assert lived(hub, pair) == lived(hub, pair)


def test_whoever_is_asked_answers_alike_by_whichever_way_it_came(hub: MadeUpHub) -> None:
    """The two years differ in who was asked and in nothing else: with one ambassador there is nothing to choose."""
    alone = MadeUpHub(hub.seekers[:5], hub.carers[:1])
    assert lived(alone, pair).spoke == lived(alone, first_come).spoke
