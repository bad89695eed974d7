"""What an ambassador finds on their first page: who waits for them, whom they are in touch with, and where they stand.

Their own rows say which conversations are theirs; of the enquirer's side only the first name is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from ambassadors.conversations.words import moment
from ambassadors.introduction_states import State
from ambassadors.me import Me
from ambassadors.models import Ambassador, Introduction, Mentorship, Offer
from ambassadors.own.standing_words import Missing, missing_in, notices_of
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_ambassador, crossing
from councils.working_time import in_london

SOMEBODY = "Somebody"  # whose name has been erased
PAST_SHOWN = 30
_WAITING, _GOING_ON = State.OFFERED, (State.ACCEPTED, State.AGREED)
_AFTER_AN_ANSWER = (State.SPOKE, State.NOT_SPOKEN)


@dataclass(frozen=True)
class Conversation:
    """`offer`: the key of the ambassador's row. `ended`: None while it goes on. `asks`: whether they spoke; `may_say`
    it still, where the other one's answer has ended it."""

    offer: UUID
    name: str
    state: State
    answer_by: str
    talk_at: str
    asks: bool
    may_say: bool
    ended: datetime | None

    @property
    def is_agreed(self) -> bool:
        return self.state == State.AGREED


@dataclass(frozen=True)
class HomePage:
    me: Me
    council: str
    notices: list[str]
    missing: list[Missing]
    waiting: list[Conversation]
    going_on: list[Conversation]
    past: list[Conversation]
    mentors: bool
    paused_until: date | None
    leaving_asked: bool


def home_page(me: Me) -> HomePage:
    with as_ambassador(me.id):
        row = Ambassador.objects.get(pk=me.id)
        offers = _offers_of(me)
        mentors = row.is_mentor or Mentorship.objects.filter(ambassador=me.id).exists()
        today = in_london(hub_now()).date()
    conversations = _conversations(offers)
    return HomePage(
        me=me,
        council=Council.objects.only("name").get(pk=me.council_id).name,
        notices=notices_of(row, today),
        missing=missing_in(row),
        waiting=[each for each in reversed(conversations) if each.state == _WAITING],
        going_on=[each for each in conversations if each.state in _GOING_ON],
        past=[each for each in conversations if each.ended][:PAST_SHOWN],
        mentors=mentors,
        paused_until=row.paused_until if row.paused_until and row.paused_until >= today else None,
        leaving_asked=row.leaving_asked_at is not None,
    )


def _offers_of(me: Me) -> list[Offer]:
    """Newest first. One that waits for staff is not theirs to see yet; of those that ended, those they had accepted."""
    own = Offer.objects.filter(ambassador=me.id).order_by("-created_at", "pk")
    return [each for each in own if each.state in (_WAITING, *_GOING_ON) or (each.ended_at and each.accepted_at)]


def _conversations(offers: Iterable[Offer]) -> list[Conversation]:
    offers = list(offers)
    theirs = _other_sides(offers)
    return [_conversation(each, theirs[each.pair_id]) for each in offers]


def _conversation(offer: Offer, other: "_Other") -> Conversation:
    return Conversation(
        offer=offer.pk,
        name=other.name or SOMEBODY,
        state=State(offer.state),
        answer_by=moment(offer.answer_by) if offer.answer_by else "",
        talk_at=moment(other.talk_at) if other.talk_at else "",
        asks=other.asked_at is not None and offer.spoke is None,
        may_say=offer.state in _AFTER_AN_ANSWER and offer.spoke is None,
        ended=offer.ended_at,
    )


def names_of(offers: Iterable[Offer]) -> dict[UUID, str]:
    """As each enquirer is known to the ambassador, by pair; empty once erased."""
    return {pair: other.name for pair, other in _other_sides(offers).items()}


class _Other(NamedTuple):
    """Of the enquirer's row: their name as the ambassador knows it, and what both have said of when they talk."""

    name: str = ""
    talk_at: datetime | None = None
    asked_at: datetime | None = None


def _other_sides(offers: Iterable[Offer]) -> dict[UUID, _Other]:
    """By pair. The offers were read as the ambassador's own."""
    pairs = {each.pair_id: each.enquirer_council_id for each in offers}
    if not pairs:
        return {}
    with crossing("pair_across_border", to=set(pairs.values())):
        theirs = Introduction.objects.filter(council__in=set(pairs.values()), pair_id__in=pairs)
        rows = theirs.values_list("pair_id", "shared_name", "talk_at", "asked_at")
        found = {pair: _Other(name, talk_at, asked_at) for pair, name, talk_at, asked_at in rows}
    return {pair: found.get(pair, _Other()) for pair in pairs}
