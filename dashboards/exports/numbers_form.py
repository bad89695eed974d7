"""Which numbers, as a page is asked for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from councils.refusals import Refused
from dashboards.exports.chosen import By, Part, month_of, span_of, this_year_until
from dashboards.periods import YEARS_BACK, later, months_of
from dashboards.span import Span
from enquiries.forms.casework import StaffForm


@dataclass(frozen=True)
class Asked:
    span: Span
    by: By
    part: Part


def months_until(today: date) -> list[tuple[str, str]]:
    """The newest first, for a list to choose from."""
    newest = today.replace(day=1)
    months = months_of(Span(later(newest, 1 - 12 * YEARS_BACK), newest))
    return [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in reversed(months)]


class NumbersForm(StaffForm):
    since = forms.ChoiceField(label="From", error_messages={"required": "Say from which month."})
    until = forms.ChoiceField(label="To", error_messages={"required": "Say until which month."})
    by = forms.ChoiceField(label="A row for each", error_messages={"required": "Say what a row is of."})
    part = forms.ChoiceField(label="Which figures", choices=Part.choices, required=False)

    def __init__(self, data: object, *, today: date, rows: Sequence[By]) -> None:
        super().__init__(data)
        months = months_until(today)
        for name in ("since", "until"):
            field = self.fields[name]
            field.choices = months  # type: ignore[attr-defined]  # of a ChoiceField
            field.error_messages["invalid_choice"] = f"{field.label}: choose a month from the list."
        self.fields["by"].choices = [(each.value, each.label) for each in rows]  # type: ignore[attr-defined]  # as above
        self.fields["by"].error_messages["invalid_choice"] = "A row for each: choose from the list."
        self.fields["part"].error_messages["invalid_choice"] = "Which figures: choose from the list."

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("since") and told.get("until"):
            try:
                span_of(month_of(told["since"]), month_of(told["until"]))
            except Refused as refusal:
                self.add_error("until", str(refusal))
        return told

    def asked(self) -> Asked | None:
        """None where it says nothing that could be counted."""
        if not self.is_valid():
            return None
        told = self.cleaned_data
        span = span_of(month_of(told["since"]), month_of(told["until"]))
        return Asked(span, By(told["by"]), Part(told["part"] or Part.ALL))


def unasked(today: date, rows: Sequence[By]) -> dict[str, str]:
    """What is shown to whoever has not chosen yet: this year's enquiries."""
    span = this_year_until(today)
    return {"since": f"{span.first:%Y-%m}", "until": f"{span.last:%Y-%m}", "by": rows[0], "part": Part.CAME}
