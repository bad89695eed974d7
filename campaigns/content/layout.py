"""Blocks as HTML and as plain text, with marks where a person's own words go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from campaigns.content.blocks import Block, Kind
from campaigns.content.coming import Coming, coming
from campaigns.content.links import Addresses
from campaigns.content.marking_up import html_of, text_of
from campaigns.content.merging import Slots
from councils.models import Council


@dataclass(frozen=True, slots=True)
class Laid:
    """One block, marked."""

    kind: Kind
    text: str
    address: str = ""
    who: str = ""
    events: tuple[Coming, ...] = ()


def laid_out(blocks: Iterable[Block], slots: Slots, council: Council) -> list[Laid]:
    """Raises MergeFault."""
    return [
        Laid(
            kind=block.kind,
            text=slots.marked(block.text),
            address=block.address,
            who=slots.marked(block.who),
            events=coming(council, block.many) if block.kind == Kind.EVENTS else (),
        )
        for block in blocks
        if not block.is_bare
    ]


def as_html(parts: Iterable[Laid], to: Addresses) -> str:
    return "".join(_html(part, to) for part in parts)


def _html(part: Laid, to: Addresses) -> str:
    if part.kind == Kind.TEXT:
        return html_of(part.text, to)
    shown = {
        "part": part,
        "address": to(part.address) if part.address else "",
        "events": [(event, to(event.address)) for event in part.events],
    }
    return render_to_string(f"mail/campaign/{part.kind.value}.html", shown)


def as_text(parts: Iterable[Laid], to: Addresses) -> str:
    return "\n\n".join(text for part in parts if (text := _text(part, to)))


def _text(part: Laid, to: Addresses) -> str:
    match part.kind:
        case Kind.TEXT:
            return text_of(part.text, to.plain)
        case Kind.HEADING:
            return f"{part.text}\n{'-' * 40}"
        case Kind.BUTTON:
            return f"{part.text}:\n{to.plain(part.address)}"
        case Kind.QUOTE:
            return f"“{part.text}”" + (f"\n– {part.who}" if part.who else "")
        case Kind.EVENTS:
            return "\n\n".join([part.text or "Coming events", *_events(part.events, to)])
        case _:
            return "-" * 40


def _events(events: Iterable[Coming], to: Addresses) -> Iterator[str]:
    lines = [
        "\n".join([event.title, ", ".join(filter(None, (event.when, event.where))), to.plain(event.address)])
        for event in events
    ]
    yield from lines or ["No events are planned at the moment."]
