"""What staff type about a handover."""

from django import forms

from councils.models import Council
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import lines_field
from enquiries.handover_states import HandoverReason, RefusalReason

WORDS_LENGTH = 1000
_NO_COUNCIL = "Choose the council that you ask."


class OfferForm(StaffForm):
    to = forms.TypedChoiceField(
        label="Council to ask", coerce=int, error_messages={"required": _NO_COUNCIL, "invalid_choice": _NO_COUNCIL}
    )
    reason = forms.ChoiceField(
        label="Why",
        choices=[("", "Choose a reason"), *HandoverReason.choices],
        error_messages={"required": "Choose why you pass it on."},
    )
    explanation = lines_field(
        "What else they should know",
        "The explanation",
        WORDS_LENGTH,
        rows=3,
        help_text="They read it before they accept: no name, address, number or postcode",
    )

    def __init__(self, data: object, *, councils: list[Council], suggested: Council | None = None) -> None:
        super().__init__(data)
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a TypedChoiceField
            ("", "Choose a council"),
            *((str(council.pk), council.name) for council in councils),
        ]
        self.initial["to"] = str(suggested.pk) if suggested else ""


class AnswerForm(StaffForm):
    """Two buttons share it: `accept` is the value of the one that was pressed."""

    accept = forms.ChoiceField(
        choices=[("yes", "Accept"), ("no", "Do not take it")], error_messages={"required": "Accept it, or say why not."}
    )
    refusal = forms.ChoiceField(required=False, choices=[("", "Choose a reason"), *RefusalReason.choices])
    words = lines_field("In words", "The answer", WORDS_LENGTH, rows=3)


class DecideForm(StaffForm):
    to_receiver = forms.ChoiceField(
        choices=[("yes", "The council that was asked"), ("no", "The council that has it")],
        error_messages={"required": "Choose which council answers it."},
    )
    words = lines_field("Why", "The reason", WORDS_LENGTH, rows=3, missing="Say why: both councils read it.")
