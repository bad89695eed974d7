"""What is asked about people. Each form says what is wrong beside the field, and above the page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from councils.models import Council, User
from councils.roles import Role

NOBODY = "nobody"


class PeopleForm(forms.Form):
    use_required_attribute = False

    def __init__(self, data: object = None, **options: Any) -> None:
        super().__init__(data, label_suffix="", **options)  # type: ignore[arg-type]  # a QueryDict


class InviteForm(PeopleForm):
    """`roles`: by council, those that the person who invites may give there."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter their name."})
    email = forms.EmailField(
        label="Work email address",
        max_length=254,
        help_text="The invitation goes there. They log in with it.",
        error_messages={
            "required": "Enter their email address.",
            "invalid": "Enter an email address in the correct format, like name@example.com.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label="Role", error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role."}
    )

    def __init__(self, data: object, *, council: Council, roles: Iterable[Role]) -> None:
        super().__init__(data)
        self.council = council
        given = [role for role in Role if role in set(roles)]
        self.fields["role"].choices = [("", "Choose a role"), *((role.value, role.label) for role in given)]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_name(self) -> str:
        """One line: the mail greets them by it, and a line break would let its writer add to what the hub says."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise forms.ValidationError("Type the name again: it holds hidden characters.")
        return name

    def told(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {"name": cleaned["name"], "email": cleaned["email"], "role": Role(cleaned["role"])}


class RoleForm(PeopleForm):
    to = forms.ChoiceField(
        label="Role", error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role."}
    )

    def __init__(self, data: object, *, roles: Iterable[Role], now: str = "") -> None:
        super().__init__(data, initial={"to": now})
        self.fields["to"].choices = [(role.value, role.label) for role in Role if role in set(roles)]  # type: ignore[attr-defined]  # a ChoiceField

    def told(self) -> Role:
        return Role(self.cleaned_data["to"])


class RemoveForm(PeopleForm):
    work_to = forms.ChoiceField(
        label="Who gets their open enquiries",
        required=False,
        error_messages={"invalid_choice": "Choose somebody who works on this council’s enquiries."},
    )

    def __init__(self, data: object, *, takers: Iterable[User]) -> None:
        super().__init__(data)
        self.takers = {str(user.pk): user for user in takers}
        people = [(key, user.name) for key, user in self.takers.items()]
        self.fields["work_to"].choices = [(NOBODY, "Nobody: they stand on the council’s list"), *people]  # type: ignore[attr-defined]  # a ChoiceField

    def told(self) -> User | None:
        return self.takers.get(self.cleaned_data["work_to"])


class PasswordForm(PeopleForm):
    """For a new account. Like the person's own name or address, it is refused."""

    password = forms.CharField(
        label="Choose a password",
        help_text="12 characters or more. Three random words are good. A password manager may fill it in.",
        error_messages={"required": "Choose a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, data: object, *, name: str, email: str) -> None:
        super().__init__(data)
        self.account = User(name=name, email=email)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password, self.account)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return password
