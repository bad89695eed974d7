"""Fields whose refusals are sentences: "Your name must have at least one letter"."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError

from enquiries.contact_details import (
    DetailRefused,
    clean_email,
    clean_line,
    clean_lines,
    clean_name,
    clean_phone,
)


class CheckedField(forms.CharField):
    """`subject` opens the sentence of a refusal; `missing` is the one for an empty answer, and makes it a required one.
    The length counts what is kept, not what is cleaned away."""

    def __init__(
        self,
        clean: Callable[[str], str],
        subject: str,
        *,
        label: str,
        help_text: str = "",
        missing: str = "",
        longest: int | None = None,
        widget: forms.Widget | None = None,
    ) -> None:
        # strip=False: a line break at the end of a name is refused, not tidied away in silence.
        super().__init__(
            strip=False,
            label=label,
            help_text=help_text,
            required=bool(missing),
            widget=widget,
            error_messages={"required": missing},
        )
        # Django's own refusal of NUL bytes does not name the field; ours does.
        self.validators = []
        self.clean_text = clean
        self.subject = subject
        self.longest = longest

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        if not text or text.isspace():
            return ""
        try:
            cleaned = self.clean_text(text)
        except DetailRefused as refusal:
            raise ValidationError(f"{self.subject} {refusal}") from None
        if self.longest and len(cleaned) > self.longest:
            raise ValidationError(f"{self.subject} must be {self.longest:,} characters or fewer")
        return cleaned


def name_field(label: str, *, subject: str = "Your name", missing: str = "", help_text: str = "") -> CheckedField:
    return CheckedField(clean_name, subject, missing=missing, label=label, help_text=help_text)


def email_field(label: str) -> CheckedField:
    return CheckedField(clean_email, "The email address", label=label, widget=forms.TextInput(attrs={"type": "email"}))


def phone_field(label: str, *, help_text: str = "") -> CheckedField:
    widget = forms.TextInput(attrs={"type": "tel"})
    return CheckedField(clean_phone, "The phone number", label=label, help_text=help_text, widget=widget)


def line_field(label: str, subject: str, longest: int, *, missing: str = "", help_text: str = "") -> CheckedField:
    return CheckedField(clean_line, subject, longest=longest, missing=missing, label=label, help_text=help_text)


def lines_field(
    label: str, subject: str, longest: int, *, rows: int = 5, missing: str = "", help_text: str = ""
) -> CheckedField:
    return CheckedField(
        clean_lines,
        subject,
        longest=longest,
        missing=missing,
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
