"""How long, and why something is held."""

from collections.abc import Mapping

from django import forms

from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field
from enquiries.retention.endings import LONGEST, RULES, Ending

REASON_LENGTH = 200


class MonthsForm(StaffForm):
    """One number an ending."""

    def __init__(self, data: object = None, *, months: Mapping[Ending, int]) -> None:
        super().__init__(data, initial={ending.value: months[ending] for ending in Ending})
        for ending in Ending:
            self.fields[ending.value] = forms.IntegerField(
                label=f"Months for “{ending.label}”",
                min_value=RULES[ending].minimum,
                max_value=LONGEST,
                error_messages=_errors(ending),
            )

    def wished(self) -> dict[Ending, int]:
        """Raises Refused."""
        return {Ending(name): months for name, months in self.told().items()}


def _errors(ending: Ending) -> dict[str, str]:
    rule, named = RULES[ending], f"“{ending.label}”"
    return {
        "required": f"{named}: enter a number of months.",
        "invalid": f"{named}: enter a whole number of months, like 24.",
        "min_value": f"{named}: {rule.minimum} or more. {rule.source}" if rule.minimum > 1 else f"{named}: 1 or more.",
        "max_value": f"{named}: no more than {LONGEST} months, which is twenty years.",
    }


class HoldForm(StaffForm):
    hold_reason = line_field(
        "Which claim, inquiry or complaint?",
        "The reason",
        REASON_LENGTH,
        help_text="Without names of people.",
        missing="Say which claim, inquiry or complaint it is held for.",
    )
