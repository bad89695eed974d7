"""A select with many options. Django's own renders two templates for each: the list of a hub officer, with two hundred
colleagues, councils and states to choose from, spent a third of its time on them."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_CHOSEN = flatatt({"selected": True})

Option = tuple[Any, Any]  # value and label; or the label of a group and its options


class LongSelect(forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = frozenset(self.format_value(value))
        options = format_html_join("", "{}", ((_shown(option, chosen),) for option in self.choices))
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


def _shown(option: Option, chosen: Collection[str]) -> SafeString:
    value, label = option
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
    return _options([option], chosen)


def _options(options: Iterable[Option], chosen: Collection[str]) -> SafeString:
    values = (("" if value is None else str(value), label) for value, label in options)
    marked = ((value, _CHOSEN if value in chosen else "", label) for value, label in values)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)
