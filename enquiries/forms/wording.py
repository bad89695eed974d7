"""A council's own words, as they are typed."""

from typing import Any

from django import forms

from enquiries.actions.wording import Wished
from enquiries.follow_up_states import FollowUp
from enquiries.followups.composing import own_words
from enquiries.followups.defaults import default_words
from enquiries.followups.placeholders import Words
from enquiries.followups.sequences import BY_NAME
from enquiries.forms.fields import lines_field
from enquiries.models import Wording

SUBJECT, TEXT, TEXT_MESSAGE, MOST_DAYS = 150, 5000, 459, 60


class WordingForm(forms.Form):
    use_required_attribute = False
    subject = forms.CharField(max_length=SUBJECT, label="Subject", error_messages={"required": "Enter a subject."})
    text = lines_field("Email", "The email", TEXT, rows=18, missing="Enter the text of the email.")
    text_message = lines_field(
        "Text message",
        "The text message",
        TEXT_MESSAGE,
        rows=3,
        help_text="At most 160 letters once it is filled in; the links are added",
    )
    days = forms.IntegerField(
        label="Working days to wait",
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "required": "Enter a number of working days.",
            "invalid": "Enter a whole number of working days.",
            "min_value": "Enter at least 1 working day.",
            "max_value": f"Enter at most {MOST_DAYS} working days.",
        },
    )
    off = forms.BooleanField(label="Do not send this message", required=False)

    def __init__(self, data: object, *, follow_up: FollowUp, wording: Wording | None) -> None:
        super().__init__(data, label_suffix="", initial=_initial(follow_up, wording))  # type: ignore[arg-type]  # a QueryDict
        sequence, self.link = BY_NAME[follow_up], default_words(follow_up).link
        if sequence.when.days is None:
            del self.fields["days"]
        elif sequence.when.before:
            self.fields["days"].label = "Working days before"
        if sequence.always:
            del self.fields["off"]
        if not default_words(follow_up).text_message:
            del self.fields["text_message"]

    def typed(self) -> Words:
        """Of what was typed, usable or not; else what is kept."""
        told = {
            name: self[name].value() or "" if name in self.fields else ""
            for name in ("subject", "text", "text_message")
        }
        return Words(told["subject"].strip(), told["text"].strip(), told["text_message"].strip(), self.link)

    def wished(self) -> Wished:
        """After is_valid()."""
        told = self.cleaned_data
        return Wished(
            subject=told["subject"],
            text=told["text"],
            text_message=told.get("text_message", ""),
            days=told.get("days"),
            off=told.get("off", False),
        )


def _initial(follow_up: FollowUp, wording: Wording | None) -> dict[str, Any]:
    ours, days = default_words(follow_up), BY_NAME[follow_up].when.days
    if wording is None:
        return {"subject": ours.subject, "text": ours.text, "text_message": ours.text_message, "days": days}
    words = own_words(wording, ours)
    return {
        "subject": words.subject,
        "text": words.text,
        "text_message": words.text_message,
        "days": days if wording.days is None else wording.days,
        "off": wording.off,
    }
