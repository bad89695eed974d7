"""The pieces an email is made of, as JSON in `Mailing.blocks`. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.db.models import TextChoices

MOST = 30
TEXT_MOST = 5000
EVENTS_MOST = 10


class Kind(TextChoices):
    HEADING = "heading", "Heading"
    TEXT = "text", "Text"
    BUTTON = "button", "Button"
    EVENTS = "events", "Coming events"
    QUOTE = "quote", "Quote"
    DIVIDER = "divider", "Line between parts"


@dataclass(frozen=True, slots=True)
class Block:
    """`text`: the words, Markdown in a text. `address`: of a button. `who`: of a quote. `many`: how many events."""

    kind: Kind
    text: str = ""
    address: str = ""
    who: str = ""
    many: int = 3

    @property
    def is_bare(self) -> bool:
        """Still to be written."""
        return self.kind not in (Kind.DIVIDER, Kind.EVENTS) and not self.text


def as_json(blocks: Iterable[Block]) -> list[dict[str, str | int]]:
    return [asdict(block) for block in blocks]


def blocks_of(kept: Iterable[Mapping[str, object]]) -> tuple[Block, ...]:
    """What this version does not know is left out."""
    return tuple(_block(each) for each in kept if each.get("kind") in Kind.values)


def _block(kept: Mapping[str, object]) -> Block:
    many = kept.get("many")
    return Block(
        kind=Kind(str(kept["kind"])),
        text=str(kept.get("text", "")),
        address=str(kept.get("address", "")),
        who=str(kept.get("who", "")),
        many=many if isinstance(many, int) and 1 <= many <= EVENTS_MOST else 3,
    )
