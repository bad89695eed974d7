"""What people have in hand. The rooms above know what work is; they register how it is counted and handed on."""

from collections.abc import Collection, Mapping
from typing import Protocol

from councils.access import Access
from councils.models import User

InHand = Mapping[tuple[int, int], int]  # by council and user: open cases


class Work(Protocol):
    def in_hand(self, councils: Collection[int]) -> InHand: ...

    def address(self, user: User, council: int | None) -> str:
        """The list of what this person has in this council; None: in all."""
        ...

    def takers(self, council: int) -> list[User]:
        """Who may be given it, by name."""
        ...

    def hand_on(self, user: User, council: int, *, to: User | None, by: Access) -> int:
        """All that is open. How many."""
        ...


_REGISTERED: list[Work] = []


def register(work: Work) -> None:
    """By the app of a room above, once it is ready."""
    _REGISTERED.append(work)


def in_hand(councils: Collection[int]) -> InHand:
    counted: dict[tuple[int, int], int] = {}
    for work in _REGISTERED:
        for whose, count in work.in_hand(councils).items():
            counted[whose] = counted.get(whose, 0) + count
    return counted


def of_one(user: int, counted: InHand, councils: Collection[int]) -> int:
    return sum(counted.get((council, user), 0) for council in councils)


def addresses(user: User, councils: Collection[int]) -> list[str]:
    council = next(iter(councils)) if len(councils) == 1 else None
    return [work.address(user, council) for work in _REGISTERED]


def takers(council: int) -> list[User]:
    found = {user.pk: user for work in _REGISTERED for user in work.takers(council)}
    return sorted(found.values(), key=lambda user: (user.name, user.pk))


def hand_on(user: User, council: int, *, to: User | None, by: Access) -> int:
    return sum(work.hand_on(user, council, to=to, by=by) for work in _REGISTERED)
