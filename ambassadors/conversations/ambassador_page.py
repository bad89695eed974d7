"""What an ambassador sees of a conversation: what the enquirer chose to share, and no word of the case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ambassadors.conversations.shown import Shown, shown
from ambassadors.conversations.words import ENDED_FOR_AMBASSADOR, roughly
from ambassadors.introduction_states import State
from ambassadors.shared import ForAmbassador
from ambassadors.states import TalkBy
from councils.govuk import SummaryRow
from enquiries.states import Slot

# On a UK landline or mobile, before the number.
HIDE_NUMBER = "141"


@dataclass(frozen=True)
class AmbassadorPage:
    offer_id: UUID
    seen: ForAmbassador
    told: Shown
    title: str
    ended: str
    rows: list[SummaryRow]

    @property
    def offered(self) -> bool:
        return self.seen.state == State.OFFERED

    @property
    def accepted(self) -> bool:
        return self.seen.state == State.ACCEPTED

    @property
    def agreed(self) -> bool:
        return self.seen.state == State.AGREED

    @property
    def dialled(self) -> str:
        """For a link that dials with one's own number withheld."""
        digits = "".join(letter for letter in self.told.phone if letter.isdigit())
        return f"{HIDE_NUMBER}{'00' if self.told.phone.startswith('+') else ''}{digits}"


def ambassador_page(offer_id: UUID, seen: ForAmbassador, now: datetime) -> AmbassadorPage:
    state = State(seen.state)
    ended = ENDED_FOR_AMBASSADOR.get(state, "")
    rows = [] if ended else list(_rows(seen))
    return AmbassadorPage(offer_id, seen, shown(seen, now), _title(seen, state), ended, rows)


def _title(seen: ForAmbassador, state: State) -> str:
    if state == State.OFFERED:
        return f"Can you talk to {seen.first_name}?"
    return f"Your conversation with {seen.first_name}" if seen.first_name else "Your conversation"


def _rows(seen: ForAmbassador) -> Iterator[SummaryRow]:
    told = (
        ("First name", seen.first_name),
        ("Would like to talk about", "\n".join(seen.about)),
        ("In their own words", seen.detail),
        ("Would like to speak", " or ".join(seen.languages)),
        ("How", "" if seen.way else "\n".join(TalkBy(way).label for way in seen.ways)),
        ("When it suits them", "\n".join(Slot(slot).label for slot in seen.times) or "At any time"),
        ("Where", roughly(seen.miles)),
    )
    yield from (SummaryRow(key, value) for key, value in told if value)
