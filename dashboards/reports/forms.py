from collections.abc import Sequence
from typing import Any

from django import forms

from councils.models import Council
from dashboards.reports.people import Person
from dashboards.states import Every
from enquiries.forms.casework import StaffForm

REGION = "region"


class ReportForm(StaffForm):
    to = forms.TypedChoiceField(
        label="Who", coerce=int, error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who gets it.")
    )
    whose = forms.ChoiceField(
        label="Figures of", error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose whose figures.")
    )
    every = forms.ChoiceField(
        label="How often",
        choices=Every.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how often."),
    )

    def __init__(self, data: object = None, *, people: Sequence[Person], councils: Sequence[Council]) -> None:
        super().__init__(data)
        chosen: dict[str, Any] = {
            "to": [("", "Choose"), *((each.user.pk, f"{each.user.name} ({each.roles})") for each in people)],
            "whose": [(REGION, "The whole region"), *((str(each.pk), each.name) for each in councils)],
        }
        for name, choices in chosen.items():
            field: Any = self.fields[name]
            field.choices = choices
