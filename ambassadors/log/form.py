"""What an ambassador writes down of a conversation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from ambassadors.actions.logging import Entry
from ambassadors.log.reading import Of, earliest
from ambassadors.models import Talk
from ambassadors.states import TalkBy
from councils.govuk import GovukForm, Piece, Question
from enquiries.forms.fields import lines_field
from enquiries.forms.step import Sent

NOTE_LENGTH = 300
_DATE = "Enter the date, like 24/11/2026"
_MINUTES = "Enter the minutes as a whole number, like 45"
_MILES = "Enter the miles as a number, like 12 or 12.5"
_WHO = "Choose whom you talked to"
_HOW = "Choose how you talked"


class TalkForm(GovukForm):
    of = forms.ChoiceField(
        label="Whom did you talk to?",
        widget=forms.RadioSelect,
        error_messages={"required": _WHO, "invalid_choice": _WHO},
    )
    on = forms.DateField(
        label="When was it?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d %B %Y"],
        error_messages={"required": _DATE, "invalid": _DATE},
    )
    way = forms.ChoiceField(
        label="How did you talk?",
        choices=TalkBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _HOW, "invalid_choice": _HOW},
    )
    minutes = forms.IntegerField(
        label="How many minutes did it take you?",
        widget=forms.TextInput,
        min_value=1,
        max_value=1440,
        error_messages={
            "required": _MINUTES,
            "invalid": _MINUTES,
            "min_value": "It takes one minute or more",
            "max_value": "A day has 1,440 minutes: write down each day by itself",
        },
    )
    miles = forms.DecimalField(
        label="How many miles did you drive for it? (optional)",
        help_text="There and back. Leave it empty if you did not drive.",
        widget=forms.TextInput,
        required=False,
        min_value=0,
        max_value=Decimal("999.9"),
        error_messages={
            "invalid": _MILES,
            "min_value": _MILES,
            "max_value": "The miles must be fewer than 1,000",
        },
    )
    note = lines_field(
        "Note (optional)",
        "The note",
        NOTE_LENGTH,
        rows=3,
        help_text="Your council reads it with your time. Do not write anybody’s name, or what you talked about.",
    )

    def __init__(self, sent: Sent | None, *, today: date, choices: Sequence[Of] = (), of: UUID | None = None) -> None:
        super().__init__(sent, initial={"of": str(of) if of else None})
        self.today = today
        asked = self.fields["of"]
        if choices and isinstance(asked, forms.ChoiceField):
            asked.choices = [(str(each.key), each.label) for each in choices]
        else:
            del self.fields["of"]

    def pieces(self) -> list[Piece]:
        first: list[Piece] = [Question("of", size="m")] if "of" in self.fields else []
        return [
            *first,
            Question("on", size="m", width="10"),
            Question("way", size="m"),
            Question("minutes", size="m", width="4", inputmode="numeric", suffix="minutes"),
            Question("miles", size="m", width="5", inputmode="decimal", suffix="miles"),
            Question("note", size="m"),
        ]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("The date must be today or in the past")
        if on < earliest(self.today):
            raise forms.ValidationError("The date must be in the last twelve months")
        return on

    def clean_miles(self) -> Decimal:
        """As far as it is kept: to a tenth."""
        return Decimal(self.cleaned_data["miles"] or 0).quantize(Decimal("0.1"))

    def entry(self) -> Entry:
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in ("on", "minutes", "miles", "note")}
        return Entry(way=TalkBy(self.cleaned_data["way"]), **told)


def filled_from(talk: Talk, sent: Sent | None, *, today: date) -> TalkForm:
    form = TalkForm(sent, today=today)
    form.initial.update(on=talk.on, way=talk.way, minutes=talk.minutes, note=talk.note)
    form.initial["miles"] = talk.miles if talk.miles else ""
    return form
