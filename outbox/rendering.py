"""Text and HTML of a mail from `templates/mail/NAME.txt` and, where it exists, `NAME.html`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError, VariableDoesNotExist
from django.template.loader import get_template, render_to_string
from django.urls import NoReverseMatch

# What a template, or a value put into it, has been seen to raise. A bug elsewhere still crashes.
RENDERING_ERRORS = (
    TemplateDoesNotExist,
    TemplateSyntaxError,
    VariableDoesNotExist,
    NoReverseMatch,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    html: str


def render(name: str, context: Mapping[str, Any]) -> Rendered:
    """Templates know `base_url` besides `context`. Without one of its own, the HTML is the text in the mail's frame."""
    values = {"base_url": settings.BASE_URL, **context}
    text = render_to_string(f"mail/{name}.txt", values).strip()
    return Rendered(text, _html(name, text, values))


def _html(name: str, text: str, values: dict[str, Any]) -> str:
    try:
        template = get_template(f"mail/{name}.html")
    except TemplateDoesNotExist:
        template = get_template("mail/from_text.html")
    return template.render({**values, "text": text})
