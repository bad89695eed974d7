"""The forms of "Your enquiry". What they refuse, the public form refuses too."""

from datetime import date
from typing import ClassVar

from django import forms

from councils.govuk import GovukForm, Group, Piece, Question
from enquiries.actions.contact_change import ContactDetails
from enquiries.contact_details import may_be_texted, spoken_phone
from enquiries.forms.fields import email_field, line_field, phone_field
from enquiries.forms.person import TEXT, VOICEMAIL, possible_ways
from enquiries.forms.step import Sent
from enquiries.models import Enquiry
from enquiries.reference import parse_reference
from enquiries.states import OFFERED_WAYS, CloseReason, Slot, State, Way
from enquiries.status_choices import REASONS, Interest, answers_in, months_after
from enquiries.status_page import email_shown, phone_shown, proved

_CHOOSE = "Choose how we should get in touch"
_NEEDS = {
    Way.CALL: "Enter a phone number, or choose another way to get in touch",
    Way.TEXT: "Enter a mobile number, or choose another way to get in touch",
    Way.EMAIL: "Enter an email address, or choose another way to get in touch",
}


class ContactChangeForm(GovukForm):
    email = email_field("Email address")
    phone = phone_field("Phone number", help_text="A landline is fine. If it is abroad, start with the country code.")
    way = forms.ChoiceField(
        label="How should we get in touch?",
        choices=[(way.value, way.label) for way in OFFERED_WAYS],
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    times = forms.MultipleChoiceField(
        label="When would suit you? (optional)",
        help_text="For a phone or video call. Tick all that suit you.",
        choices=Slot.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose times from the list"},
    )
    mentions = forms.MultipleChoiceField(
        label="May we say that it is about fostering? (optional)",
        help_text="If other people may hear your messages, leave this empty. Then we leave only a name and a number.",
        choices=[(VOICEMAIL, "In a voicemail"), (TEXT, "In a text message")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    layout: ClassVar[tuple[Piece | str, ...]] = (
        Group(
            "How can we reach you?",
            (
                Question("email", autocomplete="email", spellcheck=False),
                Question("phone", width="20", autocomplete="tel"),
            ),
            hint="Give us an email address, a phone number, or both.",
        ),
        Question("way", size="m"),
        Question("times", size="m"),
        Question("mentions", size="m"),
    )

    def __init__(self, sent: Sent | None, *, case: Enquiry) -> None:
        self.case, self.knows = case, proved(case)
        mentions = [name for name, allowed in ((VOICEMAIL, case.voicemail_ok), (TEXT, case.text_ok)) if allowed]
        super().__init__(sent, initial={"way": case.way, "times": case.times, "mentions": mentions})
        if self.knows:
            self.initial.update(email=case.email, phone=spoken_phone(case.phone) if case.phone else "")
        else:
            self._keep("email", email_shown(case, whole=False) if case.email else "")
            self._keep("phone", phone_shown(case, whole=False) if case.phone else "")

    def _keep(self, name: str, shown: str) -> None:
        """Not written out before somebody has talked with them. What is left empty stays as it is."""
        if shown:
            before = self.fields[name].help_text
            self.fields[name].help_text = f"We have: {shown}. Leave this empty to keep it. {before}".strip()

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if not self.knows:
            told |= {name: told.get(name) or getattr(self.case, name) for name in ("email", "phone")}
        wrong = {"email", "phone"} & set(self.errors)
        if not wrong and not told.get("email") and not told.get("phone"):
            self.add_error("email", "Enter an email address or a phone number, so that we can reach you")
        elif not wrong and told.get("way"):
            self._refuse_impossible(Way(told["way"]), email=told.get("email", ""), phone=told.get("phone", ""))
        return told

    def _refuse_impossible(self, way: Way, *, email: str, phone: str) -> None:
        if way not in possible_ways(email=email, phone=phone):
            self.add_error("email" if way == Way.EMAIL else "phone", _NEEDS[way])

    def details(self) -> ContactDetails:
        told = self.cleaned_data
        phone = told["phone"]
        return ContactDetails(
            email=told["email"],
            phone=phone,
            way=Way(told["way"]),
            times=tuple(Slot(slot) for slot in told["times"]),
            voicemail_ok=bool(phone) and VOICEMAIL in told["mentions"],
            text_ok=may_be_texted(phone) and TEXT in told["mentions"],
        )


class InterestForm(GovukForm):
    answer = forms.ChoiceField(
        label="Are you still interested in fostering?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer", "invalid_choice": "Choose an answer"},
    )
    month = forms.ChoiceField(
        label="When may we ask you again?",
        required=False,
        error_messages={"invalid_choice": "Choose a month from the list"},
    )
    reason = forms.ChoiceField(
        label="Can you say why? (optional)",
        required=False,
        choices=[("", "I would rather not say"), *((reason.value, words) for reason, words in REASONS.items())],
        error_messages={"invalid_choice": "Choose a reason from the list"},
    )

    def __init__(self, sent: Sent | None, *, state: State, today: date) -> None:
        super().__init__(sent)
        self.offered = answers_in(state)
        for name, choices in (
            ("answer", [(answer.value, answer.label) for answer in self.offered]),
            ("month", [("", "Choose a month"), *months_after(today)]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def pieces(self) -> list[Piece]:
        reveals = {Interest.NOT_NOW.value: ("month",), Interest.NO.value: ("reason",)}
        shown = {answer: asks for answer, asks in reveals.items() if Interest(answer) in self.offered}
        return [Question("answer", heading=True, reveals=shown)]

    def clean(self) -> dict[str, object]:
        if self.cleaned_data.get("answer") == Interest.NOT_NOW and not self.cleaned_data.get("month"):
            self.add_error("month", "Choose when we may ask you again")
        return self.cleaned_data

    @property
    def answer_given(self) -> Interest:
        return Interest(self.cleaned_data["answer"])

    @property
    def wake_on(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])

    @property
    def reason_given(self) -> CloseReason | None:
        return CloseReason(self.cleaned_data["reason"]) if self.cleaned_data["reason"] else None


class LostLinkForm(GovukForm):
    reference = line_field(
        "Your reference", "The reference", 40, missing="Enter your reference", help_text="For example, HAM-4K7X-9T6."
    )
    email = email_field("Your email address")
    layout: ClassVar[tuple[Piece | str, ...]] = (
        Question("reference", width="20", autocomplete="off", spellcheck=False),
        Question("email", autocomplete="email", spellcheck=False),
    )

    def clean_reference(self) -> str:
        typed: str = self.cleaned_data["reference"]
        if parse_reference(typed) is None:
            raise forms.ValidationError("Check the reference. It looks like HAM-4K7X-9T6")
        return typed

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if not typed:
            raise forms.ValidationError("Enter your email address")
        return typed
