"""Which wording of a consent a page showed: it travels with the answer, so that nobody agrees to other words."""

from typing import Any

from django import forms

from enquiries.consents import Consent, version_of

CHANGED = "We have changed the words of this question. Please read it and answer again"


class _Newest(forms.HiddenInput):
    """Always what the page shows now, also where it is shown again with what was sent."""

    def __init__(self, version: str) -> None:
        super().__init__()
        self.version = version

    def format_value(self, value: Any) -> str:
        return self.version


class WordsShown(forms.CharField):
    def __init__(self, *consents: Consent) -> None:
        self.consents = consents
        super().__init__(required=False, max_length=20, widget=_Newest(version_of(consents)))

    @property
    def version(self) -> str:
        return version_of(self.consents)


def require_words_of_now(form: forms.Form, question: str) -> None:
    """A page that was opened before the words changed is shown again. One without the version is older than versions
    are: it showed the first."""
    field = form.fields["shown"]
    told = form.cleaned_data.get("shown")
    if isinstance(field, WordsShown) and told and told != field.version and question in form.fields:
        form.add_error(question, CHANGED)
