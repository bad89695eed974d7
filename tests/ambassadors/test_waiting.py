"""Why somebody waits, as a coordinator reads it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.matching import RULES, Carer, Region, Seeker, left_out
from ambassadors.reasons import COUNTED
from ambassadors.states import LeftOut, TalkBy
from ambassadors.waiting import why_waiting
from tests.ambassadors.made_up import KENT, NAMES, SURREY, TODAY, any_carer, any_region, any_seeker

POLISH = frozenset({"Polish"})
SEEKER = Seeker(UUID(int=1), council=KENT, place=(600_000, 150_000))
POLE = replace(SEEKER, languages=POLISH)
REGION = Region(TODAY, sharing=frozenset({KENT}), names=NAMES)


def carers(count: int, **different: object) -> list[Carer]:
    """Of Kent and with room, unless said otherwise."""
    carer = Carer(UUID(int=0), KENT, "Amara", standing_until=TODAY, place=SEEKER.place)
    return [replace(carer, key=UUID(int=100 + count * 50 + n), **different) for n in range(count)]  # type: ignore[arg-type]  # fields by name


def far(count: int, **different: object) -> list[Carer]:
    """66 kilometres away, or 41 miles."""
    return [replace(carer, place=(666_000, 150_000)) for carer in carers(count, **different)]


LONGEST_REASON = 300  # characters
FULL: dict[str, object] = {"most": 2, "open": 2}
SPEAKS: dict[str, object] = {"languages": POLISH}


@pytest.mark.parametrize(
    ("seeker", "ambassadors", "words"),
    [
        (SEEKER, [], "there is no ambassador yet"),
        (SEEKER, carers(1, active=False), "there is no ambassador yet"),
        (SEEKER, carers(2), "2 ambassadors could speak with them: to be asked in the next round"),
        (POLE, carers(9), "no Polish speaker in the hub"),
        (POLE, carers(9) + far(1, **FULL, **SPEAKS),
         "no Polish speaker within 30 miles; further away, the one who speaks Polish is full until somebody finishes"),
        (POLE, carers(9) + carers(1, **FULL, **SPEAKS), "the one who speaks Polish is full until somebody finishes"),
        (POLE, carers(9) + carers(2, **FULL, **SPEAKS), "both who speak Polish are full until somebody finishes"),
        (POLE, carers(1, paused=True, **SPEAKS) + carers(3, standing_until=None, **SPEAKS),
         "3 of 4 who speak Polish have to be confirmed; 1 of 4 who speak Polish is paused"),
        (POLE, carers(2) + carers(1, council=SURREY, **SPEAKS),
         "no Polish speaker of their council; Surrey keeps to its own"),
        (SEEKER, carers(3, **FULL) + carers(2, council=SURREY),
         "all 3 ambassadors of their council are full until somebody finishes; Surrey keeps to its own"),
        (SEEKER, carers(1, council=SURREY), "their council has no ambassador; Surrey keeps to its own"),
        (replace(SEEKER, council=SURREY), carers(1), "their council has no ambassador; Surrey keeps to its own"),
        (SEEKER, carers(1, rests_until=date(2026, 12, 3)),
         "the only ambassador of their council takes a rest until 3 December"),
        (SEEKER, carers(1, most_a_month=2, this_month=2),
         "the only ambassador of their council is full for this month"),
        (replace(SEEKER, ways=frozenset({TalkBy.VIDEO, TalkBy.EVENT})), carers(4, ways=frozenset({TalkBy.PHONE})),
         "no ambassador in the hub talks by video or at an event"),
        (replace(POLE, ways=frozenset({TalkBy.VIDEO})), carers(4) + carers(1, ways=frozenset({TalkBy.PHONE}), **SPEAKS),
         "no Polish speaker in the hub talks by video"),
        (replace(SEEKER, asked=frozenset({carers(1)[0].key})), carers(1),
         "the only ambassador of their council was asked before"),
    ],
)  # fmt: skip
def test_the_reason_in_words(seeker: Seeker, ambassadors: Sequence[Carer], words: str) -> None:
    assert why_waiting(seeker, ambassadors, REGION) == words


def test_of_several_reasons_the_one_that_would_let_most_in_comes_first() -> None:
    told = why_waiting(SEEKER, carers(1, **FULL) + carers(3, standing_until=None), REGION)
    assert told.startswith("3 of 4 ambassadors of their council have to be confirmed; 1 of 4")


def test_what_stands_for_good_is_told_after_what_can_be_lifted() -> None:
    before, full = carers(3), carers(1, **FULL)
    seeker = replace(SEEKER, asked=frozenset(carer.key for carer in before))
    assert why_waiting(seeker, before + full, REGION).startswith("1 of 4 ambassadors of their council is full")


def test_whoever_is_barred_twice_counts_only_where_nobody_is_barred_once() -> None:
    twice = carers(4, paused=True, **FULL)
    assert "paused" not in why_waiting(SEEKER, twice + carers(1, **FULL), REGION)
    assert why_waiting(SEEKER, twice, REGION) == "all 4 ambassadors of their council are paused"


@given(any_seeker, st.lists(any_carer, max_size=5), any_region)
def test_it_says_that_they_can_be_asked_exactly_when_they_can(
    seeker: Seeker, ambassadors: list[Carer], region: Region
) -> None:
    allowed = [each for each in ambassadors if left_out(seeker, each, region.between(seeker, each)) is None]
    assert ("could speak with them" in why_waiting(seeker, ambassadors, region)) is bool(allowed)


@given(any_seeker, st.lists(any_carer, min_size=1, max_size=4), any_region)
def test_no_reason_counts_more_than_there_are(seeker: Seeker, ambassadors: list[Carer], region: Region) -> None:
    told = why_waiting(seeker, ambassadors, region)
    numbers = re.findall(r"(?<!within )(?<!until )\b\d+", told)
    assert all(0 < int(number) <= len(ambassadors) for number in numbers)


@given(any_seeker, st.lists(any_carer, max_size=6), any_region)
def test_a_reason_fits_its_column(seeker: Seeker, ambassadors: list[Carer], region: Region) -> None:
    assert len(why_waiting(seeker, ambassadors, region)) < LONGEST_REASON


def test_many_councils_that_keep_to_their_own_are_counted() -> None:
    others = [replace(carer, council=50 + n) for n, carer in enumerate(carers(19))]
    assert why_waiting(SEEKER, others, REGION) == (
        "their council has no ambassador; 19 other councils keep to their own"
    )


def test_either_of_two_languages_would_do() -> None:
    seeker = replace(SEEKER, languages=frozenset({"Polish", "Punjabi"}))
    assert why_waiting(seeker, carers(3), REGION) == "no Polish or Punjabi speaker in the hub"
    assert "full" in why_waiting(seeker, carers(1, **FULL, languages=frozenset({"punjabi "})), REGION)


def test_every_rule_has_its_words() -> None:
    assert set(COUNTED) == set(LeftOut) and set(RULES) < set(COUNTED)
