"""Boxes for what an ambassador shares about themselves: each is a consent of its own, so none is ticked for them."""

from collections.abc import Collection, Mapping

from django import forms

from ambassadors import offerings
from ambassadors.states import Attribute
from councils.govuk import GovukForm, Group, Piece, Question
from enquiries.forms.step import Sent


class OfferingForm(GovukForm):
    """A box for each, in the groups of the page."""

    def __init__(self, sent: Sent | None, *, shared: Collection[str]) -> None:
        super().__init__(sent, initial={attribute: attribute in shared for attribute in Attribute.values})
        for attribute in Attribute:
            self.fields[attribute.value] = forms.BooleanField(label=offerings.box_of(attribute), required=False)

    def pieces(self) -> list[Piece]:
        return [Group(legend, tuple(Question(each.value) for each in group)) for legend, group in offerings.GROUPS]

    def chosen(self) -> list[Attribute]:
        told: Mapping[str, bool] = self.cleaned_data
        return [attribute for attribute in Attribute if told[attribute.value]]


class JoinForm(GovukForm):
    agreed = forms.BooleanField(error_messages={"required": "Tick the box if you agree, or close this page"})

    def __init__(self, sent: Sent | None, *, words: str) -> None:
        super().__init__(sent)
        self.fields["agreed"].label = words
