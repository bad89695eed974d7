"""What the newsletter page asks: an address, and what for. Nothing is ticked beforehand."""

from typing import ClassVar

from django import forms

from campaigns import wordings
from campaigns.actions.subscribing import Asked
from campaigns.states import Purpose
from councils.govuk import GovukForm, Piece, Question
from councils.models import Council, Hub
from enquiries.contact_details import clean_name
from enquiries.forms.fields import CheckedField, email_field
from enquiries.forms.step import Sent, Trap

_PURPOSES = [(purpose.value, wordings.now_shown(purpose).answer) for purpose in Purpose]
_QUESTION = wordings.now_shown(Purpose.NEWS).question


class SignUpForm(GovukForm):
    email = email_field("Your email address")
    first_name = CheckedField(
        clean_name,
        "Your first name",
        longest=60,
        label="Your first name (optional)",
        help_text="So that we can greet you.",
    )
    council = forms.ChoiceField(
        label="Who should write to you?", error_messages={"invalid_choice": "Choose who should write to you"}
    )
    purposes = forms.MultipleChoiceField(
        label=_QUESTION,
        choices=_PURPOSES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose what you would like to get",
            "invalid_choice": "Choose from the list",
        },
    )
    homepage = forms.CharField(label="Leave this empty", required=False)
    layout: ClassVar[tuple[Piece | str, ...]] = (
        Question("email", autocomplete="email", spellcheck=False),
        Question("first_name", width="20", autocomplete="given-name", spellcheck=False),
        Question("council"),
        Question("purposes", hints={each.value: wordings.now_shown(each).explanation for each in Purpose}),
        Trap("homepage"),
    )

    def __init__(self, sent: Sent | None = None, *, hub: Hub, councils: list[Council], asked_for: str = "") -> None:
        super().__init__(sent, initial={"council": asked_for})
        names = [(council.slug, council.name) for council in councils]
        field = self.fields["council"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "All our councils"), *names]
            field.required = False

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if not typed:
            raise forms.ValidationError("Enter your email address")
        return typed

    @property
    def is_a_program(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))

    def asked(self) -> Asked:
        told = self.cleaned_data
        wanted = tuple(Purpose(each) for each in told["purposes"])
        return Asked(email=told["email"], first_name=told["first_name"], purposes=wanted)
