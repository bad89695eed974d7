"""Pure rules: who played ping-pong, and which words say who somebody is."""

import pytest

from enquiries.handover_rules import Person, Trail, choice_after, tells_who_it_is
from enquiries.handover_states import HandoverReason
from enquiries.states import RouteChoice

ERIN = Person(name="Erin Young", email="erin@example.org", phone="+447700900123", postcode="ME14 1XX")
KENT, HAMPSHIRE, MEDWAY = 1, 2, 3


@pytest.mark.parametrize(
    ("been", "to", "expected"),
    [
        ((KENT,), HAMPSHIRE, False),
        ((KENT, HAMPSHIRE), KENT, False),
        ((KENT, HAMPSHIRE), MEDWAY, False),
        ((KENT, HAMPSHIRE, KENT), HAMPSHIRE, True),
        ((KENT, HAMPSHIRE, KENT), MEDWAY, False),
        ((KENT, HAMPSHIRE, MEDWAY, KENT), MEDWAY, True),
    ],
)
def test_back_once_is_a_mistake_put_right_and_twice_is_ping_pong(
    been: tuple[int, ...], to: int, expected: bool
) -> None:
    assert Trail(been).is_ping_pong(to) is expected


def test_two_refusals_are_too_many() -> None:
    assert [Trail((KENT,), refused).is_refused_often for refused in range(4)] == [False, False, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Young has moved",
        "write to ERIN@example.org",
        "her number is 07700 900 123",
        "ring +44 7700 900123",
        "lives at me141xx",
        "ME14 1XX",
    ],
)
def test_words_that_say_who_it_is_are_found(text: str) -> None:
    assert tells_who_it_is(text, ERIN)


@pytest.mark.parametrize(
    "text", ["", "They foster young people", "Erin", "ME14", "Moved in 2026 to Winchester", "Youngsters", "900"]
)
def test_words_that_place_nobody_pass(text: str) -> None:
    assert not tells_who_it_is(text, ERIN)


def test_where_nothing_is_known_nothing_is_found() -> None:
    assert not tells_who_it_is("Anything at all", Person(name="", email="", phone="", postcode=""))
    assert not tells_who_it_is("Erin lives there", Person(name="Erin", email="", phone="", postcode=""))


@pytest.mark.parametrize("reason", HandoverReason)
def test_whoever_wanted_the_other_council_chose_it(reason: HandoverReason) -> None:
    wanted = reason in (HandoverReason.ASKED_FOR_IT, HandoverReason.RECRUITS_HERE)
    assert choice_after(reason) == (RouteChoice.CHOSE_COUNCIL if wanted else RouteChoice.STAFF_CHOICE)
