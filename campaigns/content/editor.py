"""What the editor's page shows of a draft."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaigns.content.blocks import Block, Kind
from campaigns.content.drafts import Draft
from campaigns.content.merging import FIELDS
from campaigns.content.rendering import person
from councils.models import Council


@dataclass(frozen=True, slots=True)
class Shown:
    """`id`: of its fields, `block-0`. `faults`: by what each is about."""

    number: int
    id: str
    block: Block
    label: str
    faults: Mapping[str, str]
    is_first: bool
    is_last: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Offered:
    typed: str
    meaning: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Side:
    """One line of two versions."""

    label: str
    mine: str
    theirs: str


def shown_blocks(draft: Draft, faults: Mapping[str, str], now: int | None) -> list[Shown]:
    return [_shown(number, block, draft, faults, now) for number, block in enumerate(draft.blocks)]


def _shown(number: int, block: Block, draft: Draft, faults: Mapping[str, str], now: int | None) -> Shown:
    its = f"block-{number}"
    return Shown(
        number=number,
        id=its,
        block=block,
        label=f"{number + 1}. {block.kind.label}",
        faults={name.removeprefix(f"{its}-"): told for name, told in faults.items() if name.startswith(f"{its}-")},
        is_first=number == 0,
        is_last=number == len(draft.blocks) - 1,
        is_now=number == now,
    )


def fields_offered(council: Council) -> list[Offered]:
    """What an editor copies, and what it becomes for Erin in this council."""
    reader = person("Erin", council)
    return [_offered(name, getattr(reader, name)) for name in FIELDS]


def _offered(name: str, becomes: str) -> Offered:
    field = FIELDS[name]
    fallback = "there" if name == "first_name" else "our website"
    return Offered(
        f"{{{name}|{fallback}}}" if field.may_be_empty else f"{{{name}}}", field.meaning, becomes or fallback
    )


def both_versions(mine: Draft, theirs: Draft) -> list[Side]:
    """Where they differ."""
    sides = [
        Side("Subject", mine.subject, theirs.subject),
        Side("Preview text", mine.preheader, theirs.preheader),
        Side("The email", "\n\n".join(_in_words(mine)), "\n\n".join(_in_words(theirs))),
    ]
    return [side for side in sides if side.mine != side.theirs]


def _in_words(draft: Draft) -> Iterator[str]:
    for block in draft.blocks:
        words = "\n".join(filter(None, (block.text, block.address, block.who)))
        yield f"[{block.kind.label}]" + (f"\n{words}" if words and block.kind != Kind.DIVIDER else "")
