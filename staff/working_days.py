"""The days of the week on which staff work: one's own, and colleagues' where one manages. On the page of absences."""

from dataclasses import dataclass
from typing import Any

from django import forms

from councils.access import Access
from councils.models import User
from councils.refusals import Refused

DAYS_OF_THE_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONDAY_TO_FRIDAY = [0, 1, 2, 3, 4]
NO_SUCH_PERSON = "Choose yourself or a colleague whose manager you are."


class WorkingDaysForm(forms.Form):
    use_required_attribute = False
    who = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NO_SUCH_PERSON})
    days = forms.TypedMultipleChoiceField(
        label="Days of work",
        coerce=int,
        choices=list(enumerate(DAYS_OF_THE_WEEK)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one day."},
    )

    def told(self, people: dict[int, User]) -> tuple[User, list[int]]:
        """Whose, and which. Raises Refused."""
        if not self.is_valid():
            raise Refused(" ".join(str(error) for errors in self.errors.values() for error in errors))
        who: Any = self.cleaned_data["who"]
        if who not in people:  # one of another council, and one who is not there, alike
            raise Refused(NO_SUCH_PERSON)
        return people[who], self.cleaned_data["days"]


@dataclass(frozen=True)
class Week:
    """One person's row: their days in words, and the form that changes them."""

    user: User
    me: bool
    words: str
    form: WorkingDaysForm


def weeks(people: dict[int, User], access: Access) -> list[Week]:
    return [Week(user, user == access.user, in_words(user.working_days), _form_of(user)) for user in people.values()]


def in_words(days: list[int]) -> str:
    if sorted(days) == MONDAY_TO_FRIDAY:
        return "Monday to Friday"
    *others, last = [DAYS_OF_THE_WEEK[day] for day in sorted(days)]
    return f"{', '.join(others)} and {last}" if others else last


def _form_of(user: User) -> WorkingDaysForm:
    return WorkingDaysForm(
        initial={"who": user.pk, "days": user.working_days}, auto_id=f"id_week_{user.pk}_%s", label_suffix=""
    )
