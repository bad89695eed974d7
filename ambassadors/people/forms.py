"""What staff write about an ambassador, and how a council runs its scheme."""

from django import forms

from ambassadors.models import Scheme
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field

REASON = 300


class InviteForm(StaffForm):
    first_name = line_field("First name", "The first name", 60, missing="Write their first name.")
    email = forms.EmailField(
        label="Email",
        max_length=254,
        error_messages={
            "required": "Write their email address.",
            "invalid": "Enter an email address like name@example.org.",
        },
    )


class ApartForm(StaffForm):
    """From a case or from a surname."""

    reference = line_field("Reference of an enquiry", "The reference", 16)
    surname = line_field(
        "Or a surname",
        "The surname",
        60,
        help_text="It is not kept as it is written: only enough to know it again, of a double name each part.",
    )
    reason = line_field("Why, without names", "The reason", REASON)


def whole_number(
    label: str, least: int, most: int, *, required: bool = True, help_text: str = ""
) -> forms.IntegerField:
    between = f"{label}: a whole number from {least} to {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), between),
    )


def money(label: str, digits: int, help_text: str) -> forms.DecimalField:
    pounds = f"{label}: an amount in pounds like 0.45."
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=digits,
        decimal_places=2,
        required=False,
        help_text=help_text,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"), pounds
        ),
    )


class SchemeForm(StaffForm):
    runs = forms.BooleanField(label="We have ambassadors", required=False)
    across_borders = forms.BooleanField(
        label="Introduce across our border",
        required=False,
        help_text="With councils of the hub that allow it too. Each time the ambassador’s own council confirms first.",
    )
    answer_days = whole_number("Working days to answer", 1, 30, help_text="Then the next ambassador is asked.")
    standing_months = whole_number(
        "Months for which a confirmed standing holds", 1, 24, help_text="After that nobody new is offered to them."
    )
    mentor_meetings = whole_number("Meetings with a mentor, at least", 1, 50, required=False)
    mentor_months = whole_number(
        "Months after approval until a mentor’s time ends", 1, 60, required=False, help_text="Empty: staff end it."
    )
    rate_an_hour = money("Pounds an hour", 6, "Empty: time is written down and no amount worked out.")
    rate_a_mile = money("Pounds a mile", 4, "Empty: miles are written down and no amount worked out.")
    out_of_hours_phone = line_field(
        "Out-of-hours number for a worry about a child",
        "The number",
        20,
        help_text="Shown first, below 999, to whoever raises a concern.",
    )

    @classmethod
    def of(cls, scheme: Scheme) -> "SchemeForm":
        return cls(initial={name: getattr(scheme, name) for name in cls.base_fields})
