"""Questions that nobody has to answer."""

from collections.abc import Iterable

from django import forms

_FROM_THE_LIST = {"invalid_choice": "Choose from the list"}
Choices = Iterable[tuple[str, str]]


def one_of(label: str, choices: Choices, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        required=False,
        widget=forms.RadioSelect,
        error_messages=_FROM_THE_LIST,
    )


def some_of(label: str, choices: Choices, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_FROM_THE_LIST,
    )
