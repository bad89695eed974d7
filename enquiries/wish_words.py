"""A wish in words: as it is asked, as staff read it, and how languages that somebody typed are told apart. Pure."""

import re
from collections.abc import Iterable, Iterator

from enquiries.answers import Wished
from enquiries.languages import called
from enquiries.states import TalkAbout
from enquiries.wish_states import Attribute, TalkBy

Fact = tuple[str, str]
_BETWEEN = re.compile(r"[,;/&\n]|\band\b|\bor\b", re.IGNORECASE)
_EVERYBODYS = "english"
MOST_LANGUAGES = 5
LONGEST_LANGUAGE = 60


def who(attribute: Attribute) -> str:
    """After "somebody who"."""
    label = str(attribute.label)
    return label[0].lower() + label[1:]


def languages_in(typed: str) -> tuple[str, ...]:
    """Any of them will do; so with English among them none is needed, for everybody here speaks it."""
    named = [" ".join(part.split()) for part in _BETWEEN.split(typed)]
    told = list(dict.fromkeys(called(part) for part in named if part))
    return () if any(part.casefold() == _EVERYBODYS for part in told) else tuple(told)


def facts_of(wished: Wished) -> Iterator[Fact]:
    """For staff who look for the right person."""
    yield "Somebody who", _listed(who(each) for each in wished.whom)
    yield "About", _listed(str(each.label) for each in wished.about)
    yield "Wants to ask", wished.detail
    yield "Needs to speak", " or ".join(wished.languages)
    yield "By", _listed(str(each.label) for each in wished.ways)


def wished_from(
    *, whom: Iterable[str], about: Iterable[str], detail: str, languages: Iterable[str], ways: Iterable[str]
) -> Wished:
    """As a row keeps it. What is offered no longer is left out."""
    return Wished(
        whom=tuple(Attribute(each) for each in whom if each in Attribute.values),
        about=tuple(TalkAbout(each) for each in about if each in TalkAbout.values),
        detail=detail,
        languages=tuple(languages),
        ways=tuple(TalkBy(each) for each in ways if each in TalkBy.values),
    )


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)
