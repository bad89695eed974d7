"""What an enquirer may answer to "are you still interested?", by state. A person decides from the application on."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices

from enquiries.states import APPLICATION_STATES, ENQUIRY_STATES, CloseReason, State

MONTHS_OFFERED = 24


class Interest(TextChoices):
    YES = "yes", "Yes, I am still interested"
    NOT_NOW = "not_now", "Not now: ask me again later"
    NO = "no", "No, I do not want to go on"


_ALL = tuple(Interest)
ANSWERS: Mapping[State, tuple[Interest, ...]] = {
    **dict.fromkeys(ENQUIRY_STATES | APPLICATION_STATES, _ALL),
    State.NO_REPLY: _ALL,
    State.NOT_YET: _ALL,
    State.WITHDRAWN: (Interest.YES, Interest.NOT_NOW),
    State.DECLINED_BY_SERVICE: (Interest.YES,),
}
REASONS: Mapping[CloseReason, str] = {
    CloseReason.CHOSE_AGENCY: "I have chosen a fostering agency",
    CloseReason.CHOSE_COUNCIL: "I have chosen another council",
    CloseReason.NO_ROOM: "I do not have a spare room",
    CloseReason.WORK_OR_MONEY: "Because of work or money",
    CloseReason.HEALTH: "Because of health",
    CloseReason.FAMILY_CHANGE: "Something has changed in my family",
    CloseReason.COULD_NOT_REACH_US: "I could not reach you",
    CloseReason.NOT_FOR_US: "It is not for me",
    CloseReason.OTHER: "Another reason",
}


def answers_in(state: State) -> tuple[Interest, ...]:
    return ANSWERS.get(state, ())


def months_after(today: date) -> list[tuple[str, str]]:
    """The first of each coming month, and how it is called: nobody mistypes a month."""
    return [(f"{day:%Y-%m-%d}", f"{day:%B %Y}") for day in _firsts(today)]


def _firsts(today: date) -> list[date]:
    months = [today.year * 12 + today.month + ahead for ahead in range(MONTHS_OFFERED)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]
