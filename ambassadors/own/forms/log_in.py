"""The one question of the log-in."""

from typing import ClassVar

from django import forms

from councils.govuk import GovukForm, Piece, Question
from enquiries.forms.fields import email_field


class LogInForm(GovukForm):
    email = email_field("Your email address")
    layout: ClassVar[tuple[Piece | str, ...]] = (Question("email", autocomplete="email", spellcheck=False),)

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if not typed:
            raise forms.ValidationError("Enter your email address")
        return typed
