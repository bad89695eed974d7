"""Why a list is taken out."""

from django import forms

from enquiries.exports import FileKind, Purpose
from enquiries.forms.casework import StaffForm
from enquiries.forms.taking_out import own_words_field, purpose_field


class ExportForm(StaffForm):
    purpose = purpose_field("list", Purpose.choices)
    words = own_words_field("list", "Who will use it, and until when. No names of enquirers.")
    contacts = forms.BooleanField(label="With names, email addresses, phone numbers and postcodes", required=False)
    file = forms.ChoiceField(choices=FileKind.choices)
