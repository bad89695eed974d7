"""What the two of a conversation are asked, whichever side they are on."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.http import QueryDict

from ambassadors.conversations.times import days_from, hours, moment_of
from ambassadors.states import TalkBy
from councils.govuk import GovukForm, Piece, Question
from councils.working_time import in_london
from enquiries.forms.fields import lines_field, phone_field

Sent = QueryDict | None
LONGEST_WORD = 500
_FROM_THE_LIST = "Choose from the list"


def one_of(label: str, missing: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class AgreeForm(GovukForm):
    """The way, and for a call the number. `known`: the number that we have and may not write out, in words."""

    way = one_of("How would you like to talk?", "Choose how you would like to talk", [])
    phone = phone_field("Use this number for this conversation only")

    def __init__(self, sent: Sent, *, other: str, ways: Iterable[TalkBy], phone: str = "", known: str = "") -> None:
        super().__init__(sent, initial={"phone": phone})
        self.known = known
        self.fields["way"].label = f"How would you like to talk to {other}?"
        _offer(self.fields["way"], [(way.value, OFFERED[way].format(other=other)) for way in ways])
        keep = f"{known}. Leave this empty to use it. " if known else ""
        self.fields["phone"].help_text = f"{keep}{NUMBER_IS.format(other=other)}"

    def pieces(self) -> list[Piece]:
        number = Question("phone", width="20", autocomplete="tel")
        return [Question("way", heading=True, reveals={TalkBy.PHONE.value: (number,)})]

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if told.get("way") != TalkBy.PHONE:
            told["phone"] = ""
            self.errors.pop("phone", None)
        elif not told.get("phone") and not self.known and "phone" not in self.errors:
            self.add_error("phone", "Enter a phone number, or choose another way to talk")
        return told


class NumberForm(GovukForm):
    phone = phone_field("Use this number for this conversation only")
    layout = (Question("phone", width="20", autocomplete="tel"),)

    def __init__(self, sent: Sent, *, other: str, phone: str = "") -> None:
        super().__init__(sent, initial={"phone": phone})
        self.fields["phone"].help_text = NUMBER_IS.format(other=other)
        self.fields["phone"].required = True
        self.fields["phone"].error_messages["required"] = "Enter a phone number"


class TimeForm(GovukForm):
    day = forms.ChoiceField(
        label="Day", error_messages={"required": "Choose a day", "invalid_choice": "Choose a day from the list"}
    )
    hour = forms.ChoiceField(
        label="Time", error_messages={"required": "Choose a time", "invalid_choice": "Choose a time from the list"}
    )
    layout = (Question("day"), Question("hour"))

    def __init__(self, sent: Sent, *, now: datetime, before: datetime | None = None) -> None:
        here = in_london(before) if before else None
        initial = {"day": here.date().isoformat(), "hour": f"{here:%H:%M}"} if here else {}
        super().__init__(sent, initial=initial)
        self.now = now
        _offer(self.fields["day"], [("", "Choose a day"), *days_from(in_london(now).date())])
        _offer(self.fields["hour"], [("", "Choose a time"), *hours()])

    def clean(self) -> dict[str, object]:
        if not self.errors and self.at <= self.now:
            self.add_error("hour", "Choose a time that is still to come")
        return self.cleaned_data

    @property
    def at(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["hour"])


class SpokeForm(GovukForm):
    spoke = one_of("Did you speak?", "Say whether you spoke", [("yes", "Yes, we spoke"), ("no", "No, we did not")])
    how = lines_field(
        "How did it go? (optional)",
        "What you write",
        LONGEST_WORD,
        rows=4,
        help_text="A word is enough. The people who introduce enquirers and ambassadors read it. Please name no child.",
    )
    layout = (Question("spoke", heading=True), Question("how", characters=LONGEST_WORD))

    @property
    def said_yes(self) -> bool:
        return bool(self.cleaned_data["spoke"] == "yes")


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


OFFERED: dict[TalkBy, str] = {
    TalkBy.PHONE: "By phone: {other} rings you",
    TalkBy.EMAIL: "By email, and neither of you sees the other’s address",
    TalkBy.VIDEO: "By video: we send you both a link",
    TalkBy.EVENT: "In person, at an event of the council",
}
NUMBER_IS = (
    "{other} sees it until your conversation ends, and you can take it back at any time. The call may show as"
    " “No caller ID”, because ambassadors ring without showing their number."
)
