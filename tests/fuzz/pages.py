"""What a page offers: where its links lead, and what its forms ask for."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Field:
    """`options`: what may be chosen; empty where one types."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    on: bool = True  # sent unless somebody unticks it


@dataclass
class Form:
    method: str
    action: str
    fields: list[Field] = field(default_factory=list)


class Page(HTMLParser):
    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._in_select: Field | None = None
        self._in_text: Field | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in ("a", "iframe") and (link := self._ours(given.get("href") or given.get("src") or "")):
            self.links.append(link)
        elif tag == "form":
            self.forms.append(
                Form(given.get("method", "get").upper(), self._ours(given.get("action", "")) or self.address)
            )
        elif tag in ("input", "button", "select", "textarea") and self.forms and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self._in_select:
            self._in_select.options.append(given.get("value", ""))
            if "selected" in given:
                self._in_select.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._in_select = None
        elif tag == "textarea":
            self._in_text = None

    def handle_data(self, data: str) -> None:
        if self._in_text:
            self._in_text.value += data

    def _field(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", tag)
        made = Field(
            given["name"], kind, given.get("value", ""), on=kind not in ("radio", "checkbox") or "checked" in given
        )
        self.forms[-1].fields.append(made)
        if tag == "select":
            self._in_select = made
        elif tag == "textarea":
            self._in_text = made

    def _ours(self, link: str) -> str:
        """The path and query of an address of this site; empty for others."""
        try:
            to = urlsplit(urljoin(self.address, link))
        except ValueError:
            return ""
        if to.scheme not in ("", "http", "https") or to.netloc not in ("", "testserver", "localhost:8000"):
            return ""
        return to.path + (f"?{to.query}" if to.query else "")
