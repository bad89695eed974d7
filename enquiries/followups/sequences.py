"""Everything that the hub writes to an enquirer by itself, on one screen.

Service messages are what handling the enquiry needs. Anything else is promotion: asked for, in the campaign lane, with
one click to end it.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum, auto

from enquiries.follow_up_states import FollowUp
from enquiries.followups.starts import (
    Starts,
    application,
    arrival,
    arrival_asking_for_news,
    asked,
    closing,
    first_reached,
    handover,
    postponed,
    silence,
    unsuccessful_attempts,
    visit,
    wake_up_day,
)
from enquiries.states import ENQUIRY_STATES, OPEN_STATES, State
from outbox.states import Window


@dataclass(frozen=True, slots=True)
class When:
    """`days`: working days after the start, at `hour` in London, or `before` what it is about. None: after `wait`."""

    days: int | None = None
    hour: time = time(10)
    wait: timedelta = timedelta()
    before: bool = False


class By(Enum):
    """Email where there is a working address; a text where there is none, or as the person asked, or both."""

    EMAIL = auto()
    EMAIL_FIRST = auto()
    AS_ASKED = auto()
    BOTH = auto()


class Until(Enum):
    """What ends a sequence besides a state that is not among its own. Being asked to stop ends every one."""

    REACHED = auto()
    HEARD = auto()
    ASKED = auto()


@dataclass(frozen=True, slots=True)
class Sequence:
    """`late`: for how long it still makes sense. `todo`: a ToDoKind that opens with it. `always`: no council can switch
    it off, nobody can skip it."""

    name: str
    starts: Starts
    when: When
    by: By
    states: frozenset[State]
    window: Window = Window.DAYTIME
    until: frozenset[Until] = frozenset()
    late: timedelta = timedelta(days=7)
    todo: str = ""
    always: bool = False
    promotional: bool = False
    ours: bool = False  # in the hub's words, whatever the council: two councils are in it

    @property
    def message(self) -> FollowUp | None:
        return FollowUp(self.name) if self.name in FollowUp.values else None


def once(wait: timedelta = timedelta()) -> When:
    return When(wait=wait)


def after(days: int) -> When:
    return When(days=days)


def before(days: int) -> When:
    return When(days=days, before=True)


A_WORD = frozenset({Until.REACHED, Until.HEARD})
UNASKED = A_WORD | {Until.ASKED}
HALF_AN_HOUR = timedelta(minutes=30)  # an officer often tries again at once
THREE_DAYS, TEN_DAYS, A_MONTH = timedelta(days=3), timedelta(days=10), timedelta(days=30)
WAITING, BOOKED = frozenset({State.NEW, State.IN_CONTACT}), frozenset({State.VISIT_BOOKED})
APPLIED, NOT_YET = frozenset({State.APPLIED}), frozenset({State.NOT_YET})
ENDED = frozenset({State.WITHDRAWN, State.NO_REPLY})
ANY_TIME = Window.ANY_TIME  # everything else leaves by day

# fmt: off
SEQUENCES: tuple[Sequence, ...] = (
    #        name                starts with            when                by              while it is     and
    Sequence("confirmation",     arrival,               once(),             By.EMAIL_FIRST, OPEN_STATES,    ANY_TIME,
             late=A_MONTH, always=True),
    Sequence("handed_over",      handover,              once(),             By.AS_ASKED,    OPEN_STATES,    ANY_TIME,
             late=A_MONTH, always=True, ours=True),
    Sequence("tried",            unsuccessful_attempts, once(HALF_AN_HOUR), By.AS_ASKED,    WAITING,
             until=A_WORD, late=THREE_DAYS),
    Sequence("information",      first_reached,         after(1),           By.EMAIL_FIRST, ENQUIRY_STATES),
    Sequence("visit_booked",     visit,                 once(),             By.AS_ASKED,    BOOKED,         ANY_TIME),
    Sequence("visit_reminder",   visit,                 before(1),          By.BOTH,        BOOKED,         ANY_TIME),
    Sequence("application",      application,           once(),             By.EMAIL_FIRST, APPLIED),
    Sequence("not_yet",          postponed,             once(),             By.AS_ASKED,    NOT_YET),
    Sequence("wake_up",          wake_up_day,           once(),             By.AS_ASKED,    NOT_YET,
             late=A_MONTH, todo="wake_up", always=True),
    Sequence("still_interested", silence,               after(5),           By.AS_ASKED,    ENQUIRY_STATES,
             until=UNASKED, always=True),
    Sequence("no_answer",        asked,                 after(10),          By.EMAIL,       ENQUIRY_STATES,
             until=A_WORD, late=A_MONTH, todo="no_answer", always=True),
    Sequence("closed",           closing,               once(),             By.AS_ASKED,    ENDED),
    Sequence("nurture",          postponed,             after(20),          By.EMAIL,       NOT_YET,
             until=A_WORD, promotional=True),
    Sequence("nurture_3",        arrival_asking_for_news, once(THREE_DAYS), By.EMAIL,       WAITING,
             until=A_WORD, promotional=True),
    Sequence("nurture_10",       arrival_asking_for_news, once(TEN_DAYS),   By.EMAIL,       WAITING,
             until=A_WORD, promotional=True),
    Sequence("nurture_30",       arrival_asking_for_news, once(A_MONTH),    By.EMAIL,       WAITING,
             until=A_WORD, promotional=True),
)
# fmt: on
BY_NAME = {sequence.name: sequence for sequence in SEQUENCES}
