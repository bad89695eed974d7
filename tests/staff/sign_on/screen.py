"""The provider's own log-in page, for a browser: one button for each of its people, and one to say no."""

from collections.abc import Iterable, Mapping
from html import escape

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tenant log-in</title>
<link rel="icon" href="data:,"></head><body>
<main><h1>Tenant log-in</h1><form method="get">{hidden}{buttons}
<button name="error" value="access_denied">Cancel</button></form></main></body></html>"""


def page(asked: Mapping[str, str], people: Iterable[str]) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked.items()
    )
    buttons = "".join(
        f'<button name="as" value="{escape(subject)}">I am {escape(subject)}</button>' for subject in people
    )
    return _PAGE.format(hidden=hidden, buttons=buttons)
