"""To whom a case is given."""

from django import forms

from councils.models import User
from councils.refusals import Refused
from enquiries.actions.assigning import ANYBODY
from enquiries.assign_people import Colleague
from enquiries.forms.casework import StaffForm

NOBODY = "nobody"
_CHOOSE = "Choose a colleague from the list."


class AssignForm(StaffForm):
    """`owner`: whose the case was on the page; left out by who does not mind."""

    to = forms.CharField(max_length=20, error_messages={"required": _CHOOSE})
    owner = forms.CharField(max_length=20, required=False)

    def chosen(self, people: list[Colleague]) -> User | None:
        """One of these, or nobody. Raises Refused: one of another council, and one who is not there, alike."""
        wanted = self.told()["to"]
        if wanted == NOBODY:
            return None
        found = next((each.user for each in people if str(each.user.pk) == wanted), None)
        if found is None:
            raise Refused(_CHOOSE)
        return found

    def instead_of(self) -> int | None:
        owner = self.told()["owner"]
        if owner == NOBODY:
            return None
        return int(owner) if owner.isascii() and owner.isdigit() else ANYBODY
