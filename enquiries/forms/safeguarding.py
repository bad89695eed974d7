"""What a safeguarding lead writes down."""

from enquiries.forms.casework import NOTE_LENGTH, StaffForm
from enquiries.forms.fields import lines_field


class SafeguardingForm(StaffForm):
    concern = lines_field(
        "Safeguarding note", "The safeguarding note", NOTE_LENGTH, rows=5, missing="Write the safeguarding note first."
    )
