"""How forms look: GOV.UK Frontend's markup for Django's fields, drawn by django-crispy-forms from templates/govuk.

    class PostcodeForm(GovukForm):
        postcode = forms.CharField(label="What is your postcode?", help_text="For example, SO23 8UJ")
        layout = (Question("postcode", heading=True, width="10", autocomplete="postal-code", spellcheck=False),)

`{% crispy form %}` then draws the questions without a form tag; components/question_page.html draws the page
around them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar, Literal, Protocol

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Size = Literal["", "s", "m", "l", "xl"]


class Piece(Protocol):
    """Anything that can stand in a layout."""

    def render(self, form: "GovukForm", context: Context, template_pack: str = "govuk") -> SafeString: ...


@dataclass(frozen=True)
class ErrorLink:
    message: str
    target: str  # id of the control to focus, "" if there is none


@dataclass(frozen=True)
class SummaryRow:
    """One row of components/summary_list.html. `about` completes "Change" for people who hear links out of context."""

    key: str
    value: str
    _: KW_ONLY
    href: str = ""
    about: str = ""
    large: bool = False


class GovukForm(forms.Form):
    # The browser's own messages are not ours to word, and many screen readers miss them.
    use_required_attribute = False
    layout: ClassVar[tuple["Piece | str", ...]] = ()

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.render_hidden_fields = True
        helper.layout = Layout(*self.pieces())
        return helper

    def pieces(self) -> list[Piece]:
        """What is drawn, in order. Override where it depends on the answers so far."""
        return [as_piece(piece) for piece in (self.layout or tuple(self.fields))]

    def error_links(self) -> list[ErrorLink]:
        """Every error, in the order of the page, each with the control that puts it right."""
        first = next((first_control(bound) for bound in self.visible_fields()), "")
        whole = [ErrorLink(str(message), first) for message in self.non_field_errors()]
        return whole + [ErrorLink(str(message), first_control(bound)) for bound in self for message in bound.errors]


def as_piece(piece: Piece | str) -> Piece:
    return Question(piece) if isinstance(piece, str) else piece


def first_control(bound: BoundField) -> str:
    """Id of the element that can take the focus. Radios and checkboxes have none as a whole: the first of them."""
    if bound.is_hidden:
        return ""
    if isinstance(bound.field.widget, forms.RadioSelect) and bound.subwidgets:
        return bound.subwidgets[0].id_for_label or ""
    return bound.id_for_label


def draw(pieces: tuple[Piece | str, ...], form: GovukForm, context: Context) -> SafeString:
    return format_html_join("", "{}", ((as_piece(piece).render(form, context),) for piece in pieces))


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox, ready for the template."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    hint: str
    divided: bool  # the word "or" stands before it
    exclusive: bool
    revealed: SafeString


@dataclass(frozen=True)
class Question:
    """One field. `heading` makes its label or legend the h1 of the page; keys of mappings are choices' values."""

    name: str
    _: KW_ONLY
    heading: bool = False
    size: Size = ""
    label_hidden: bool = False
    width: str = ""  # characters (2, 3, 4, 5, 10, 20, 30) or a fraction such as "two-thirds"
    prefix: str = ""
    suffix: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool = True
    characters: int = 0  # shows how many are left
    inline: bool = False
    small: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)
    or_before: str | None = None
    exclusive: str | None = None  # ticking it unticks the others
    reveals: Mapping[str, tuple[Piece | str, ...]] = field(default_factory=dict)

    def render(self, form: GovukForm, context: Context, template_pack: str = "govuk") -> SafeString:
        bound = form[self.name]
        if bound.is_hidden:  # the helper draws those
            return SafeString()
        kind = kind_of(bound)
        values = {"field": bound, "question": self, "size": self.size or ("l" if self.heading else "")}
        if kind in ("radios", "checkboxes"):
            values["choices"] = list(self.choices(bound, form, context))
        elif kind == "checkbox":
            values["revealed"] = draw(self.reveals.get("True", ()), form, context)
        else:
            values["control"] = bound.as_widget(attrs=self.attributes(bound, kind))
        return render_to_string(f"{template_pack}/{kind}.html", values)

    def choices(self, bound: BoundField, form: GovukForm, context: Context) -> Iterator[Choice]:
        for option in bound.subwidgets:
            value = str(option.data["value"])
            yield Choice(
                id=option.id_for_label or "",
                name=bound.html_name,
                value=value,
                label=option.choice_label,
                checked=option.data["selected"],
                hint=self.hints.get(value, ""),
                divided=value == self.or_before,
                exclusive=value == self.exclusive,
                revealed=draw(self.reveals.get(value, ()), form, context),
            )

    def attributes(self, bound: BoundField, kind: str) -> dict[str, str | bool]:
        # No maxlength: it would cut off what somebody pastes, without a word.
        attrs: dict[str, str | bool] = {"class": " ".join(self.classes(bound, kind)), "maxlength": False}
        attrs |= {key: value for key in ("autocomplete", "inputmode") if (value := getattr(self, key))}
        if not self.spellcheck:
            attrs["spellcheck"] = "false"
        if self.characters:
            attrs["aria-describedby"] = f"{bound.auto_id}-info {bound.aria_describedby or ''}".strip()
        return attrs

    def classes(self, bound: BoundField, kind: str) -> Iterator[str]:
        yield f"govuk-{kind}"
        if bound.errors:
            yield f"govuk-{kind}--error"
        if self.width:
            yield f"govuk-input--width-{self.width}" if self.width.isdigit() else f"govuk-!-width-{self.width}"
        if self.characters:
            yield "govuk-js-character-count"


def kind_of(bound: BoundField) -> str:
    """Which template draws it. Django's CheckboxSelectMultiple is a RadioSelect, so it is asked about first."""
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
    )
    return next((kind for widget, kind in kinds if isinstance(bound.field.widget, widget)), "input")


@dataclass(frozen=True)
class Group:
    """Several questions under one legend."""

    legend: str
    pieces: tuple[Piece | str, ...]
    _: KW_ONLY
    heading: bool = False
    size: Size = "m"
    hint: str = ""

    def render(self, form: GovukForm, context: Context, template_pack: str = "govuk") -> SafeString:
        values = {"group": self, "id": f"group-{self.first_name()}", "content": draw(self.pieces, form, context)}
        return render_to_string(f"{template_pack}/group.html", values)

    def first_name(self) -> str:
        first = as_piece(self.pieces[0])
        return first.name if isinstance(first, Question) else "first"


@dataclass(frozen=True)
class Component:
    """A template of templates/components between questions: Component("inset_text", {"text": "…"})."""

    name: str
    values: Mapping[str, object]

    def render(self, form: GovukForm, context: Context, template_pack: str = "govuk") -> SafeString:
        return render_to_string(f"components/{self.name}.html", {**self.values, "form": form})
