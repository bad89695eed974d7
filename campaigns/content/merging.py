"""`{first_name|there}`: an allow-list, and no language. What may be empty needs a fallback, else an email would open
with "Hello ,".

A field becomes a mark of two characters that nobody can type, because they are taken out of everything typed first.
Markdown, layout and inlining run once, with the marks in it; what comes out is cut at them into pieces, and a person's
copy is the pieces joined with their values between.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_FIELD = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
_OPEN, _BASE, _CLOSE = "\ue000", 0xE100, "\ue001"
_MARK = re.compile(f"{_OPEN}(.){_CLOSE}", re.DOTALL)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MOST = 200  # fields of one email


@dataclass(frozen=True, slots=True)
class Field:
    meaning: str
    may_be_empty: bool = False


FIELDS: Mapping[str, Field] = {
    "first_name": Field("Their first name, where we know it", may_be_empty=True),
    "council": Field("Their fostering service, as the public knows it"),
    "council_phone": Field("Its phone number", may_be_empty=True),
    "council_email": Field("Its email address", may_be_empty=True),
    "hub": Field("The name of the hub"),
    "hub_phone": Field("The hub’s phone number", may_be_empty=True),
}
# Put in by the layout, never by an editor.
CHOICES, STOP = "choices_url", "stop_url"


class MergeFault(ValueError):
    """A sentence that an editor may read."""


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    fallback: str = ""


class Slots:
    """Those of one email, in the order in which they were first met."""

    def __init__(self) -> None:
        self._slots: list[Slot] = []

    def mark(self, slot: Slot) -> str:
        if slot not in self._slots:
            self._slots.append(slot)
        if len(self._slots) > _MOST:
            raise MergeFault(f"There are more than {_MOST} different fields in this email.")
        return f"{_OPEN}{chr(_BASE + self._slots.index(slot))}{_CLOSE}"

    def marked(self, typed: str) -> str:
        """`typed` with marks for its fields. Raises MergeFault."""
        marked = _FIELD.sub(lambda found: self.mark(_slot(found[1].strip(), found[2])), without_marks(typed))
        if "{" in marked or "}" in marked:
            raise MergeFault("There is a { or } without its partner. Fields look like this: {first_name|there}.")
        return marked

    def cut(self, marked: str) -> "Pieces":
        parts = _MARK.split(marked)
        return Pieces(tuple(parts[::2]), tuple(self._slots[ord(each) - _BASE] for each in parts[1::2]))


@dataclass(frozen=True, slots=True)
class Pieces:
    """`texts` is one longer than `slots`."""

    texts: tuple[str, ...]
    slots: tuple[Slot, ...]

    def joined(self, value: Callable[[Slot], str]) -> str:
        return "".join(self._alternating(value))

    def _alternating(self, value: Callable[[Slot], str]) -> Iterator[str]:
        for text, slot in zip(self.texts, self.slots, strict=False):
            yield text
            yield value(slot)
        yield self.texts[-1]


def has_field(marked: str) -> bool:
    return _OPEN in marked


def without_marks(typed: str) -> str:
    """For words that hold no fields."""
    return _PRIVATE.sub("", typed)


def check(typed: str) -> None:
    """Raises MergeFault."""
    Slots().marked(typed)


def _slot(name: str, fallback: str | None) -> Slot:
    field = FIELDS.get(name)
    if field is None:
        known = ", ".join(f"{{{each}}}" for each in FIELDS)
        raise MergeFault(f"“{{{name}}}” is not a field we know. You can use {known}.")
    words = (fallback or "").strip()
    if field.may_be_empty and not words:
        raise MergeFault(f"“{{{name}}}” may be empty. Say what to write then, for example {{{name}|{_example(name)}}}.")
    return Slot(name, words)


def _example(name: str) -> str:
    return "there" if name == "first_name" else "see our website"
