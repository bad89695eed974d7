"""Rules of a handover. Pure: ids of councils, counts and words in, an answer out."""

import re
from dataclasses import dataclass

from enquiries.search import compact, digits
from enquiries.states import RouteChoice

REFUSED_OFTEN = 2  # in one journey, by whatever councils: then the hub manager decides
ENOUGH_DIGITS = 6
ENOUGH_LETTERS = 3
SHORTEST_POSTCODE = 5


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a journey has been: its councils in order, the present one last, and how often one refused it."""

    been: tuple[int, ...]
    refused: int = 0

    @property
    def returns(self) -> int:
        """How often it came back to a council that had passed it on."""
        return sum(council in self.been[:place] for place, council in enumerate(self.been))

    def is_ping_pong(self, to: int) -> bool:
        """Back once is a mistake put right; a second time the councils do not agree."""
        return to in self.been and self.returns > 0

    @property
    def is_refused_often(self) -> bool:
        return self.refused >= REFUSED_OFTEN


@dataclass(frozen=True, slots=True)
class Person:
    """What must not stand in words that another council reads before it has the case."""

    name: str
    email: str
    phone: str
    postcode: str


def tells_who_it_is(text: str, person: Person) -> bool:
    """The surname, the address, the number or the whole postcode. A first name alone is many people's."""
    if person.email and person.email.casefold() in text.casefold():
        return True
    number = digits(person.phone)[-ENOUGH_DIGITS:]
    if len(number) == ENOUGH_DIGITS and number in re.sub(r"\D", "", text):
        return True
    postcode = compact(person.postcode)
    if len(postcode) >= SHORTEST_POSTCODE and postcode in compact(text):
        return True
    *others, surname = person.name.split() or [""]
    return bool(others) and len(surname) >= ENOUGH_LETTERS and _names(surname, text)


def _names(surname: str, text: str) -> bool:
    """Written as a name: Mr Young is named, young people are not."""
    named = "|".join(re.escape(written) for written in {surname, surname.title()})
    return re.search(rf"(?<!\w)(?:{named})(?!\w)", text) is not None


def choice_after(reason: str) -> RouteChoice:
    """How the council that answers now came to be the one."""
    return RouteChoice.CHOSE_COUNCIL if reason in _WANTED_IT else RouteChoice.STAFF_CHOICE


_WANTED_IT = frozenset({"asked_for_it", "recruits_here"})
