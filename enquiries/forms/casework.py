"""What staff type on the list and on a case."""

from typing import Any

from django import forms

from councils.refusals import Refused
from enquiries.forms.fields import lines_field
from enquiries.incoming_states import NotAnEnquiry
from enquiries.states import Outcome, Way

COMMENT_LENGTH = 2000
NOTE_LENGTH = 5000


class StaffForm(forms.Form):
    """Errors become the sentence of a refusal, shown where any other refusal is."""

    use_required_attribute = False

    def __init__(self, data: object = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")  # type: ignore[arg-type]  # a QueryDict

    def told(self) -> dict[str, Any]:
        """Cleaned answers. Raises Refused."""
        if self.is_valid():
            return self.cleaned_data
        raise Refused(" ".join(str(error) for errors in self.errors.values() for error in errors))


MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]
NO_MOMENT = "Enter the day and time like 24/11/2026 16:05."


class AttemptForm(StaffForm):
    way = forms.ChoiceField(label="How", choices=Way.choices, error_messages={"required": "Say how you tried."})
    outcome = forms.ChoiceField(
        label="What came of it", choices=Outcome.choices, error_messages={"required": "Say what came of it."}
    )
    at = forms.DateTimeField(
        label="When",
        required=False,
        help_text="Leave empty for now",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=MOMENTS,
        error_messages={"invalid": "Enter the time like 24/11/2026 16:05."},
    )
    comment = lines_field("Comment", "The comment", COMMENT_LENGTH, rows=3, help_text="Optional")


class NoteForm(StaffForm):
    text = lines_field("Note", "The note", NOTE_LENGTH, rows=4, missing="Write the note first.")


class VisitForm(StaffForm):
    visit_at = forms.DateTimeField(required=False, input_formats=MOMENTS, error_messages={"invalid": NO_MOMENT})


class SkipForm(StaffForm):
    planned = forms.CharField(max_length=60, error_messages={"required": "Say which message."})


class NotAnEnquiryForm(StaffForm):
    why = forms.ChoiceField(choices=NotAnEnquiry.choices, error_messages={"required": "Say why it is not an enquiry."})
