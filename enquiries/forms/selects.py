"""A select with many options. Django's own renders two templates for each: the list of a hub officer, with two hundred
colleagues, councils and states to choose from, spent a third of its time on them."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Option = tuple[Any, Any]  # value and label; or the label of a group and its options


class LongSelect(forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = _together(self.choices, frozenset(self.format_value(value)))
        marked = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, marked, options)


def _together(options: Iterable[Option], chosen: Collection[str]) -> SafeString:
    return format_html_join("", "{}", ((_shown(option, chosen),) for option in options))


def _shown(option: Option, chosen: Collection[str]) -> SafeString:
    value, label = option
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _together(label, chosen))
    named = "" if value is None else str(value)
    return _option(named, str(label), named in chosen)


@lru_cache(maxsize=2000)
def _option(value: str, label: str, is_chosen: bool) -> SafeString:
    """The same few hundred months and states again and again."""
    return format_html('<option value="{}"{}>{}</option>', value, flatatt({"selected": is_chosen}), label)
