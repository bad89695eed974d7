"""What staff write about a code."""

from typing import Any

from django import forms

from campaigns.actions.codes import ELSEWHERE, NO_WORD, Wanted
from campaigns.came.codes import as_typed, is_word, paths_for
from councils.models import Council
from enquiries.came_states import Source
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field

SAY_WHERE = "Say where people will see or hear it."


class CodeForm(StaffForm):
    word = forms.CharField(
        label="Word",
        max_length=40,
        help_text="Short and easy to say on the radio, like teens. Small letters, digits and hyphens.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write the word.", "max_length": NO_WORD},
    )
    source = forms.ChoiceField(
        label="Where people see or hear it",
        choices=[("", ""), *Source.choices],
        error_messages={"required": SAY_WHERE, "invalid_choice": SAY_WHERE},
    )
    path = forms.ChoiceField(
        label="Page that it leads to", error_messages={"required": ELSEWHERE, "invalid_choice": ELSEWHERE}
    )
    label = line_field("Label", "The label", 120, help_text="For example: poster in surgeries, Ashford. Optional.")

    def __init__(self, data: object = None, *, council: Council) -> None:
        super().__init__(data)
        self.fields["path"] = forms.ChoiceField(
            label=self.fields["path"].label,
            choices=list(paths_for(council)),
            error_messages=self.fields["path"].error_messages,
        )

    def clean_word(self) -> str:
        word = as_typed(self.cleaned_data["word"])
        if not is_word(word):
            raise forms.ValidationError(NO_WORD)
        return word

    def wanted(self) -> Wanted:
        """Raises Refused."""
        told: dict[str, Any] = self.told()
        return Wanted(word=told["word"], source=Source(told["source"]), path=told["path"], label=told["label"])
