"""The rules of a segment: whom it finds, as data. Pure: the query is made of them in `finding`, the words in `words`.

A list that is empty asks for nothing, so the rules without any find everybody. What people wish for in a conversation,
and what they told for equality monitoring, is no rule and cannot become one: a name that is not below is refused.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db.models import TextChoices

from councils.refusals import Refused
from enquiries.came_states import Source
from enquiries.states import ENQUIRY_REASONS, CareKind, CloseReason, State

C = TypeVar("C", bound=TextChoices)
MOST_DAYS = 3650
_CODE = re.compile(r"[A-Z][0-9]{8}")
_SLUG = re.compile(r"[a-z0-9-]{1,50}")


class BadRules(Refused):
    """With a sentence for whoever wrote them."""


class Case(TextChoices):
    """Whether somebody enquired at all."""

    EITHER = "", "It does not matter"
    WITH = "with", "Those who enquired"
    WITHOUT = "without", "Only those who get news and never enquired"


class Attended(TextChoices):
    EITHER = "", "It does not matter"
    BOOKED = "booked", "Booked for an event"
    CAME = "came", "Came to an event"
    MISSED = "missed", "Booked and did not come"
    NEVER = "never", "Never booked for an event"


@dataclass(frozen=True, slots=True)
class Rules:
    """`councils`: slugs; none means the owner's own people, a hub office's those of the whole hub. `reasons`: of those
    who said “not yet”. `asked_before`, `asked_within`: the enquiry came at least, at most, so many days ago.
    `unmailed`, `unheard`: no campaign email to them, and no word from them, for so many days."""

    councils: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    case: Case = Case.EITHER
    attended: Attended = Attended.EITHER
    asked_before: int | None = None
    asked_within: int | None = None
    unmailed: int | None = None
    unheard: int | None = None

    @property
    def about_cases(self) -> bool:
        """Only somebody with an enquiry can be found by these."""
        asked = (self.asked_before, self.asked_within, self.unheard)
        named = self.states or self.reasons or self.sources or self.attended not in (Attended.EITHER, Attended.NEVER)
        return bool(named) or self.case is Case.WITH or any(days is not None for days in asked)

    @property
    def only_without_case(self) -> bool:
        return self.case is Case.WITHOUT

    @property
    def wanted_states(self) -> tuple[str, ...]:
        """A reason alone asks for the state that has one."""
        return self.states or ((str(State.NOT_YET),) if self.reasons else ())

    def as_json(self) -> dict[str, object]:
        """Of what is asked for alone, so that a rule that is added later changes no segment."""
        told: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _plain(value) for name, value in told.items() if value not in ((), None, "")}


def _plain(value: tuple[str, ...] | TextChoices | int) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, TextChoices) else value


# What was joined to another case, or went to another council, is found there.
GOES_ON_ELSEWHERE = (State.DUPLICATE, State.PASSED_ON)
FOUND_STATES = tuple(str(state) for state in State if state not in GOES_ON_ELSEWHERE)
_LISTS: Mapping[str, Collection[str]] = {
    "states": FOUND_STATES,
    "reasons": [str(reason) for reason in ENQUIRY_REASONS],
    "interests": CareKind.values,
    "sources": Source.values,
}
_SHAPES = {"councils": _SLUG, "areas": _CODE}
_DAYS = ("asked_before", "asked_within", "unmailed", "unheard")


def read(data: object) -> Rules:
    """Raises BadRules."""
    if not isinstance(data, dict):
        raise BadRules("These are no rules.")
    if unknown := sorted(set(map(str, data)) - {each.name for each in fields(Rules)}):
        raise BadRules(f"There is no rule “{unknown[0]}”.")
    told: dict[str, Any] = {name: _listed(name, data.get(name, [])) for name in (*_LISTS, *_SHAPES)}
    told |= {name: _days(name, data.get(name)) for name in _DAYS}
    case, attended = _one(Case, data.get("case", "")), _one(Attended, data.get("attended", ""))
    return sound(Rules(**told, case=case, attended=attended))


def sound(rules: Rules) -> Rules:
    """The same; raises BadRules where nobody can be found by them."""
    if rules.only_without_case and rules.about_cases:
        raise BadRules(
            "Whoever never enquired has no state, no reason, no way of coming to us and no event. "
            "Choose other people, or take those rules out."
        )
    before, within = rules.asked_before, rules.asked_within
    if before is not None and within is not None and before > within:
        raise BadRules(f"No enquiry came at least {before} and at most {within} days ago.")
    if rules.reasons and rules.states and State.NOT_YET not in rules.states:
        raise BadRules("A reason is of those who said “not yet”: choose that state, or no reason.")
    return rules


def _listed(name: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise BadRules(f"“{name}” is no list of words.")
    known, shape = _LISTS.get(name), _SHAPES.get(name)
    for each in given:
        if (known is not None and each not in known) or (shape and not shape.fullmatch(each)):
            raise BadRules(f"“{each[:40]}” is not on the list of {name}.")
    return tuple(sorted(set(given)))


def _days(name: str, given: object) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MOST_DAYS:
        raise BadRules(f"“{name}” is a number of days from 0 to {MOST_DAYS}.")
    return given


def _one(choices: type[C], given: object) -> C:
    if not isinstance(given, str) or given not in choices.values:
        raise BadRules(f"“{given}” is no choice.")
    return choices(given)


def not_yet_reasons() -> list[tuple[str, str]]:
    return [(str(reason), str(CloseReason(reason).label)) for reason in ENQUIRY_REASONS]
