"""A text as paragraphs, headings and lists, for the HTML of a mail. Pure; the template escapes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_POINT = re.compile(r"(?:[*•-]|(\d{1,2})[.)])\s+(.*)")


class Shape(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Block:
    shape: Shape
    lines: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    for part in text.split("\n\n"):
        lines = tuple(line.strip() for line in part.splitlines() if line.strip())
        if lines:
            yield _block(lines)


def _block(lines: tuple[str, ...]) -> Block:
    if len(lines) == 1 and lines[0].startswith("# "):
        return Block(Shape.HEADING, (lines[0][2:].strip(),))
    points = [_POINT.fullmatch(line) for line in lines]
    if all(points):
        found = [match for match in points if match]
        return Block(Shape.NUMBERS if found[0][1] else Shape.BULLETS, tuple(match[2] for match in found))
    return Block(Shape.PARAGRAPH, lines)


def as_text(text: str) -> str:
    """For the plain part: a heading needs no sign of its own."""
    return "\n".join(line.removeprefix("# ") for line in text.splitlines())
