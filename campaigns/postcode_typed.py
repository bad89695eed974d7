"""A postcode that somebody may give on a page of ours, and need not."""

from django import forms

from councils.postcodes.grammar import is_forces_number, key_of
from councils.routes import reasons
from enquiries.forms.fields import CheckedField, line_field

_LONGEST = 40


def optional_postcode(help_text: str) -> CheckedField:
    return line_field("Your postcode (optional)", "Your postcode", _LONGEST, help_text=help_text)


def require_readable(typed: str) -> str:
    """As typed. An odd one is told, since a slip would lead to the wrong council; none at all is a way on."""
    if typed and key_of(typed) is None and not is_forces_number(typed):
        raise forms.ValidationError(f"{reasons.malformed(typed, len(typed))} Correct the postcode, or leave it empty.")
    return typed
