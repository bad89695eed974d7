"""What staff choose on the list of enquiries: what to see of it, and what to do with the cases they ticked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from councils.models import Council, User
from enquiries.actions.bulk import CLOSING_STEPS
from enquiries.board import CLOSED_TOO, DueFilter, Narrowed, OwnerFilter, SpecialFilter, Which
from enquiries.forms.casework import StaffForm
from enquiries.forms.selects import LongSelect
from enquiries.states import APPLICATION_REASONS, ENQUIRY_REASONS, CloseReason, Kind, State, Step

SEARCH_LENGTH = 60
NOBODY = "nobody"
NOTHING_TICKED = "Tick the enquiries first."


class NarrowForm(forms.Form):
    """The filters of the list. What no filter offers narrows nothing."""

    use_required_attribute = False
    special = forms.ChoiceField(
        label="Show", required=False, widget=LongSelect, choices=[("", "Everything"), *SpecialFilter.choices]
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        widget=LongSelect,
        choices=[("", "Usual for this list"), *Which.choices, *State.choices],
    )
    council = forms.ChoiceField()
    due = forms.ChoiceField(
        label="Due", required=False, widget=LongSelect, choices=[("", "Any time"), *DueFilter.choices]
    )
    owner = forms.ChoiceField(label="Owner", required=False, widget=LongSelect)
    kind = forms.ChoiceField(label="Type", required=False, widget=LongSelect, choices=[("", "Any type"), *Kind.choices])

    def __init__(self, data: object, *, councils: list[Council], colleagues: Iterable[User] = ()) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # a QueryDict
        choices = [("", "All of yours"), *((council.pk, council.name) for council in councils)]
        self.fields["council"] = forms.TypedChoiceField(
            label="Council", required=False, coerce=int, empty_value=None, widget=LongSelect, choices=choices
        )
        if len(councils) < 2:
            del self.fields["council"]
        people = [(str(user.pk), user.name) for user in colleagues]
        owner: Any = self.fields["owner"]
        owner.choices = [("", "Anybody"), *OwnerFilter.choices, *people]

    def narrowed(self, typed: str) -> Narrowed:
        self.full_clean()
        known = {name: value for name, value in self.cleaned_data.items() if value}
        # Whoever searches looks for a person, in whatever state the case is.
        closed_too = bool(typed) or known.get("special") in CLOSED_TOO
        known.setdefault("state", Which.ALL if closed_too else Which.OPEN)
        return Narrowed(**known, typed=typed[:SEARCH_LENGTH])


class TickedForm(StaffForm):
    """`case`: a key, and whose the case was on the page. A case given twice counts once."""

    case = forms.MultipleChoiceField(error_messages={"required": NOTHING_TICKED, "invalid_choice": NOTHING_TICKED})

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        sent = data.getlist("case") if data else []  # type: ignore[attr-defined]  # a QueryDict
        ticked: Any = self.fields["case"]
        ticked.choices = [(each, each) for each in sent if _ticked(each)]

    def seen(self) -> dict[UUID, int | None]:
        """Whose each was. Raises Refused."""
        return dict(filter(None, map(_ticked, self.told()["case"])))


def _ticked(text: str) -> tuple[UUID, int | None] | None:
    key, _, owner = text.partition("~")
    try:
        return UUID(key), int(owner) or None
    except ValueError:
        return None


class GiveForm(TickedForm):
    to = forms.ChoiceField(
        label="Give them to",
        widget=LongSelect,
        error_messages={
            "required": "Choose a colleague, or nobody.",
            "invalid_choice": "Choose a colleague from the list, or nobody.",
        },
    )

    def __init__(self, data: object = None, *, colleagues: Iterable[User] = ()) -> None:
        super().__init__(data)
        people = [(str(user.pk), user.name) for user in colleagues]
        to: Any = self.fields["to"]
        to.choices = [("", "Choose a colleague"), (NOBODY, "Nobody"), *people]


class CloseForm(TickedForm):
    step = forms.ChoiceField(
        label="How they ended",
        widget=LongSelect,
        choices=[("", "Choose how they ended"), *((step.value, step.label) for step in CLOSING_STEPS)],
        error_messages={"required": "Choose how they ended."},
    )
    reason = forms.ChoiceField(
        label="Reason",
        required=False,
        widget=LongSelect,
        choices=[
            ("", "Choose a reason"),
            ("Before an application", [(reason.value, reason.label) for reason in ENQUIRY_REASONS]),
            ("From the application on", [(reason.value, reason.label) for reason in APPLICATION_REASONS]),
        ],
    )

    def ending(self) -> tuple[Step, CloseReason | None]:
        """No reason belongs to silence. Raises Refused."""
        told = self.told()
        step = Step(told["step"])
        reason = CloseReason(told["reason"]) if told["reason"] and step != Step.GIVE_UP else None
        return step, reason
