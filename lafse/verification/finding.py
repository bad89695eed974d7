from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """`offending` names rows by table and id, nobody by name. `excused`: how many have which good reason."""

    title: str
    checked: int
    offending: tuple[str, ...] = ()
    excused: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return not self.offending


def named(table: str, ids: Iterable[object]) -> tuple[str, ...]:
    return tuple(f"{table} {each}" for each in ids)
