"""What somebody wrote, out of the parts of their mail: plain, bounded, and without what they quote."""

import codecs
import html
import re
import unicodedata
from collections.abc import Sequence
from email.errors import MessageError
from email.message import Message

import nh3
from mailparser_reply import EmailReplyParser

# What the standard library is known to raise on mails that nobody means.
BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)
LONGEST = 20_000  # letters kept
_LONGEST_HTML = 100_000
_LONGEST_PARSED = 3_000  # the reply parser's patterns take seconds for 20,000 letters made to hurt
_NOT_FOR_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_BLANK_LINES = re.compile(r"\n{3,}")
_TAGS = re.compile(r"(<[^<>]*>)")
_QUOTING = {"<blockquote>": 1, "</blockquote>": -1}
_BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "hr", "ul", "ol", "pre"}
_UNSEEN = {"script", "style", "title"}


def text_of(parts: Sequence[Message]) -> str:
    """The first plain part, else the first in HTML."""
    for kind, read in (("text/plain", clean), ("text/html", from_html)):
        for part in parts:
            if _kind(part) == kind and (text := read(_decoded(part))):
                return text
    return ""


def reply_in(text: str) -> str:
    """Without the mail it answers, where that stands below. Whoever answers between the lines is kept whole."""
    beginning, rest = text[:_LONGEST_PARSED], text[_LONGEST_PARSED:]
    first, *quoted = [str(each.content) for each in EmailReplyParser(languages=["en"]).read(beginning).replies]
    if not quoted or not first.strip() or _is_quote(first) or _has_answers("\n".join([*quoted, rest])):
        return text[:LONGEST]
    return first.strip()


def clean(text: str) -> str:
    """No NUL, which PostgreSQL has not, no other control characters, nothing that turns the direction of what is
    read, and at most one blank line at a time."""
    lines = (
        text[: LONGEST * 10].replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )
    readable = "".join(letter for letter in lines if letter in "\n\t" or _is_readable(letter))
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in readable.split("\n"))).strip()[:LONGEST]


def from_html(page: str) -> str:
    """Text in lines; a quotation gets its marks, as in plain mail. What is cleaned has no "<" but those of its tags."""
    marked = nh3.clean(page[:_LONGEST_HTML], tags=_BREAKS | {"blockquote"}, attributes={}, clean_content_tags=_UNSEEN)
    lines, quoted = [""], 0
    for piece in _TAGS.split(" ".join(marked.split())):
        if not piece.startswith("<"):
            lines[-1] += html.unescape(piece)
            continue
        quoted = max(0, quoted + _QUOTING.get(piece, 0))
        lines.append("> " * min(quoted, 3))
    return clean("\n".join(line.strip() for line in lines))


def _decoded(part: Message) -> str:
    try:
        body = part.get_payload(decode=True)
        charset = part.get_content_charset("utf-8")
    except BROKEN:
        return ""
    if not isinstance(body, bytes):
        return ""
    for named, errors in ((charset, "strict"), ("utf-8", "strict"), ("cp1252", "replace")):
        try:
            if codecs.lookup(named).name not in _NOT_FOR_TEXT:
                return body.decode(named, errors)
        except BROKEN:
            continue
    return ""


def _kind(part: Message) -> str:
    return part.get_content_type()


def _is_readable(letter: str) -> bool:
    turns = "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069"
    return not turns and unicodedata.category(letter) not in ("Cc", "Cs")


def _is_quote(reply: str) -> bool:
    """Nothing of it is new: the answer stands below the quotation."""
    return all(line.startswith(">") or line.endswith(":") or not line for line in reply.split("\n"))


def _has_answers(quoted: str) -> bool:
    """Lines that are not quoted, after some that are."""
    lines = [line.lstrip() for line in quoted.split("\n") if line.strip()]
    marks = [line.startswith(">") for line in lines]
    return True in marks and False in marks[marks.index(True) :]
