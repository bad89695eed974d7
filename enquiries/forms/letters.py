"""What is typed on the pages of letters: a council's text, and a letter to one person."""

from datetime import datetime

from django import forms

from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field, lines_field
from enquiries.letters.ways import Possible
from enquiries.letters.writing import Letter
from enquiries.models import LetterTemplate
from enquiries.states import Way

NAME, SUBJECT, TEXT = 80, 150, 5000
KEY = 32  # hexadecimal letters of a page's own key


class TemplateForm(StaffForm):
    name = line_field(
        "Name of the letter", "The name", NAME, missing="Enter a name.", help_text="For colleagues: nobody else sees it"
    )
    subject = line_field("Subject", "The subject", SUBJECT, missing="Enter a subject.")
    text = lines_field("Letter", "The letter", TEXT, rows=18, missing="Write the letter first.")

    def __init__(self, data: object = None, *, shown: LetterTemplate | None = None) -> None:
        super().__init__(data)
        if shown is not None:
            self.initial = {"name": shown.name, "subject": shown.subject, "text": shown.text}

    def typed(self) -> tuple[str, str]:
        """Subject and text, usable or not."""
        subject, text = (str(self[name].value() or "").strip() for name in ("subject", "text"))
        return subject, text


class WriteForm(StaffForm):
    """One letter. Every page of writing it carries all of it."""

    way = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Choose email or text message."})
    subject = line_field("Subject", "The subject", SUBJECT, help_text="Of an email; a text message has none")
    text = lines_field("Your words", "The letter", TEXT, rows=16, missing="Write something first.")
    quote = forms.UUIDField(required=False, widget=forms.HiddenInput)
    with_quote = forms.BooleanField(label="Put their message below mine", required=False)
    agreed = forms.BooleanField(label="They expect this letter", required=False)
    letter = forms.UUIDField(required=False, widget=forms.HiddenInput)
    key = forms.RegexField(f"^[0-9a-f]{{{KEY}}}$", widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    since = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, data: object = None, *, ways: list[Possible], initial: dict[str, object] | None = None) -> None:
        super().__init__(data)
        self.initial, self.ways = initial or {}, ways
        self.fields["way"].choices = [(each.way, each.label) for each in ways]  # type: ignore[attr-defined]  # a ChoiceField

    def made_at(self) -> datetime:
        """When the page was made that this comes from. After letter_typed()."""
        return self.cleaned_data["since"]  # type: ignore[no-any-return]  # a DateTimeField

    def on(self, version: int, now: datetime) -> "WriteForm":
        """The same words on the case as it is now."""
        typed = {**self.data.dict(), "version": version, "since": now.isoformat()}  # type: ignore[attr-defined]  # a QueryDict
        return WriteForm(typed, ways=self.ways)

    def letter_typed(self) -> Letter:
        """Raises Refused."""
        told = self.told()
        return Letter(
            way=Way(told["way"]),
            subject=told["subject"],
            text=told["text"],
            key=told["key"],
            version=told["version"],
            agreed=told["agreed"],
            quote=told["quote"] if told["with_quote"] and told["way"] == Way.EMAIL else None,
            started_from=told["letter"],
        )


class CalledBackForm(StaffForm):
    message = forms.UUIDField(error_messages={"required": "Say which letter.", "invalid": "There is no such letter."})
