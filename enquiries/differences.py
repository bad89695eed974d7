"""What a person changed when they sent the form again: both answers side by side, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from enquiries.answers import strings
from enquiries.states import FostersWith, Kind, Slot, Way

LABELS: Mapping[str, str] = {
    "postcode": "Postcode",
    "name": "Name",
    "phone": "Phone",
    "email": "Email",
    "kind": "Type",
    "fosters_with": "Fosters with",
    "fosters_with_name": "Name of the agency or council",
    "way": "Way to get in touch",
    "times": "Times",
    "voicemail_ok": "A voicemail may mention fostering",
    "text_ok": "A text message may mention fostering",
    "language": "Language",
    "needs_interpreter": "Interpreter",
    "uses_bsl": "British Sign Language",
    "uses_text_relay": "Text relay",
    "message": "Message",
    "news_by_email": "News by email",
    "news_by_text": "News by text message",
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": dict(Kind.choices),
    "fosters_with": dict(FostersWith.choices),
    "way": dict(Way.choices),
    "times": dict(Slot.choices),
}


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def differences(first: Mapping[str, object], other: Mapping[str, object]) -> list[Difference]:
    """Of two sendings as they were stored, in the order of the form."""
    compared = ((label, _told(name, first), _told(name, other)) for name, label in LABELS.items())
    return [Difference(label, before, after) for label, before, after in compared if before != after]


def _told(name: str, answers: Mapping[str, object]) -> str:
    if name == "postcode":
        route = answers.get("route")
        return str(route.get("postcode") or route.get("typed", "")) if isinstance(route, Mapping) else ""
    value = answers.get(name, "")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    words = CHOICES.get(name, {})
    return ", ".join(words.get(item, item) for item in (strings(value) or (str(value or ""),)))
