"""Enquiries of one council that were joined: which goes on, and what went into it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from enquiries.models import Enquiry


@dataclass(frozen=True)
class Joined:
    """`into`: by the joined one's key, the one into which it was joined, which may have been joined further."""

    into: Mapping[UUID, UUID]
    by_head: Mapping[UUID, tuple[UUID, ...]]

    def head(self, key: UUID) -> UUID:
        return _head(self.into, key)

    def heads(self) -> list[UUID]:
        return list(self.by_head)

    def parts(self, head: UUID) -> tuple[UUID, ...]:
        return self.by_head.get(head, ())

    def touches(self, head: UUID, keys: Collection[UUID]) -> bool:
        return head in keys or any(part in keys for part in self.parts(head))


def joined_in(council_id: int) -> Joined:
    """In the council's scope."""
    rows = Enquiry.objects.filter(council=council_id, merged_into__isnull=False).order_by("created_at", "pk")
    into = dict(rows.values_list("pk", "merged_into_id"))
    by_head: dict[UUID, list[UUID]] = defaultdict(list)
    for key in into:
        by_head[_head(into, key)].append(key)
    return Joined(into, {head: tuple(parts) for head, parts in by_head.items()})


def _head(into: Mapping[UUID, UUID], key: UUID) -> UUID:
    while key in into:
        key = into[key]
    return key
