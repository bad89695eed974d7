"""What both sides' pages say of a conversation, in words. Pure: `now` is given."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ambassadors.conversations.words import moment
from ambassadors.introduction_states import State
from ambassadors.shared import ForAmbassador, ForEnquirer
from councils.working_time import in_london
from enquiries.contact_details import spoken_phone
from enquiries.promise import day_in_words
from enquiries.states import Slot

Seen = ForAmbassador | ForEnquirer
SOON_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Shown:
    """`free`: when the other one usually is. `asks`: "did you speak?", which they `may_say` before, too; `said`: what
    was answered."""

    when: str
    phone: str
    free: tuple[str, ...]
    answer_by: str
    asks: bool
    may_say: bool
    said: str


def shown(seen: Seen, now: datetime) -> Shown:
    return Shown(
        when=moment(seen.talk_at) if seen.talk_at else "",
        phone=spoken_phone(seen.phone) if seen.phone else "",
        free=tuple(Slot(slot).label for slot in seen.times),
        answer_by=day_in_words(in_london(seen.answer_by).date()) if seen.answer_by else "",
        asks=_asks(seen, now),
        may_say=may_say(seen),
        said=_said(seen.spoke),
    )


def may_say(seen: Seen) -> bool:
    """Once, whether they spoke; also where the other one's answer has ended it already."""
    return seen.spoke is None and seen.state in (State.AGREED, State.SPOKE, State.NOT_SPOKEN)


def _asks(seen: Seen, now: datetime) -> bool:
    is_over = seen.state != State.AGREED or (seen.talk_at is not None and now >= seen.talk_at + SOON_AFTER)
    return may_say(seen) and (seen.asked or is_over)


def _said(spoke: bool | None) -> str:
    if spoke is None:
        return ""
    return "You told us that you spoke." if spoke else "You told us that you did not get to speak."
