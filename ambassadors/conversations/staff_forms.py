"""What staff enter for two who have agreed to talk."""

from django import forms
from django.core.validators import URLValidator

from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field

LONGEST = 300
_LINK = "Enter the whole link to the video room, beginning with https://."


class LinkForm(StaffForm):
    link = forms.CharField(
        max_length=LONGEST,
        validators=[URLValidator(schemes=["https"], message=_LINK)],
        error_messages={"required": _LINK, "max_length": "The link must be 300 characters or fewer."},
    )


class PlaceForm(StaffForm):
    place = line_field("Place", "The place", LONGEST, missing="Enter the event or the place that you have agreed.")
