"""How long a practised person needs for the phone team's screen, by the keystroke-level model of Card et al.

Reading aloud and listening are not in it: the model counts hands and thought. Lengths are what callers usually give.
"""

import pytest

from enquiries.forms.entry import EntryForm

KEY, POINT, HANDS, THINK = 0.28, 1.1, 0.4, 1.35  # seconds
SELECT = 2  # keys: the first letter, and one more to tell it from its neighbour
TYPED = {"postcode": 7, "name": 14, "phone": 11, "email": 24, "message": 60}
CHANGED = {"reach", "time", "heard_from"}  # choices that usually differ from what stands there
KEPT = {"council", "kind", "channel", "send_nothing"}
MOST_INPUTS = 12
MOST_SECONDS = 90


def seconds_for(name: str) -> float:
    keys = TYPED.get(name, SELECT if name in CHANGED else 0)
    return THINK + (keys + 1) * KEY  # and one for Tab


def modelled(names: list[str]) -> float:
    opening = POINT + KEY + HANDS
    saving = 2 * KEY + THINK  # past the button that finds the council, then Enter
    return opening + sum(map(seconds_for, names)) + saving


@pytest.fixture
def inputs() -> list[str]:
    return [field.name for field in EntryForm(councils=[]).visible_fields()]


def test_the_screen_has_at_most_twelve_inputs(inputs: list[str]) -> None:
    assert len(inputs) <= MOST_INPUTS
    assert set(inputs) == TYPED.keys() | CHANGED | KEPT


def test_an_enquiry_is_written_down_within_ninety_seconds(inputs: list[str]) -> None:
    for name in inputs:
        print(f"{name:14} {seconds_for(name):5.1f} s")  # noqa: T201  # the figure is wanted
    print(f"{'in all':14} {modelled(inputs):5.1f} s")  # noqa: T201  # as above
    assert modelled(inputs) < MOST_SECONDS
