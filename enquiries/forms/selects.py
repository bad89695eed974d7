"""A select with many options. Django's own renders two templates for each: the list of a hub officer, with two hundred
colleagues, councils and states to choose from, spent a third of its time on them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((_group(label, options),) for label, options, _ in widget["optgroups"]))
        return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(label: str | None, options: Iterable[Mapping[str, Any]]) -> SafeString:
    shown = format_html_join("", '<option value="{}"{}>{}</option>', map(_parts, options))
    return format_html('<optgroup label="{}">{}</optgroup>', label, shown) if label else shown


def _parts(option: Mapping[str, Any]) -> tuple[str, str, str]:
    value = option["value"]
    return "" if value is None else str(value), flatatt(option["attrs"]), option["label"]
