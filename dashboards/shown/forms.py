from datetime import date, timedelta
from typing import Any

from django import forms

from dashboards.models import Annotation
from enquiries.forms.casework import StaffForm
from enquiries.forms.steps import day_field

A_YEAR = timedelta(days=366)
EARLIEST = date(2015, 1, 1)


class AnnotationForm(StaffForm):
    on = day_field("Day", missing="Enter the day.")
    words = forms.CharField(
        label="What happened",
        help_text="In a few words, like “TV campaign started”. Whoever sees figures reads it: no names of people.",
        max_length=Annotation._meta.get_field("words").max_length,
        error_messages={"required": "Say what happened.", "max_length": "What happened: 120 letters at most."},
    )

    def __init__(self, data: object = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if not EARLIEST <= on <= self.today + A_YEAR:
            raise forms.ValidationError("Day: enter one between 2015 and a year from now.")
        return on
