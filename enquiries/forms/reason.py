"""What brings a person here: an enquiry for a council, or another door."""

from django import forms
from django.db.models import TextChoices
from django.urls import reverse

from councils.govuk import Question
from enquiries.forms.fields import line_field
from enquiries.forms.step import StepForm, WayOut
from enquiries.states import FostersWith, Kind

ANOTHER_COUNCIL = "another"
STOPPED = "stopped"
NAME_OF_SERVICE_LENGTH = 100


class Reason(TextChoices):
    NEW = "new", "I would like to find out about fostering"
    FOSTERS = "fosters", "I already foster, or I used to"
    SUPPORTED_LODGINGS = "supported_lodgings", "I would like to offer supported lodgings"
    FAMILY = "family", "I look after a child of my family or friends, or may need to"
    PRIVATE = "private", "I have a private arrangement to look after somebody else’s child"
    ADOPTION = "adoption", "I would like to adopt"
    WORRIED = "worried", "I am worried about a child"


HINTS = {
    Reason.SUPPORTED_LODGINGS.value: "A room and support for a young person who leaves care or has nowhere to live.",
    Reason.PRIVATE.value: "For 28 days or more, agreed with the child’s parent and not by a council.",
}
RIGHT_DOORS = frozenset({Reason.FAMILY, Reason.PRIVATE, Reason.ADOPTION})


class ReasonForm(StepForm):
    reason = forms.ChoiceField(
        label="What brings you here?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what brings you here", "invalid_choice": "Choose what brings you here"},
    )
    layout = (Question("reason", heading=True, hints=HINTS, or_before=Reason.FAMILY.value),)

    def way_out(self) -> WayOut | None:
        reason = Reason(self.cleaned_data["reason"])
        if reason == Reason.WORRIED:
            home = self.known.place.home
            here = reverse("pages:worried_council", args=[home.slug]) if home else reverse("pages:worried")
            return WayOut(here, forgets=True)
        if reason in RIGHT_DOORS:
            return WayOut(reverse("enquire:right_door", args=[reason.value]))
        return None


class FosteringForm(StepForm):
    """`agency` and `council` are transfers, except from a council of ours: that one's own team is the right one."""

    fosters_with = forms.ChoiceField(
        label="Who do you foster with?",
        choices=[
            (FostersWith.AGENCY.value, "An independent fostering agency"),
            (FostersWith.COUNCIL.value, "A council"),
            (STOPPED, "Nobody now. I used to foster and have stopped"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who you foster with", "invalid_choice": "Choose who you foster with"},
    )
    agency_name = line_field("Which agency? (optional)", "The name of the agency", NAME_OF_SERVICE_LENGTH)
    council = forms.ChoiceField(
        label="Which council?", required=False, error_messages={"invalid_choice": "Choose a council"}
    )
    council_name = line_field(
        "If it is another council, which one? (optional)", "The name of the council", NAME_OF_SERVICE_LENGTH
    )
    layout = (
        Question(
            "fosters_with",
            heading=True,
            reveals={
                FostersWith.AGENCY.value: ("agency_name",),
                FostersWith.COUNCIL.value: ("council", "council_name"),
            },
        ),
    )

    def adapt(self) -> None:
        ours = [(council.slug, council.name) for council in self.known.place.members]
        self.offer("council", [("", "Choose a council"), *ours, (ANOTHER_COUNCIL, "Another council")])

    def clean(self) -> dict[str, object]:
        if self.cleaned_data.get("fosters_with") == FostersWith.COUNCIL and not self.cleaned_data.get("council"):
            self.add_error("council", "Choose the council you foster with, or “Another council”")
        return self.cleaned_data

    def way_out(self) -> WayOut | None:
        ours = self.cleaned_data["council"]
        if self.cleaned_data["fosters_with"] != FostersWith.COUNCIL or ours == ANOTHER_COUNCIL:
            return None
        return WayOut(reverse("enquire:your_council", args=[ours]), forgets=True)


def fostering(told: dict[str, object]) -> tuple[Kind, FostersWith, str]:
    """What the page's answers come to: the kind, with whom, and its name as far as it was given."""
    match told["fosters_with"]:
        case FostersWith.AGENCY:
            return Kind.TRANSFER, FostersWith.AGENCY, str(told["agency_name"])
        case FostersWith.COUNCIL:
            return Kind.TRANSFER, FostersWith.COUNCIL, str(told["council_name"])
    return Kind.RETURNING, FostersWith.NOBODY, ""
