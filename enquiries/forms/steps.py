"""What staff write down about a case's way to approval."""

from django import forms

from enquiries.forms.casework import COMMENT_LENGTH, StaffForm, VisitForm
from enquiries.forms.fields import lines_field
from enquiries.states import CloseReason, Step

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


def day_field(label: str, *, missing: str = "", help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": f"{label}: enter the day like 24/11/2026."},
    )


class StepForm(VisitForm):
    step = forms.ChoiceField(choices=Step.choices, error_messages={"required": "Choose what happened."})
    reason = forms.ChoiceField(required=False, choices=[("", "Choose a reason"), *CloseReason.choices])
    on = day_field("Day")
    wake_on = day_field("Ask again on")
    comment = lines_field("Comment", "The comment", COMMENT_LENGTH, rows=3)


class DayForm(StaffForm):
    on = day_field("Day", missing="Enter the day.")


class AttemptTakenBackForm(StaffForm):
    attempt = forms.UUIDField(error_messages={"required": "Say which attempt.", "invalid": "Say which attempt."})


class StagesForm(StaffForm):
    applied_on = day_field("Application received")
    stage_1_from = day_field("Stage 1 began")
    stage_1_to = day_field("Stage 1 ended")
    stage_2_from = day_field("Stage 2 began")
    stage_2_to = day_field("Stage 2 ended")
