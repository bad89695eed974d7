"""What a council's letters can have filled in, and what is left for the officer to write. Pure."""

from collections.abc import Mapping

from enquiries.followups.placeholders import (
    AFTER_CONTACT,
    EVERYWHERE,
    fill_what_is_known,
    has_half_a_placeholder,
    named_in,
)

OFFERED: Mapping[str, str] = {
    "my name": "The name of whoever writes the letter",
    "visit": "Day and time of the visit, where one is booked",
    **AFTER_CONTACT,
    **EVERYWHERE,
}
# Empty, their paragraph is left out; anything else that is not known is for a person to write.
_MAY_BE_EMPTY = frozenset({"sorry"})


def fill_in(text: str, values: Mapping[str, str]) -> str:
    known = {name: value for name, value in values.items() if value or name in _MAY_BE_EMPTY}
    return fill_what_is_known(text, {name: known[name] for name in OFFERED if name in known})


def left_over(*texts: str) -> str:
    """Why these words cannot be sent yet, as a sentence; empty where they can."""
    names = dict.fromkeys(name for text in texts for name in named_in(text))
    if names:
        named = " and ".join(f"(({name}))" for name in names)
        return f"{named} could not be filled in for this person. Write it yourself, or take it out."
    if any(has_half_a_placeholder(text) for text in texts):
        return "Two brackets beside each other are for placeholders. Take one of each out."
    return ""
