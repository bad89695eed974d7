"""What staff write about a campaign and what it cost."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from campaigns.actions.campaigns import Planned
from campaigns.actions.spending import MOST_PENCE, Spent
from campaigns.came.spend_sheet import WHAT_LENGTH, bare_amount
from councils.models import Council
from enquiries.came_states import Source
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field, lines_field
from enquiries.forms.selects import LongSelect
from enquiries.forms.steps import day_field

POUNDS = "Write the amount in pounds, like 1234.50."
WRONG_AMOUNT = dict.fromkeys(("required", "invalid", "max_digits", "max_decimal_places", "max_whole_digits"), POUNDS)


class CampaignForm(StaffForm):
    name = line_field("Name", "The name", 120, missing="Write a name for the campaign.")
    starts_on = day_field("First day", missing="Say on which day it starts.")
    ends_on = day_field("Last day", help_text="Empty: it goes on until somebody writes a day.")
    note = lines_field(
        *("Note", "The note", 1000), rows=3, help_text="What is done, and what you hope for. No names of enquirers."
    )

    def planned(self) -> Planned:
        """Raises Refused."""
        told = self.told()
        return Planned(**{name: told[name] for name in ("name", "starts_on", "ends_on", "note")})


class BeginForm(CampaignForm):
    def __init__(self, data: object = None, *, councils: Iterable[Council]) -> None:
        super().__init__(data)
        choices = [(str(council.pk), council.name) for council in councils]
        self.fields["council"] = forms.ChoiceField(
            label="Whose campaign",
            choices=choices if len(choices) == 1 else [("", ""), *choices],
            widget=LongSelect,
            help_text="Its editors see it, and its figures.",
            error_messages={"required": "Say whose campaign it is.", "invalid_choice": "Say whose campaign it is."},
        )
        self.order_fields(["council"])


class PoundsField(forms.DecimalField):
    """As our own pages write them, £1,234.50, and as a list may."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # the stubs inherit an integer's
        shown = bare_amount(str(value or ""))
        if "e" in shown.lower():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(shown)


class SpendForm(StaffForm):
    pounds = PoundsField(
        label="Amount in pounds",
        min_value=Decimal("0.01"),
        max_value=Decimal(MOST_PENCE) / 100,
        max_digits=9,
        decimal_places=2,
        error_messages=WRONG_AMOUNT | {"min_value": POUNDS, "max_value": "At most £1,000,000."},
    )
    first_day = day_field("First day", missing="Say from which day the money counts.")
    last_day = day_field("Last day", help_text="Empty: the same day. The amount counts evenly on each day.")
    source = forms.ChoiceField(
        label="Spent on",
        choices=[("", ""), *Source.choices],
        error_messages={"required": "Say what it was spent on.", "invalid_choice": "Say what it was spent on."},
    )
    what = line_field("What", "This", WHAT_LENGTH, help_text="For example: 300 posters, surgeries in Ashford")

    def spent(self) -> Spent:
        """Raises Refused."""
        told: dict[str, Any] = self.told()
        return Spent(
            pence=int(told["pounds"] * 100),
            first_day=told["first_day"],
            last_day=told["last_day"] or told["first_day"],
            source=Source(told["source"]),
            what=told["what"],
        )
