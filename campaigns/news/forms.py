"""What the newsletter page asks: an address, what for, and where somebody lives if they like. Nothing is ticked
beforehand."""

from typing import ClassVar

from django import forms

from campaigns import wordings
from campaigns.actions.subscribing import Asked
from campaigns.postcode_typed import optional_postcode, require_readable
from campaigns.states import Purpose
from councils.govuk import GovukForm, Piece, Question
from councils.models import Council, Hub
from enquiries.contact_details import clean_name
from enquiries.forms.fields import CheckedField, email_field
from enquiries.forms.step import Sent, Trap
from enquiries.whereabouts import Whereabouts

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
    postcode = optional_postcode("So that it is about where you live. We keep your district, not your postcode.")
    council = forms.ChoiceField(
        label="Who should write to you?",
        help_text="If you do not mind: the council for your postcode, or without one our regional team.",
        error_messages={"invalid_choice": "Choose who should write to you"},
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
        Question("postcode", width="10", autocomplete="postal-code", spellcheck=False),
        Question("council"),
        Question("purposes", hints={each.value: wordings.now_shown(each).explanation for each in Purpose}),
        Trap("homepage"),
    )

    def __init__(self, sent: Sent | None = None, *, hub: Hub, councils: list[Council], asked_for: str = "") -> None:
        super().__init__(sent, initial={"council": asked_for})
        self.hub = hub
        names = [(council.slug, council.name) for council in councils]
        field = self.fields["council"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "I do not mind"), *names]
            field.required = False

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if not typed:
            raise forms.ValidationError("Enter your email address")
        return typed

    def clean_postcode(self) -> str:
        return require_readable(self.cleaned_data["postcode"])

    @property
    def is_a_program(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))

    def asked(self) -> Asked:
        told = self.cleaned_data
        wanted = tuple(Purpose(each) for each in told["purposes"])
        return Asked(
            email=told["email"], first_name=told["first_name"], purposes=wanted, area_code=area_of(self.place())
        )

    def place(self) -> Whereabouts:
        """After the form was found valid: by the postcode, as the enquiry form has it; who was chosen comes first."""
        typed = self.cleaned_data["postcode"]
        return Whereabouts(hub=self.hub, typed=typed, without=not typed, chosen=self.cleaned_data["council"])


def area_of(place: Whereabouts) -> str:
    """Of our hub's; elsewhere no audience asks for it, so it is not kept."""
    return place.route.area or "" if place.route and place.home else ""
