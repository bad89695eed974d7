"""What a row of numbers is called: values of a breakdown in words, in the order of their lists."""

from collections.abc import Iterable, Mapping

from dashboards.exports.chosen import By
from dashboards.states import Stage
from enquiries.came_states import Source
from enquiries.states import Channel, CloseReason, Kind, State

_WORDS: Mapping[By, Mapping[str, str]] = {
    By.KIND: {each.value: each.label for each in Kind},
    By.CHANNEL: {each.value: each.label for each in Channel},
    By.SOURCE: {each.value: each.label for each in Source},
    By.LAST_SOURCE: {each.value: each.label for each in Source},
    By.LANE: {
        "service_email": "Emails to people who wait for them",
        "service_sms": "Texts to people who wait for them",
        "campaign_email": "Emails to many",
        "campaign_sms": "Texts to many",
    },
    By.STAGE: {each.value: each.label for each in Stage},
    By.REASON: {each.value: each.label for each in (*CloseReason, *State)},
}
NOTHING = "Nothing written down"


def in_words(by: By, value: str) -> str:
    return _WORDS.get(by, {}).get(value, value) or NOTHING


def in_order(by: By, values: Iterable[str]) -> list[str]:
    """As the list has them; what is in none comes after, by the alphabet."""
    places = {value: place for place, value in enumerate(_WORDS.get(by, {}))}
    return sorted(values, key=lambda value: (places.get(value, len(places)), value))
