"""Addresses in an email: as typed, as they lead, and as they stand in it where following them is counted.

What stands in the plain text are the addresses themselves: people read them. The counted ones stand in the HTML.
"""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings

from campaigns.content.blocks import Block, Kind
from campaigns.content.marking_up import addresses_in
from campaigns.content.merging import Slots


def leads_to(address: str, code: str = "") -> str:
    """A path is one of ours. One of ours says with `c=` by which email somebody came."""
    full = f"{settings.BASE_URL}{address}" if address.startswith("/") else address
    return with_code(full, code) if code and is_ours(full) else full


def is_ours(address: str) -> bool:
    return address == settings.BASE_URL or address.startswith((f"{settings.BASE_URL}/", f"{settings.BASE_URL}?"))


def is_countable(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def with_code(address: str, code: str) -> str:
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "c"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("c", code)])))


def typed_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Every address, in the order of the email, as often as it stands there. Raises MergeFault."""
    for block in blocks:
        if block.kind == Kind.TEXT:
            yield from addresses_in(Slots().marked(block.text))
        elif block.kind == Kind.BUTTON and block.address:
            yield block.address


class Addresses:
    """What stands in the HTML for each address. `counted`: by where it leads, the address of ours that counts."""

    def __init__(self, code: str = "", counted: Mapping[str, str] | None = None) -> None:
        self._code, self._counted = code, counted or {}
        self.met: list[str] = []  # where countable ones lead, in order, each once

    def plain(self, address: str) -> str:
        return leads_to(address, self._code)

    def __call__(self, address: str) -> str:
        leads = leads_to(address, self._code)
        if is_countable(leads) and leads not in self.met:
            self.met.append(leads)
        return self._counted.get(leads, leads)
