"""What rooms above hold on people beside their cases: in the file of a case, and on people who have none. They register
in `AppConfig.ready`; nothing down here knows them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry

Rows = list[Mapping[str, object]]
Titled = tuple[str, Rows]


@dataclass(frozen=True)
class Beside:
    """`of_case`: more of somebody who has a case. The others are asked about an address, each in the scope of one
    council: what is held on whoever has no case; the keys under which it is erased; that it was taken out. `erase`
    works as the eraser, in that scope, and answers how many rows of which table; empty where there are none."""

    of_case: Callable[[Enquiry], list[Titled]]
    of_address: Callable[[Council, str], list[Titled]]
    keys_of: Callable[[Council, str], list[UUID]]
    taken_out: Callable[[Council, str], None]
    erase: Callable[[int, UUID], Mapping[str, int]]


_known: list[Beside] = []


def is_held_beside(beside: Beside) -> None:
    _known.append(beside)


def of_case(case: Enquiry) -> Iterator[Titled]:
    for each in _known:
        yield from each.of_case(case)


def of_address(council: Council, address: str) -> list[Titled]:
    with as_council(council):
        return [titled for each in _known for titled in each.of_address(council, address)]


def keys_of(council: Council, address: str) -> list[UUID]:
    with as_council(council):
        return [key for each in _known for key in each.keys_of(council, address)]


def note_taken_out(council: Council, address: str) -> None:
    with as_council(council):
        for each in _known:
            each.taken_out(council, address)


def erase_beside(council_id: int, key: UUID) -> dict[str, int]:
    return {table: rows for each in _known for table, rows in each.erase(council_id, key).items()}
