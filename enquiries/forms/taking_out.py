"""What something is taken out for: chosen, and in the words of whoever does."""

from collections.abc import Sequence

from django import forms

from enquiries.forms.fields import CheckedField, lines_field


def purpose_field(what: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """`what`: “list” or “file”, for what is said where nothing was chosen."""
    return forms.ChoiceField(
        label="What is it for?",
        choices=[("", "Choose a purpose"), *choices],
        error_messages={"required": f"Choose what the {what} is for."},
    )


def own_words_field(what: str, hint: str = "Who will use it, and until when.") -> CheckedField:
    return lines_field(
        *("In your own words", "What it is for", 300),
        rows=2,
        help_text=hint,
        missing=f"Say in your own words what the {what} is for.",
    )
