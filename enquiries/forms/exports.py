"""Why a list is taken out."""

from django import forms

from enquiries.exports import FileKind, Purpose
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import lines_field


class ExportForm(StaffForm):
    purpose = forms.ChoiceField(
        label="What is it for?",
        choices=[("", "Choose a purpose"), *Purpose.choices],
        error_messages={"required": "Choose what the list is for."},
    )
    words = lines_field(
        "In your own words",
        "What it is for",
        300,
        rows=2,
        help_text="Who will use it, and until when. No names of enquirers.",
        missing="Say in your own words what the list is for.",
    )
    contacts = forms.BooleanField(label="With names, email addresses, phone numbers and postcodes", required=False)
    file = forms.ChoiceField(choices=FileKind.choices)
