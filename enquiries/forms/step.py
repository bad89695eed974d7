"""What every page of the form has in common."""

from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.template import Context
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from councils.govuk import GovukForm, Piece, Question
from enquiries.drafts import Typed
from enquiries.whereabouts import Whereabouts

Sent = MultiValueDict[str, str]


@dataclass(frozen=True)
class Known:
    """What earlier pages told, for pages whose questions depend on it."""

    place: Whereabouts
    reason: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class WayOut:
    """Another door than this form. `forgets`: nothing of what was typed is kept."""

    url: str
    forgets: bool = False


class StepForm(GovukForm):
    buttons: ClassVar[tuple[str, ...]] = ()  # names that submit buttons send and that are answers, too

    def __init__(self, sent: Sent | None = None, *, known: Known, typed: Typed | None = None) -> None:
        super().__init__(sent)
        self.sent: Sent = MultiValueDict() if sent is None else sent
        self.known = known
        self.adapt()
        for name, field in self.fields.items():
            if typed and (before := typed.get(name)):
                self.initial[name] = before if isinstance(field, forms.MultipleChoiceField) else before[-1]

    def adapt(self) -> None:
        """Fit the questions to what is known."""

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the choices of a question; with none it is not asked."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} offers no choices")
        field.choices = choices
        if not choices:
            del self.fields[name]

    def pieces(self) -> list[Piece]:
        return [piece for piece in super().pieces() if not isinstance(piece, Question) or piece.name in self.fields]

    def typed(self) -> Typed:
        """What was sent for this page, as it was sent, and nothing else that came along."""
        return {name: self.sent.getlist(name) for name in (*self.fields, *self.buttons) if name in self.sent}

    def pressed(self, button: str) -> bool:
        return bool(self.sent.get(button))

    def way_out(self) -> WayOut | None:
        """Where an answer leads that is no fostering enquiry for us. Asked once the form is valid."""
        return None


@dataclass(frozen=True)
class Trap:
    """A question that people never see and that programs fill in."""

    name: str

    def render(self, form: GovukForm, context: Context, template_pack: str = "govuk") -> SafeString:
        return render_to_string("enquire/trap.html", {"field": form[self.name]})
