"""Where the person lives and which council should answer."""

from django import forms
from django.core.exceptions import ValidationError

from councils.govuk import Piece, Question
from councils.routing import Outcome, route
from enquiries.forms.fields import line_field
from enquiries.forms.step import StepForm
from enquiries.whereabouts import NOT_SURE

POSTCODE_TYPED_LENGTH = 40


class PostcodeForm(StepForm):
    postcode = line_field(
        "What is your postcode?",
        "Your postcode",
        POSTCODE_TYPED_LENGTH,
        help_text="We use it to find the council that will answer you. For example, SO23\u00a08UJ.",
    )
    buttons = ("without",)
    layout = (Question("postcode", heading=True, width="10", autocomplete="postal-code", spellcheck=False),)

    def clean(self) -> dict[str, object]:
        typed = self.cleaned_data.get("postcode", "")
        if "postcode" not in self.errors and not self.pressed("without"):
            self.refuse_no_postcode(typed)
        return self.cleaned_data

    def refuse_no_postcode(self, typed: str) -> None:
        if not typed:
            self.add_error("postcode", "Enter your postcode")
        elif route(typed, hub=self.known.place.hub.slug).outcome == Outcome.NOT_A_POSTCODE:
            self.add_error("postcode", "Enter a full UK postcode, like SO23\u00a08UJ, or go on without a postcode")


class AreaForm(StepForm):
    area = forms.ChoiceField(
        label="Who sends your council tax bill?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who sends your council tax bill, or “I am not sure”",
            "invalid_choice": "Choose who sends your council tax bill, or “I am not sure”",
        },
    )
    layout = (
        Question("area", heading=True, or_before=NOT_SURE, hints={NOT_SURE: "We take the nearest and check it."}),
    )

    def adapt(self) -> None:
        found = self.known.place.route
        if found:
            areas = [(area.code, area.name) for area in found.asked]
            self.offer("area", [*areas, (NOT_SURE, "I am not sure")])
            self.fields["area"].help_text = f"More than one council has homes near {found.postcode}, so we need to ask."


class OutsideForm(StepForm):
    """No questions: whoever reads the page and goes on has answered it."""

    buttons = ("go_on",)

    def clean(self) -> dict[str, object]:
        if not self.pressed("go_on"):
            raise ValidationError("Press the button to go on")
        return self.cleaned_data


class CouncilForm(StepForm):
    council = forms.ChoiceField(
        label="Which council would you like to answer you?",
        help_text="You can ask any of our councils. Most people foster for the one they live in or near.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a council", "invalid_choice": "Choose a council from the list"},
    )

    def adapt(self) -> None:
        self.offer("council", [(council.slug, council.name) for council in self.known.place.members])

    def pieces(self) -> list[Piece]:
        services = {
            council.slug: f"{council.service_name} answers"
            for council in self.known.place.members
            if council.service_name != council.name
        }
        return [Question("council", heading=True, hints=services)]
