"""What an editor typed, what is wrong with it, and what became of it when a button moved its blocks. Pure, but for the
choices of a block."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from campaigns.content.blocks import EVENTS_MOST, MOST, TEXT_MOST, Block, Kind
from campaigns.content.marking_up import links_in
from campaigns.content.merging import MergeFault, Slots, has_field

SUBJECT_MOST, SUBJECT_FITS = 120, 50
PREHEADER_MOST = 150
ADDRESS_MOST = 500
_ADDRESS = re.compile(r"/(?!/)\S*|https?://[^\s/]+\.[^\s/]+\S*|https?://localhost\S*|mailto:\S+@\S+|tel:\+?[\d -]+")
_PRESSED = re.compile(r"(add|up|down|remove)-(\w+)")


@dataclass(frozen=True, slots=True)
class Draft:
    subject: str = ""
    preheader: str = ""
    blocks: tuple[Block, ...] = ()


def is_address(typed: str) -> bool:
    return _ADDRESS.fullmatch(typed) is not None


def typed(sent: Mapping[str, str]) -> Draft:
    """Of a posted form: `block-0-kind`, `block-0-text` and so on, without a gap."""
    return Draft(
        subject=" ".join(sent.get("subject", "").split()),
        preheader=" ".join(sent.get("preheader", "").split()),
        blocks=tuple(_typed_blocks(sent)),
    )


def _typed_blocks(sent: Mapping[str, str]) -> Iterator[Block]:
    for number in range(MOST):
        kind = sent.get(f"block-{number}-kind")
        if kind not in Kind.values:
            return
        words = {name: sent.get(f"block-{number}-{name}", "").strip() for name in ("text", "address", "who", "many")}
        many = int(words["many"]) if re.fullmatch(r"[0-9]{1,2}", words["many"]) else 3
        text = words["text"].replace("\r\n", "\n")
        yield Block(Kind(kind), text, words["address"], words["who"], min(max(many, 1), EVENTS_MOST))


def rearranged(draft: Draft, pressed: str) -> tuple[Draft, int | None]:
    """`add-text`, `up-2`, `down-0`, `remove-1`: and which block to show now. What fits no more does nothing."""
    found = _PRESSED.fullmatch(pressed)
    if not found:
        return draft, None
    what, which = found.groups()
    blocks = list(draft.blocks)
    if what == "add":
        at = _add(blocks, which)
    else:
        at = _moved(blocks, what, int(which)) if which.isdecimal() and int(which) < len(blocks) else None
    return replace(draft, blocks=tuple(blocks)), at


def _add(blocks: list[Block], kind: str) -> int | None:
    if kind not in Kind.values or len(blocks) >= MOST:
        return None
    blocks.append(Block(Kind(kind)))
    return len(blocks) - 1


def _moved(blocks: list[Block], what: str, at: int) -> int | None:
    block = blocks.pop(at)
    if what == "remove":
        return min(at, len(blocks) - 1) if blocks else None
    to = max(at - 1, 0) if what == "up" else min(at + 1, len(blocks))
    blocks.insert(to, block)
    return to


def faults(draft: Draft) -> dict[str, str]:
    """Sentences, by the field that each is about. What is still empty is none: see checking.unready."""
    lines = {"subject": (draft.subject, SUBJECT_MOST), "preheader": (draft.preheader, PREHEADER_MOST)}
    found = {name: fault for name, (words, most) in lines.items() if (fault := _of_words(words, most))}
    for number, block in enumerate(draft.blocks):
        found |= {f"block-{number}-{name}": fault for name, fault in _of_block(block)}
    return found


def _of_block(block: Block) -> Iterator[tuple[str, str]]:
    if fault := _of_words(block.text, TEXT_MOST) or _of_links(block):
        yield "text", fault
    if fault := _of_words(block.who, 120):
        yield "who", fault
    if block.kind != Kind.BUTTON:
        return
    if block.text and not block.address:
        yield "address", "Say where the button leads."
    elif block.address and (fault := _of_address(block.address)):
        yield "address", fault


def _of_words(words: str, most: int) -> str:
    if len(words) > most:
        return f"This has {len(words)} letters, and there is room for {most}."
    try:
        Slots().marked(words)
    except MergeFault as fault:
        return str(fault)
    return ""


def _of_links(block: Block) -> str:
    if block.kind != Kind.TEXT:
        return ""
    links = list(links_in(Slots().marked(block.text)))
    if any(not words.strip() for _, words in links):
        return "A link has no words. Write them between the square brackets: [our events](/events/)."
    return next((fault for address, _ in links if (fault := _of_address(address))), "")


def _of_address(address: str) -> str:
    if "%EE%80%80" in address or has_field(address) or "{" in address:
        return "A field like {council} cannot stand in an address: everybody gets the same one."
    if len(address) > ADDRESS_MOST:
        return f"This address has {len(address)} letters, and there is room for {ADDRESS_MOST}."
    if not is_address(address):
        return f"“{address}” is no address. Write https://… for another site, or /events/ for a page of ours."
    return ""
