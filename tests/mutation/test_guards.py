"""Every guard in the pages and their actions is left out in turn, with both layers away: the matrix must go red."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from lafse.isolation.addresses import Address, addresses
from lafse.isolation.asking import Cell, Part, Walk, silent
from lafse.isolation.expected import EXPECTED
from lafse.isolation.scratch import make
from tests.mutation.conftest import no_layers
from tests.mutation.guards import TOUCHED, Guard, guards, told, without

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

_LINES = Path(__file__).with_name("elsewhere.txt").read_text().splitlines()
ELSEWHERE = {line for line in _LINES if not line.startswith("#")}
METHODS = ("GET", "POST")
ACTORS = ("officer", "safeguarding", "lead", "manager", "hub manager")
PASSES = "hub manager"  # who comes so far that a guard behind another is reached as well
AMBASSADOR = "ambassador"  # who has pages of their own
PAGES_EACH = 3
PAGES_OWN = tuple(
    guard for guard in guards() if "/actions/" not in guard.file and guard.sort.startswith(("raise", "council__in"))
)


@dataclass
class Matrix:
    """Cells as they are with every guard in place, asked once."""

    walk: Walk
    through: dict[str, list[tuple[Address, str]]] = field(default_factory=dict)  # by function
    known: dict[tuple[str, str, str, bool], Cell] = field(default_factory=dict)

    def learn(self) -> None:
        """Which pages come by which function."""
        pages = [each for each in addresses() if each.name in EXPECTED and _passes(each)]
        with told():
            for address, method in product(pages, METHODS):
                TOUCHED.clear()
                self._cell(address, method, _passes(address))
                for place in TOUCHED:
                    self.through.setdefault(place, []).append((address, method))

    def notices(self, guard: Guard) -> bool:
        return any(self._differs(guard, *asked) for asked in self._asked(guard))

    def _asked(self, guard: Guard) -> Iterator[tuple[Address, str, str]]:
        """Pages about one object first: there another's and none are asked for as well."""
        pages = sorted(self.through[guard.place], key=lambda each: EXPECTED[each[0].name].about is None)
        for address, method in islice(pages, PAGES_EACH):
            for actor in ACTORS if address.is_staff_page else (AMBASSADOR,):
                yield address, method, actor

    def _differs(self, guard: Guard, address: Address, method: str, name: str) -> bool:
        """Of an action with the guards of the pages away, which would refuse before it."""
        before = PAGES_OWN if "/actions/" in guard.file else ()
        key = (address.name, method, name, bool(before))
        if key not in self.known:
            with without(*before):
                self.known[key] = self._cell(address, method, name)
        with without(guard, *before):
            return self._cell(address, method, name).faults != self.known[key].faults

    def _cell(self, address: Address, method: str, name: str) -> Cell:
        actor = next(actor for actor in self.walk.actors if actor.name == name)
        return self.walk.cell(address, EXPECTED[address.name], method, actor)


def _passes(address: Address) -> str:
    """Whom it lets in; empty where it has nobody in particular."""
    if address.is_staff_page:
        return PASSES
    return AMBASSADOR if EXPECTED[address.name].to_ambassadors else ""


def unnoticed(asked: Iterable[Guard]) -> list[Guard]:
    with silent():
        matrix = Matrix(Walk(make(), Part(actors=(*ACTORS, AMBASSADOR), methods=METHODS)))
        matrix.learn()
        return [guard for guard in asked if guard.place not in matrix.through or not matrix.notices(guard)]


def test_a_missing_guard_is_noticed(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    with django_db_blocker.unblock(), no_layers():
        left = unnoticed(guard for guard in guards() if str(guard) not in ELSEWHERE)
    assert {str(guard) for guard in left} == set(), "say where it is noticed, or have it noticed here"


def test_the_list_names_guards_that_there_are() -> None:
    assert ELSEWHERE - {str(guard) for guard in guards()} == set()
