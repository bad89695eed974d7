"""What staff put right about a person."""

from typing import Any

from django import forms

from councils.postcodes import key_of, written
from councils.postcodes.grammar import is_forces_number
from councils.routes import reasons
from enquiries.actions.correcting import Particulars
from enquiries.contact_details import may_be_texted, spoken_phone
from enquiries.forms.entry import POSTCODE_TYPED_LENGTH
from enquiries.forms.fields import email_field, line_field, name_field, phone_field
from enquiries.forms.person import LANGUAGE_LENGTH
from enquiries.models import Enquiry
from enquiries.states import TIMED_WAYS, WAYS_BY_PHONE, FostersWith, Kind, Slot, Way


class CorrectForm(forms.Form):
    """The names are those of the case."""

    use_required_attribute = False
    name = name_field("Name", subject="The name", missing="Enter the name.")
    email = email_field("Email")
    phone = phone_field("Phone")
    way = forms.ChoiceField(label="How to get in touch", choices=Way.choices)
    times = forms.MultipleChoiceField(
        label="Times that suit them", required=False, choices=Slot.choices, widget=forms.CheckboxSelectMultiple
    )
    voicemail_ok = forms.BooleanField(label="A voicemail may mention fostering", required=False)
    text_ok = forms.BooleanField(label="A text message may mention fostering", required=False)
    language = line_field("Language, if not English", "The language", LANGUAGE_LENGTH)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    uses_bsl = forms.BooleanField(label="Uses British Sign Language", required=False)
    uses_text_relay = forms.BooleanField(label="Rings through text relay (Relay UK)", required=False)
    postcode = line_field(
        "Postcode",
        "The postcode",
        POSTCODE_TYPED_LENGTH,
        help_text="Another postcode is routed anew. The case stays where it is until another council accepts it.",
    )
    kind = forms.ChoiceField(label="Type", choices=Kind.choices)
    fosters_with = forms.ChoiceField(label="Fosters with", required=False, choices=FostersWith.choices)
    fosters_with_name = line_field("Name of that service", "The name of the service", 120)

    def __init__(self, data: object = None, *, case: Enquiry) -> None:
        values: dict[str, Any] = {name: getattr(case, name) for name in self.base_fields}
        values["phone"] = spoken_phone(case.phone) if case.phone else ""
        super().__init__(data, initial=values, label_suffix="")  # type: ignore[arg-type]  # a QueryDict

    def clean_postcode(self) -> str:
        """As written; what stood before may stay, however odd."""
        typed: str = self.cleaned_data["postcode"]
        key = key_of(typed)
        if typed and typed != self.initial["postcode"] and key is None:
            wrong = reasons.forces_number() if is_forces_number(typed) else reasons.malformed(typed, len(typed))
            raise forms.ValidationError(f"{wrong} Correct the postcode, or leave it empty.")
        return written(key) if key else typed

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if {"email", "phone", "way"} & set(self.errors):
            return told
        way = Way(told["way"])
        if not told["email"] and not told["phone"]:
            self.add_error("phone", "Keep an email address or a phone number: without both nobody can reach them.")
        elif way == Way.EMAIL and not told["email"]:
            self.add_error("email", "They want an email: enter the address, or choose another way to get in touch.")
        elif way in WAYS_BY_PHONE and not told["phone"]:
            self.add_error("phone", "Enter the phone number, or choose another way to get in touch.")
        elif way == Way.TEXT and not may_be_texted(told["phone"]):
            self.add_error("way", "A text message needs a mobile number. Choose another way to get in touch.")
        return told

    def particulars(self) -> Particulars:
        told = self.cleaned_data
        plain = ("name", "email", "phone", "language", "needs_interpreter", "uses_bsl", "uses_text_relay")
        way = Way(told["way"])
        return Particulars(
            **{name: told[name] for name in plain},
            way=way,
            times=tuple(Slot(slot) for slot in told["times"]) if way in TIMED_WAYS else (),
            voicemail_ok=bool(told["phone"]) and told["voicemail_ok"],
            text_ok=may_be_texted(told["phone"]) and told["text_ok"],
            kind=Kind(told["kind"]),
            fosters_with=FostersWith(told["fosters_with"]),
            fosters_with_name=told["fosters_with_name"] if told["fosters_with"] else "",
        )
