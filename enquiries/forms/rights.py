"""Why everything held on somebody is taken out, and why it is erased."""

from django import forms

from councils.models.rights import ErasureCause
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import lines_field

# Its time having come is nobody's to say: it comes by itself.
CAUSES = [(cause.value, cause.label) for cause in (ErasureCause.ASKED, ErasureCause.MISTAKE)]


class TakeOutForm(StaffForm):
    purpose = lines_field(
        "What is it for?",
        "What it is for",
        300,
        rows=2,
        help_text="Who asked, and how you know that it is them. It is kept with the enquiry.",
        missing="Say what it is for.",
    )
    safeguarding = forms.BooleanField(label="With the safeguarding notes", required=False)


class EraseForm(StaffForm):
    cause = forms.ChoiceField(
        label="Why is it erased?",
        choices=CAUSES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say why it is erased.", "invalid_choice": "Say why it is erased."},
    )
    sure = forms.BooleanField(
        label="I understand that this cannot be undone",
        error_messages={"required": "Tick that you understand that this cannot be undone."},
    )
