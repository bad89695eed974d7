"""What becomes of enquiries, as two tables: of 100 enquiries three are open, at any size. Weights are guesses that look
like a hub; nobody has counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from enquiries.states import APPLICATION_REASONS, ENQUIRY_REASONS, CloseReason, State, Step
from lafse.demo.seed.draw import deck

OPEN_IN_100 = 3


class First(Enum):
    """What came of the first promise."""

    RUNNING = auto()
    MISSED = auto()  # and nobody has tried since
    TRIED = auto()  # in the way asked, and nobody reached
    REACHED = auto()


class Special(Enum):
    NOTHING = auto()
    QUARANTINE = auto()
    DIRECT = auto()
    BOUNCED = auto()
    REPLIED = auto()
    RECORDS = auto()  # of a transfer, overdue
    OFFERED = auto()  # to another council, which has not answered
    REFUSED = auto()
    STUCK = auto()


@dataclass(frozen=True, slots=True)
class Story:
    """`path`: the states after the first contact, in order. The last one is where the case stands."""

    first: First
    path: tuple[State, ...] = ()
    reasons: tuple[CloseReason, ...] = ()
    special: Special = Special.NOTHING
    waits: tuple[int, int] = (0, 8)  # working days since the last thing happened


# How a state is entered, and how many working days after the one before.
STEPS: dict[State, tuple[Step, int, int]] = {
    State.VISIT_BOOKED: (Step.BOOK_VISIT, 1, 7),
    State.VISITED: (Step.VISIT, 5, 12),
    State.APPLIED: (Step.APPLY, 4, 20),
    State.IN_ASSESSMENT: (Step.ASSESS, 8, 20),
    State.PANEL: (Step.GO_TO_PANEL, 70, 120),
    State.DECISION: (Step.AWAIT_DECISION, 3, 8),
    State.APPROVED: (Step.APPROVE, 2, 8),
    State.NOT_APPROVED: (Step.NOT_APPROVE, 2, 8),
    State.WITHDRAWN: (Step.WITHDRAW, 2, 30),
    State.NOT_YET: (Step.POSTPONE, 1, 10),
    State.DECLINED_BY_SERVICE: (Step.DECLINE, 1, 10),
    State.NO_REPLY: (Step.GIVE_UP, 6, 15),
    State.PASSED_ON: (Step.PASS_ON, 1, 4),
}
_IN_CONTACT = (State.IN_CONTACT,)
_BOOKED = (*_IN_CONTACT, State.VISIT_BOOKED)
_VISITED = (*_BOOKED, State.VISITED)
_APPLIED = (*_VISITED, State.APPLIED)
_ASSESSED = (*_APPLIED, State.IN_ASSESSMENT)
_PANEL = (*_ASSESSED, State.PANEL)
_DECISION = (*_PANEL, State.DECISION)
_MET = (*_IN_CONTACT, State.VISITED)  # councils skip steps, and a closed case needs fewer rows
_BUSY = (0, 25)


def _open(path: tuple[State, ...], special: Special = Special.NOTHING, waits: tuple[int, int] = (0, 8)) -> Story:
    return Story(First.REACHED, path, special=special, waits=waits)


OPEN: Sequence[Story] = deck(
    (
        (Story(First.RUNNING), 6),
        (_open(_IN_CONTACT), 26),
        (_open(_VISITED), 11),
        (Story(First.MISSED, waits=(0, 4)), 3),
        (_open(_ASSESSED, waits=_BUSY), 12),
        (Story(First.TRIED), 10),
        (_open(_BOOKED, waits=(0, 2)), 9),
        (_open(_APPLIED), 5),
        (Story(First.RUNNING, special=Special.QUARANTINE), 1),
        (_open(_IN_CONTACT, Special.OFFERED, (0, 0)), 1),
        (_open(_PANEL), 3),
        (_open(_APPLIED, Special.RECORDS, (18, 40)), 2),
        (Story(First.RUNNING, special=Special.DIRECT), 1),
        (_open(_IN_CONTACT, Special.REPLIED), 3),
        (_open(_DECISION), 2),
        (Story(First.TRIED, special=Special.BOUNCED), 2),
        (_open(_IN_CONTACT, Special.REFUSED, (1, 3)), 1),
        (_open(_IN_CONTACT, Special.STUCK, (2, 4)), 1),
    )
)
_LONG_AGO = (0, 1000)
_THIS_YEAR = (0, 200)


def _closed(path: tuple[State, ...], reasons: tuple[CloseReason, ...] = (), ago: tuple[int, int] = _LONG_AGO) -> Story:
    return Story(First.TRIED if State.NO_REPLY in path else First.REACHED, path, reasons, waits=ago)


CLOSED: Sequence[Story] = deck(
    (
        (_closed((State.NO_REPLY,)), 26),
        (_closed((*_IN_CONTACT, State.WITHDRAWN), ENQUIRY_REASONS), 30),
        (_closed((*_IN_CONTACT, State.DECLINED_BY_SERVICE), ENQUIRY_REASONS), 12),
        (_closed((*_MET, State.WITHDRAWN), ENQUIRY_REASONS), 11),
        (_closed((*_IN_CONTACT, State.NOT_YET), ENQUIRY_REASONS, _THIS_YEAR), 4),
        (_closed((*_MET, State.APPLIED, State.PANEL, State.APPROVED)), 9),
        (_closed((*_MET, State.APPLIED, State.IN_ASSESSMENT, State.WITHDRAWN), APPLICATION_REASONS), 4),
        (_closed((*_MET, State.APPLIED, State.DECLINED_BY_SERVICE), APPLICATION_REASONS), 2),
        (_closed((*_DECISION, State.NOT_APPROVED)), 2),
    )
)
PASSED_ON = _closed((*_IN_CONTACT, State.PASSED_ON))
DUPLICATE = Story(First.RUNNING)


def story_of(number: int) -> Story:
    """The first three of each hundred are open."""
    block, place = divmod(number, 100)
    if place < OPEN_IN_100:
        return OPEN[(block * OPEN_IN_100 + place) % len(OPEN)]
    return CLOSED[(block * (100 - OPEN_IN_100) + place - OPEN_IN_100) % len(CLOSED)]


def is_open(number: int) -> bool:
    return number % 100 < OPEN_IN_100
