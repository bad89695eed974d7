"""What somebody with a concern is asked: what it is about, and what happened. No child's name."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django import forms

from ambassadors.actions.concerns import Said
from ambassadors.models import ConcernAbout
from councils.govuk import GovukForm, Piece, Question
from enquiries.forms.fields import lines_field
from enquiries.forms.step import Sent

LENGTH = 3000
LADO = (
    "Staff will inform the Local Authority Designated Officer (LADO): the person at the council who looks into every "
    "worry about an adult who works with children."
)
_CHOOSE = "Choose what it is about"
_WHICH = "Choose which conversation it is"


class ConcernForm(GovukForm):
    """`which`: asked where there were several conversations."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    which = forms.ChoiceField(
        label="Which conversation is it?",
        widget=forms.RadioSelect,
        error_messages={"required": _WHICH, "invalid_choice": _WHICH},
    )
    about = forms.ChoiceField(
        label="What is it about?",
        choices=ConcernAbout.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    text = lines_field(
        "What happened?",
        "What happened",
        LENGTH,
        rows=8,
        help_text="Do not write the name of any child. Say when it was and what you saw, heard or read.",
        missing="Say what happened",
    )

    def __init__(self, sent: Sent | None = None, *, which: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(sent, initial={"key": uuid4()})
        asked = self.fields["which"]
        if len(which) > 1 and isinstance(asked, forms.ChoiceField):
            asked.choices = list(which)
        else:
            del self.fields["which"]

    def pieces(self) -> list[Piece]:
        which: list[Piece] = [Question("which", size="m")] if "which" in self.fields else []
        about = Question("about", size="m", hints={ConcernAbout.CARER.value: LADO})
        return [*which, about, Question("text", size="m")]

    @property
    def own_key(self) -> UUID:
        """Of this showing of the form, so that a button pressed twice says it once."""
        key: UUID | None = self.cleaned_data["key"]
        return key or uuid4()

    def said(self) -> Said:
        return Said(ConcernAbout(self.cleaned_data["about"]), self.cleaned_data["text"])
