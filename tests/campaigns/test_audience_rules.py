"""Rules as data: what is read, what is refused, and how they sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.audiences.rules import FOUND_STATES, Attended, BadRules, Case, Rules, read, sound
from campaigns.audiences.words import in_words
from enquiries.came_states import Source
from enquiries.states import CareKind

DAYS = st.none() | st.integers(0, 3650)
some_rules = st.builds(
    Rules,
    councils=st.lists(st.sampled_from(["kent", "hampshire"]), unique=True).map(sorted).map(tuple),
    areas=st.lists(st.sampled_from(["E07000110", "E06000035"]), unique=True).map(sorted).map(tuple),
    states=st.lists(st.sampled_from(FOUND_STATES), unique=True).map(sorted).map(tuple),
    interests=st.lists(st.sampled_from(CareKind.values), unique=True).map(sorted).map(tuple),
    sources=st.lists(st.sampled_from(Source.values), unique=True).map(sorted).map(tuple),
    case=st.sampled_from([Case.EITHER, Case.WITH]),
    attended=st.sampled_from(list(Attended)),
    asked_before=DAYS,
    unmailed=DAYS,
    unheard=DAYS,
)


@given(some_rules)
def test_rules_are_read_as_they_were_written(rules: Rules) -> None:
    assert read(rules.as_json()) == rules


def test_rules_that_ask_for_nothing_say_so() -> None:
    assert Rules().as_json() == {}
    assert in_words(Rules(), councils={}, areas={}) == ["Everybody: there are no rules"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"wishes": ["single"]},
        {"ethnicity": ["x"]},
        {"states": "new"},
        {"states": ["nowhere"]},
        {"states": ["passed_on"]},
        {"states": [1]},
        {"reasons": ["AW1"]},
        {"areas": ["E07' OR 1=1"]},
        {"councils": ["Kent; DROP TABLE"]},
        {"asked_before": "7"},
        {"asked_before": True},
        {"unmailed": -1},
        {"unheard": 3651},
        {"case": "maybe"},
        {"attended": None},
    ],
)
def test_what_is_no_rule_is_refused(data: object) -> None:
    with pytest.raises(BadRules):
        read(data)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(case=Case.WITHOUT, states=("new",)),
        Rules(case=Case.WITHOUT, attended=Attended.CAME),
        Rules(case=Case.WITHOUT, unheard=7),
        Rules(asked_before=30, asked_within=7),
        Rules(states=("new",), reasons=("health",)),
    ],
)
def test_rules_that_can_find_nobody_are_refused(rules: Rules) -> None:
    with pytest.raises(BadRules):
        sound(rules)


def test_a_reason_alone_asks_for_the_state_that_has_one() -> None:
    assert Rules(reasons=("health",)).wanted_states == ("not_yet",)


def test_rules_are_told_in_words() -> None:
    rules = read(
        {
            "councils": ["kent", "surrey"],
            "areas": ["E07000110"],
            "states": ["new", "not_yet"],
            "reasons": ["work_or_money"],
            "interests": ["siblings"],
            "sources": ["radio_tv"],
            "attended": "missed",
            "asked_before": 1,
            "unmailed": 30,
        }
    )
    assert in_words(rules, councils={"kent": "Kent"}, areas={"E07000110": "Maidstone"}) == [
        "Councils: Kent or another council",
        "Where they live: Maidstone",
        "State of the enquiry: New or Not yet",
        "“Not yet” because: Work or money",
        "Interested in: Brothers and sisters together",
        "Came to us by: Radio or television",
        "Booked and did not come",
        "The enquiry came at least 1 day ago",
        "No campaign email for 30 days",
    ]
