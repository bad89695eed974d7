"""A segment on a page: every rule has a field, and what is left empty asks for nothing."""

from collections.abc import Sequence

from django import forms

from campaigns.audiences.rules import FOUND_STATES, MOST_DAYS, Attended, Case, Rules, not_yet_reasons, read
from campaigns.models import Segment
from enquiries.came_states import Source
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field
from enquiries.states import CareKind, State

Choices = Sequence[tuple[str, str]]
LISTS = ("councils", "areas", "states", "reasons", "interests", "sources")
ALONE = ("case", "attended", "asked_before", "asked_within", "unmailed", "unheard")


def some_of(label: str, choices: Choices = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": f"{label}: “%(value)s” is not on the list."},
    )


def one_of(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=False, widget=forms.RadioSelect)


def days(label: str) -> forms.IntegerField:
    wrong = f"{label}: a whole number of days from 0 to {MOST_DAYS:,}, or nothing."
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class SegmentForm(StaffForm):
    name = line_field(
        "Name of the audience",
        "The name",
        120,
        missing="Enter a name.",
        help_text="For colleagues: nobody else sees it",
    )
    councils = some_of("Councils")
    areas = some_of("Where they live")
    case = one_of("Whether they enquired", Case.choices)
    states = some_of("State of the enquiry", [each for each in State.choices if each[0] in FOUND_STATES])
    reasons = some_of("“Not yet” because", not_yet_reasons())
    interests = some_of("Interested in", CareKind.choices)
    sources = some_of("How they came to us", Source.choices)
    attended = one_of("Events", Attended.choices)
    asked_before = days("The enquiry came at least so many days ago")
    asked_within = days("The enquiry came at most so many days ago")
    unmailed = days("No campaign email for so many days")
    unheard = days("No word from them, and not spoken with, for so many days")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: object = None, *, councils: Choices, areas: Choices, shown: Segment | None = None) -> None:
        initial = {"name": shown.name, "version": shown.version, **read(shown.rules).as_json()} if shown else {}
        super().__init__(data, initial={"case": "", "attended": "", **initial})
        for name, choices in (("councils", councils), ("areas", areas)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
        if len(councils) < 2:
            del self.fields["councils"]

    def rules(self) -> Rules:
        """Raises Refused."""
        told = self.told()
        return read({name: told[name] for name in (*LISTS, *ALONE) if told.get(name) not in (None, "", [])})

    def rules_to_count(self) -> Rules:
        """Whoever only counts has thought of no name yet. Raises Refused."""
        self.errors.pop("name", None)
        return self.rules()

    def offered(self, name: str) -> dict[str, str]:
        field = self.fields.get(name)
        return dict(field.choices) if isinstance(field, forms.MultipleChoiceField) else {}  # type: ignore[arg-type]  # pairs
