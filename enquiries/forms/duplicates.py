"""What staff say about two enquiries that may be of the same people."""

from django import forms

from enquiries.forms.casework import StaffForm

_CHOOSE = {"required": "Choose which enquiry to keep.", "invalid": "Choose which enquiry to keep."}
_WHICH = {"required": "Say which enquiry.", "invalid": "Say which enquiry."}


class OtherForm(StaffForm):
    reference = forms.CharField(
        label="Reference of the other enquiry",
        max_length=40,
        error_messages={"required": "Enter the reference of the other enquiry."},
    )


class JoinForm(StaffForm):
    other = forms.UUIDField(error_messages=_WHICH)
    kept = forms.UUIDField(error_messages=_CHOOSE)


class DifferentForm(StaffForm):
    suggestion = forms.UUIDField(error_messages=_WHICH)


class SeparateForm(StaffForm):
    merge = forms.UUIDField(error_messages=_WHICH)
