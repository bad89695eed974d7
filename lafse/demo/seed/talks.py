"""Conversations with ambassadors that have been: who wished for one, was introduced, and spoke. The ambassadors have
left since (carers.py)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ambassadors.introduction_states import State as Stands
from ambassadors.models import Introduction, Offer
from ambassadors.states import TalkBy
from councils.models import Event
from enquiries.models import Wish
from enquiries.states import APPLICATION_STATES, CLOSED_STATES, State, TalkAbout
from lafse.demo.seed.carers import Carer
from lafse.demo.seed.case import Case
from lafse.demo.seed.draw import Draw, deck
from lafse.demo.seed.rows import Values

_WISHED, _APPLICANTS = 0.09, 0.35
_INTRODUCED = 0.8
_LONG_ENOUGH = timedelta(days=3)
_ENDINGS: Sequence[Stands] = deck(
    ((Stands.SPOKE, 15), (Stands.NOT_SPOKEN, 2), (Stands.DECLINED, 2), (Stands.LAPSED, 1)),
)
_TOPICS = tuple(TalkAbout)
_WAYS = (TalkBy.PHONE, TalkBy.VIDEO, TalkBy.EMAIL)


def talked(case: Case) -> None:
    """Somewhere between the first call and the last thing that happened."""
    begun, carer = case.time_of("reached_at"), case.world.carers.get(case.office.pk)
    state = State(str(case.values["state"]))
    if not carer or not begun or case.at - begun < _LONG_ENOUGH or state not in CLOSED_STATES | APPLICATION_STATES:
        return
    draw = case.draw
    if draw.chance(_APPLICANTS if State.APPLIED in case.story.path else _WISHED):
        wished_at = begun + timedelta(minutes=10)
        _wish(case, wished_at)
        if draw.chance(_INTRODUCED):
            _introduce(case, carer, *_moments(draw, wished_at, case.at))


def _moments(draw: Draw, begun: datetime, ended: datetime) -> Iterator[datetime]:
    for most in (timedelta(days=20), timedelta(days=24)):
        begun += min((ended - begun) * (0.1 + 0.5 * draw.random()), most * (0.3 + 0.7 * draw.random()))
        yield begun


def _wish(case: Case, at: datetime) -> None:
    about = sorted({case.draw.choice(_TOPICS).value for _ in range(2)})
    case.add(Wish, {"enquiry_id": case.id, "about": about, "since": at, "changed_at": at})
    case.values["wants_ambassador"] = True
    case.event("wished", at, again=False, words="ambassador")


def _introduce(case: Case, carer: Carer, made_at: datetime, ended_at: datetime) -> None:
    draw, pair = case.draw, case.draw.uuid()
    state = draw.choice(_ENDINGS)
    agreed = made_at + (ended_at - made_at) / 3 if state in (Stands.SPOKE, Stands.NOT_SPOKEN) else None
    both: Values = {"pair_id": pair, "state": state.value, "created_at": made_at, "ended_at": ended_at}
    both["spoke"] = state is Stands.SPOKE if agreed else None
    theirs: Values = {"ambassador_council_id": carer.council, "ambassador_key": carer.key, "enquiry_id": case.id}
    theirs |= {"ambassador_name": carer.first_name, "by_id": case.owner, "agreed_at": agreed}
    theirs |= {"way": draw.choice(_WAYS).value, "asked_at": ended_at if agreed else None}
    key = case.add(Introduction, both | theirs)
    own: Values = {"ambassador_id": carer.key, "enquirer_council_id": case.office.pk, "seat": 1}
    own |= {"confirmed_by_id": case.owner, "confirmed_at": made_at, "offered_at": made_at}
    case.add(Offer, both | own | {"accepted_at": agreed}, council=carer.council)
    _told(case, key, "introduced", made_at, case.owner)
    _told(case, key, "spoke" if state is Stands.SPOKE else state.value, ended_at, None)


def _told(case: Case, key: UUID, verb: str, at: datetime, by: int | None) -> None:
    told: Values = {"verb": f"introduction.{verb}", "at": at, "by_id": by, "facts": {}}
    case.add(Event, told | {"subject_kind": "introduction", "subject_id": key})
