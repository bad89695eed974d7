"""Fill `((placeholders))` in. An allow-list and nothing else: whoever writes a council's words writes no program."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from enquiries.follow_up_states import FollowUp

_PLACEHOLDER = re.compile(r"\(\(\s*([^()]*?)\s*\)\)")
EVERYWHERE: Mapping[str, str] = {
    "reference": "The number of the enquiry",
    "service": "Your fostering service, as the public knows it",
    "contact": "Your phone number and email address, on lines of their own",
    "phone": "Your phone number",
    "what happens next": "The address of the page “What happens next”",
}
AFTER_CONTACT: Mapping[str, str] = {
    "greeting": "“Hello Erin,” once you have spoken to them; until then “Hello,”",
    "sorry": "We are sorry, and what for: only where a promise was missed",
}
OWN: Mapping[FollowUp, Mapping[str, str]] = {
    FollowUp.CONFIRMATION: {
        "promise": "Who gets in touch, how and by when",
        "by when": "“by 5pm on Tuesday 24 November”",
    },
    FollowUp.TRIED: {"tried": "When and how you tried", "next try": "By when you try again"},
    FollowUp.HANDED_OVER: {
        "former service": "The fostering service that had the enquiry before",
        "former visit": "A visit that was booked does not take place: only where one was",
        "from now on": "Who gets in touch, and by when",
        "by when": "“by 5pm on Tuesday 24 November”",
    },
    FollowUp.INFORMATION: {"short link": "The address of the page “What happens next”, for text messages"},
    FollowUp.VISIT_BOOKED: {"visit": "Day and time of the visit"},
    FollowUp.VISIT_REMINDER: {"visit": "Day and time of the visit"},
    FollowUp.NOT_YET: {"day": "The day on which they are asked again"},
    FollowUp.WAKE_UP: {"day": "The day that they named"},
}
REQUIRED: Mapping[FollowUp, tuple[str, ...]] = {
    FollowUp.CONFIRMATION: ("promise", "reference"),
    FollowUp.HANDED_OVER: ("former service", "from now on", "reference"),
    FollowUp.VISIT_BOOKED: ("visit",),
    FollowUp.VISIT_REMINDER: ("visit",),
    FollowUp.NOT_YET: ("day",),
}


class UnknownPlaceholder(LookupError):
    """`name` stands in a text and is not on the list."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Words:
    """What a follow-up says. `link` is what the link to "Your enquiry" is called."""

    subject: str
    text: str
    text_message: str
    link: str


def offered(follow_up: FollowUp) -> Mapping[str, str]:
    """The confirmation greets nobody by name: nobody has shown yet that the address is theirs."""
    greeting = {} if follow_up == FollowUp.CONFIRMATION else AFTER_CONTACT
    return {**OWN.get(follow_up, {}), **greeting, **EVERYWHERE}


def named_in(text: str) -> list[str]:
    return [match[1].lower() for match in _PLACEHOLDER.finditer(text)]


def has_half_a_placeholder(text: str) -> bool:
    return text.count("((") != len(named_in(text)) or text.count("))") != len(named_in(text))


def fill_what_is_known(text: str, values: Mapping[str, str]) -> str:
    """What is not stays as it is, for a person to write."""
    return fill(text, {name: f"(({name}))" for name in named_in(text)} | dict(values))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Raises UnknownPlaceholder. A paragraph that comes out empty is left out."""

    def value(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name not in values:
            raise UnknownPlaceholder(name)
        return values[name]

    filled = _PLACEHOLDER.sub(value, text)
    paragraphs = (part.strip() for part in re.split(r"\n[ \t]*\n", filled.replace("\r\n", "\n")))
    return "\n\n".join(part for part in paragraphs if part)


def filled(words: Words, values: Mapping[str, str]) -> Words:
    return Words(
        subject=fill(words.subject, values),
        text=fill(words.text, values),
        text_message=fill(words.text_message, values),
        link=words.link,
    )
