"""The rules as a person reads them."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import TextChoices

from campaigns.audiences.rules import Attended, Case, Rules
from enquiries.came_states import Source
from enquiries.states import CareKind, CloseReason, State


def in_words(rules: Rules, *, councils: Mapping[str, str], areas: Mapping[str, str]) -> list[str]:
    """One line a rule; `councils` by slug and `areas` by code are names."""
    lines = [*_lists(rules, councils, areas), *_choices(rules), *_days(rules)]
    return lines or ["Everybody: there are no rules"]


def _lists(rules: Rules, councils: Mapping[str, str], areas: Mapping[str, str]) -> Iterator[str]:
    named = {
        "Councils": [councils.get(slug, "another council") for slug in rules.councils],
        "Where they live": [areas.get(code, code) for code in rules.areas],
        "State of the enquiry": _labels(State, rules.states),
        "“Not yet” because": _labels(CloseReason, rules.reasons),
        "Interested in": _labels(CareKind, rules.interests),
        "Came to us by": _labels(Source, rules.sources),
    }
    for what, names in named.items():
        if names:
            yield f"{what}: {_either(names)}"


def _choices(rules: Rules) -> Iterator[str]:
    if rules.case is not Case.EITHER:
        yield str(rules.case.label)
    if rules.attended is not Attended.EITHER:
        yield str(rules.attended.label)


def _days(rules: Rules) -> Iterator[str]:
    told = {
        "The enquiry came at least {} ago": rules.asked_before,
        "The enquiry came at most {} ago": rules.asked_within,
        "No campaign email for {}": rules.unmailed,
        "No word from them, and not spoken with, for {}": rules.unheard,
    }
    for sentence, days in told.items():
        if days is not None:
            yield sentence.format(f"{days:,} day{'' if days == 1 else 's'}")


def _labels(choices: type[TextChoices], values: Iterable[str]) -> list[str]:
    return [str(choice.label) for choice in choices if choice in set(values)]


def _either(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
