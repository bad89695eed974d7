"""An email to many on a page: what it is called, whom it is for, when it starts."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms

from campaigns.models import Campaign, Segment
from campaigns.states import Purpose
from councils.working_time import at
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field

NEW = "new"
HOURS = [(str(hour), f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}") for hour in range(8, 20)]


class NewForm(StaffForm):
    """For one council. A campaign that exists, or the name of a new one."""

    name = line_field("Name of the email", "The name", 120, missing="Enter a name.", help_text="For colleagues only")
    campaign = forms.ChoiceField(
        label="Campaign",
        help_text="Its results are counted together with the campaign’s",
        error_messages={"required": "Choose a campaign, or a new one."},
    )
    new_campaign = line_field("Name of the new campaign", "The name", 120, help_text="If you chose a new one")
    purpose = forms.ChoiceField(
        label="What it is about", choices=Purpose.choices, help_text="It goes only to people who agreed to this"
    )

    def __init__(
        self, data: object = None, *, campaigns: Sequence[Campaign], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        known = [(str(campaign.pk), campaign.name) for campaign in campaigns]
        self.fields["campaign"].choices = [*known, (NEW, "A new campaign")]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> None:
        if self.cleaned_data.get("campaign") == NEW and not self.cleaned_data.get("new_campaign"):
            self.add_error("new_campaign", "Enter a name for the new campaign.")


class ChooseForm(StaffForm):
    segment = forms.ChoiceField(
        label="Audience", required=False, error_messages={"invalid_choice": "Choose an audience of the list."}
    )
    purpose = forms.ChoiceField(label="What it is about", choices=Purpose.choices)
    per_minute = forms.IntegerField(
        label="At most so many a minute",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="Empty: as fast as it goes. Fewer, if your team could not answer everybody at once.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Enter a whole number, or nothing."),
    )

    def __init__(
        self, data: object = None, *, segments: Sequence[Segment], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        choices = [("", "Not chosen yet"), *((str(each.pk), each.name) for each in segments)]
        self.fields["segment"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class ScheduleForm(StaffForm):
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Enter a day, like 2026-12-01."},
    )
    hour = forms.ChoiceField(label="Hour", choices=HOURS)

    def moment(self) -> datetime:
        """London's. After the form was found valid."""
        return at(self.cleaned_data["day"], time(int(self.cleaned_data["hour"])))
