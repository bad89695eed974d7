"""How, when and how often an ambassador would talk."""

from datetime import date, timedelta
from typing import ClassVar

from django import forms

from ambassadors.actions.profiles import Availability
from ambassadors.models import Ambassador
from ambassadors.states import TalkBy
from councils.govuk import GovukForm, Group, Piece, Question
from enquiries.contact_details import may_be_texted, spoken_phone
from enquiries.forms.fields import phone_field
from enquiries.forms.optional import some_of
from enquiries.forms.step import Sent
from enquiries.states import Slot

MOST, MOST_A_MONTH, MOST_REST = 20, 31, 52
LONGEST_PAUSE = timedelta(days=366)


def number_field(
    label: str, *, least: int, most: int, words: str, required: bool, help_text: str = ""
) -> forms.IntegerField:
    """`words`: what is wrong when it is not such a number."""
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        help_text=help_text,
        error_messages=wrong,
        widget=forms.TextInput(),
    )


class AvailabilityForm(GovukForm):
    ways = some_of("How would you talk to people?", TalkBy.choices, help_text="Tick all that suit you.")
    times = some_of("When does it usually suit you?", Slot.choices, help_text="Tick all that suit you.")
    most = number_field(
        "How many people at the same time, at most?",
        least=1,
        most=MOST,
        words=f"Enter how many people at the same time, from 1 to {MOST}",
        required=True,
        help_text="Somebody whom you have been asked about counts, too.",
    )
    most_a_month = number_field(
        "How many new people a month, at most? (optional)",
        least=1,
        most=MOST_A_MONTH,
        words=f"Enter how many new people a month, from 1 to {MOST_A_MONTH}, or leave it empty",
        required=False,
    )
    rest_weeks = number_field(
        "How many weeks of rest after each conversation?",
        least=0,
        most=MOST_REST,
        words=f"Enter how many weeks of rest, from 0 to {MOST_REST}",
        required=True,
        help_text="0 for none. Nobody new is offered to you during a rest.",
    )
    texts = forms.BooleanField(
        label="Also send me a text message when somebody would like to talk to me", required=False
    )
    phone = phone_field(
        "Your mobile number", help_text="For our text messages alone. Nobody whom you talk to is given it."
    )
    layout: ClassVar[tuple[Piece | str, ...]] = (
        Question("ways", size="m"),
        Question("times", size="m"),
        Group(
            "How often",
            (
                Question("most", width="2", inputmode="numeric"),
                Question("most_a_month", width="2", inputmode="numeric"),
                Question("rest_weeks", width="2", inputmode="numeric"),
            ),
        ),
        Group(
            "Text messages",
            (Question("texts", reveals={"True": (Question("phone", width="20", autocomplete="tel"),)}),),
            hint="We always write to you by email.",
        ),
    )

    def __init__(self, sent: Sent | None, *, row: Ambassador) -> None:
        names = ("ways", "times", "most", "most_a_month", "rest_weeks", "texts")
        phone = spoken_phone(row.phone) if row.phone else ""
        super().__init__(sent, initial={name: getattr(row, name) for name in names} | {"phone": phone})

    def clean_ways(self) -> list[str]:
        ways: list[str] = self.cleaned_data["ways"]
        if not ways:
            raise forms.ValidationError("Choose at least one way to talk")
        return ways

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if told.get("texts") and "phone" not in self.errors and not may_be_texted(told.get("phone", "")):
            self.add_error("phone", "Enter a mobile number, so that we can send you text messages")
        return told

    def availability(self) -> Availability:
        """A number is kept for texts alone."""
        told = self.cleaned_data
        return Availability(
            ways=tuple(TalkBy(way) for way in told["ways"]),
            times=tuple(Slot(slot) for slot in told["times"]),
            most=told["most"],
            most_a_month=told["most_a_month"],
            rest_weeks=told["rest_weeks"],
            phone=told["phone"] if told["texts"] else "",
            texts=told["texts"],
        )


class PauseForm(GovukForm):
    until = forms.DateField(
        label="What is the last day of your break?",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y", "%d %m %Y"],
        error_messages=dict.fromkeys(("required", "invalid"), "Enter a day, like 27/3/2027"),
        widget=forms.TextInput(),
    )
    layout: ClassVar[tuple[Piece | str, ...]] = (Question("until", heading=True, width="10", autocomplete="off"),)

    def __init__(self, sent: Sent | None, *, today: date) -> None:
        super().__init__(sent)
        self.today = today
        self.fields["until"].help_text = f"For example, {(today + timedelta(days=28)):%-d/%-m/%Y}."

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= self.today + LONGEST_PAUSE:
            raise forms.ValidationError("The last day of your break must be today or later, and within a year")
        return until
