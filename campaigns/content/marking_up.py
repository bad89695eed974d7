"""Markdown of editors, as HTML and as plain text. An allow-list twice over: the parser knows a few rules, and what it
writes is cleaned. Pictures and HTML of their own are not among them."""

from collections.abc import Callable, Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

To = Callable[[str], str]
_RULES = ["heading", "list", "emphasis", "link", "autolink", "newline", "escape", "entity"]
_PARSER = MarkdownIt("zero", {"breaks": True}).enable(_RULES)
_TAGS = {"p", "br", "h2", "ul", "ol", "li", "strong", "em", "a"}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"https", "http", "mailto", "tel"},
    link_rel=None,
)


def addresses_in(marked: str) -> Iterator[str]:
    """Of links, in order."""
    for token in _all(_PARSER.parse(marked)):
        if token.type == "link_open":
            yield str(token.attrs["href"])


def links_in(marked: str) -> Iterator[tuple[str, str]]:
    """Address and words of each."""
    for inline in _PARSER.parse(marked):
        yield from _links(inline.children or ())


def html_of(marked: str, to: To) -> str:
    """`to`: what stands in the email instead of an address. Every heading is one below the email's own."""
    tokens = _PARSER.parse(marked)
    for token in _all(tokens):
        if token.type == "link_open":
            token.attrs["href"] = to(str(token.attrs["href"]))
        elif token.type in ("heading_open", "heading_close"):
            token.tag = "h2"
    return _CLEANER.clean(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def text_of(marked: str, to: To) -> str:
    """Paragraphs with an empty line between; a link is its words and its address."""
    return "\n\n".join(_paragraphs(_PARSER.parse(marked), to))


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _links(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    address, words = "", ""
    for token in tokens:
        if token.type == "link_open":
            address, words = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            yield address, words
        else:
            words += token.content


def _paragraphs(tokens: Sequence[Token], to: To) -> Iterator[str]:
    """A list is one paragraph of lines. Numbers of the lists that are open, None for bullets."""
    open_lists: list[int | None] = []
    lines: list[str] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            open_lists.append(int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            open_lists.pop()
            if not open_lists:
                yield "\n".join(lines)
                lines = []
        elif token.type == "inline":
            words = _words(token.children or (), to)
            if open_lists:
                lines.append(_line(words, open_lists))
            else:
                yield words


def _line(words: str, open_lists: list[int | None]) -> str:
    number = open_lists[-1]
    indent = "  " * (len(open_lists) - 1)
    if number is None:
        return f"{indent}* {words}"
    open_lists[-1] = number + 1
    return f"{indent}{number}. {words}"


def _words(tokens: Sequence[Token], to: To) -> str:
    written, address, since = "", "", 0
    for token in tokens:
        if token.type == "link_open":
            address, since = str(token.attrs["href"]), len(written)
        elif token.type == "link_close":
            shown = to(address)
            written += "" if written[since:] == shown else f" ({shown.removeprefix('mailto:')})"
        elif token.type in ("softbreak", "hardbreak"):
            written += "\n"
        else:
            written += token.content
    return written
