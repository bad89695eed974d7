"""Introductions of a scratch council: one whose two are in touch, and one that waits for another council's word."""

import uuid
from datetime import datetime, timedelta

from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction, Offer
from ambassadors.states import TalkBy
from councils.clock import hub_now
from councils.models import User
from councils.tenancy import across
from enquiries.models import Enquiry


def in_touch(case: Enquiry, ambassador: Ambassador, word: str, *, by: User) -> tuple[Introduction, Offer]:
    """By phone, in a month. Their council is in scope."""
    pair, now = uuid.uuid4(), hub_now()
    introduction = _introduction(case, ambassador, pair, State.AGREED, by=by)
    introduction.shared_name = introduction.link = introduction.place = word
    introduction.reasons, introduction.released_phone = word, "+447700900456"
    introduction.way, introduction.talk_at, introduction.agreed_at = TalkBy.PHONE, now + timedelta(days=30), now
    offer = _offer(case, ambassador, pair, State.AGREED, seat=1)
    offer.confirmed_by, offer.confirmed_at, offer.offered_at, offer.accepted_at = by, now, now, now
    introduction.save(force_insert=True)
    offer.save(force_insert=True)
    return introduction, offer


def asked_across_border(case: Enquiry, ambassador: Ambassador, word: str, *, by: User) -> Offer:
    """`word`: of the case's council."""
    pair, until = uuid.uuid4(), hub_now() + timedelta(days=3)
    introduction = _introduction(case, ambassador, pair, State.TO_CONFIRM, by=by, answer_by=until)
    introduction.reasons = word
    offer = _offer(case, ambassador, pair, State.TO_CONFIRM, seat=1, answer_by=until)
    with across([case.council_id, ambassador.council_id], reason="isolation check"):
        introduction.save(force_insert=True)
        offer.save(force_insert=True)
    return offer


def _introduction(
    case: Enquiry,
    ambassador: Ambassador,
    pair: uuid.UUID,
    state: State,
    *,
    by: User,
    answer_by: datetime | None = None,
) -> Introduction:
    return Introduction(
        council_id=case.council_id,
        pair_id=pair,
        enquiry=case,
        ambassador_council_id=ambassador.council_id,
        ambassador_key=ambassador.pk,
        ambassador_name=ambassador.first_name,
        state=state,
        shared_name=case.name.partition(" ")[0],
        answer_by=answer_by,
        by=by,
    )


def _offer(
    case: Enquiry,
    ambassador: Ambassador,
    pair: uuid.UUID,
    state: State,
    *,
    seat: int,
    answer_by: datetime | None = None,
) -> Offer:
    return Offer(
        council_id=ambassador.council_id,
        pair_id=pair,
        ambassador=ambassador,
        enquirer_council_id=case.council_id,
        state=state,
        seat=seat,
        answer_by=answer_by,
    )
