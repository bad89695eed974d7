"""Who waits, as a coordinator reads it: a first name and what they wished for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from ambassadors.matched.seekers import Waiting
from ambassadors.matching import FIRST_AFTER
from ambassadors.reasons import listed
from ambassadors.states import Attribute, TalkBy
from councils.working_time import in_london
from enquiries.states import CareKind, Slot, TalkAbout

_IN_A_LIST = frozenset({"With somebody who", "About", "Language that is needed", "Kinds of fostering"})


@dataclass(frozen=True, slots=True)
class Person:
    key: UUID
    first_name: str
    reference: str
    council: str
    since: date
    days: int
    comes_first: bool
    did_not_answer: bool
    tried: int
    wished: tuple[tuple[str, str], ...]  # what, in words

    @property
    def short(self) -> tuple[tuple[str, str], ...]:
        """For a list: what matching weighs."""
        return tuple((what, words) for what, words in self.wished if what in _IN_A_LIST)

    @property
    def waited(self) -> str:
        return "since today" if self.days == 0 else f"{self.days} day{'s' if self.days > 1 else ''}"


def person_of(waiting: Waiting, today: date) -> Person:
    since = in_london(waiting.wish.since).date()
    return Person(
        waiting.seeker.key,
        waiting.first_name,
        waiting.case.reference,
        waiting.case.council.name,
        since,
        max((today - since).days, 0),
        waiting.seeker.noes >= FIRST_AFTER,
        waiting.did_not_answer,
        len(waiting.past),
        tuple((what, words) for what, words in _wished(waiting) if words),
    )


def _wished(waiting: Waiting) -> Iterable[tuple[str, str]]:
    seeker = waiting.seeker
    yield "With somebody who", _labels(Attribute, seeker.wishes)
    yield "About", _labels(TalkAbout, seeker.about)
    yield "In their words", waiting.wish.detail
    yield "Language that is needed", listed(sorted(seeker.languages), "or")
    yield "Kinds of fostering", _labels(CareKind, seeker.kinds - {CareKind.NOT_SURE})
    yield "By", _labels(TalkBy, seeker.ways) if waiting.wish.ways else "any way"
    yield "Times that suit", _labels(Slot, seeker.times)


def _labels(words: type[Enum], held: Iterable[object]) -> str:
    kept = set(held)
    return "; ".join(_lower(str(each.label)) for each in words if each in kept)  # type: ignore[attr-defined]  # of Choices


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
