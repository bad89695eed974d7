"""The scheme in a scratch council: an ambassador who is in touch with an enquirer, and one who was asked about somebody
of another council; somebody who waits; mentors, logged conversations and a concern.

What the first ambassador wrote, and what the enquirer shared with them, holds the council's word with `OWN` behind it;
the rest holds the word alone, which no ambassador reads. What staff of another council are told on purpose holds none.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from ambassadors.me import me_of
from ambassadors.models import (
    Ambassador,
    AmbassadorState,
    Concern,
    ConcernAbout,
    ConcernFrom,
    KeptApart,
    Mentorship,
    NextInTurn,
    Offering,
    Proposal,
    Talk,
)
from ambassadors.own import own_pass
from ambassadors.states import Attribute, TalkBy
from councils.clock import hub_now
from councils.models import Council, User
from councils.tenancy import as_council
from enquiries.models import Enquiry, Wish
from lafse.isolation.introductions import in_touch

OWN = "own"
KNOWN = "Known"  # an ambassador's name, and an enquirer's, to the other council of their pair


@dataclass(frozen=True)
class Scheme:
    """Of one council. `objects` are the first ambassador's; `colleagues`, of the same kinds, the second's."""

    council: Council
    word: str
    by: User
    case: Enquiry
    first: Ambassador
    second: Ambassador
    objects: Mapping[str, uuid.UUID]
    colleagues: Mapping[str, uuid.UUID]


def scheme(council: Council, enquiry_id: uuid.UUID, *, word: str, concern: str, by: User) -> Scheme:
    own = f"{word}{OWN}"
    with as_council(council):
        case = Enquiry.objects.get(pk=enquiry_id)
        first, second = _ambassador(council, own, name=own, by=by), _ambassador(council, word, name=KNOWN, by=by)
        _wish(case, own)
        introduction, offer = in_touch(case, first, own, by=by)
        waiting = _waiting(another(case, f"Waiting {word}"), second, word, by=by)
        mentored, mentoring = _mentorship(case, first, by=by), _mentorship(waiting, second, by=by)
        objects = {
            "ambassador": first.pk,
            "introduction": introduction.pk,
            "offer": offer.pk,
            "waiting": waiting.pk,
            "mentorship": mentored.pk,
            "apart": _apart(first, word, by=by),
            "concern": _concern(case, first, offer.pair_id, concern),
            "talk": _talk(first, own, pair_id=offer.pair_id),
        }
        colleagues = {"mentorship": mentoring.pk, "talk": _talk(second, word, mentorship=mentoring)}
    return Scheme(council, word, by, case, first, second, objects, colleagues)


def another(case: Enquiry, name: str) -> Enquiry:
    """Like this one, of somebody else: without the mails and events of its own that a form makes."""
    return _added(case, pk=uuid.uuid4(), name=name, reference=f"{case.reference[:9]}{uuid.uuid4().hex[:6]}")


def _added(case: Enquiry, **given: Any) -> Enquiry:
    columns = {field.attname: getattr(case, field.attname) for field in Enquiry._meta.concrete_fields}
    for name in ("id", "journey_id", "household_id"):
        columns[name] = uuid.uuid4()
    return Enquiry.objects.create(**{**columns, **given})


def _ambassador(council: Council, word: str, *, name: str, by: User) -> Ambassador:
    """May be asked for more."""
    made = Ambassador.objects.create(
        council=council,
        state=AmbassadorState.ACTIVE,
        first_name=name,
        email=f"{word}@isolation.invalid",
        phone="+447700900123",
        about=word,
        household=word,
        languages=[word],
        kinds=[],
        ways=[way.value for way in TalkBy],
        most=3,
        is_mentor=True,
        standing_until=hub_now().date() + timedelta(days=60),
        standing_by=by,
        invited_by=by,
        joined_at=hub_now(),
    )
    Offering.objects.create(council=council, ambassador=made, attribute=Attribute.WORKING, version="2026-11")
    return made


def _wish(case: Enquiry, word: str) -> None:
    Wish.objects.create(council_id=case.council_id, enquiry=case, detail=word, languages=[word])


def _waiting(case: Enquiry, proposed: Ambassador, word: str, *, by: User) -> Enquiry:
    """And whom to ask, by the last round and by a coordinator's list."""
    council, key = case.council, proposed.pk
    Wish.objects.create(council=council, enquiry=case, detail=word)
    Proposal.objects.create(
        council=council,
        enquiry=case,
        ambassador_council=council,
        ambassador_key=key,
        ambassador_name=KNOWN,
        words=word,
        why_not=word,
    )
    chosen = {"ambassador_council": council, "ambassador_key": key, "reasons": word, "confirmed_by": by}
    NextInTurn.objects.create(council=council, enquiry=case, position=1, **chosen)
    return case


def _mentorship(case: Enquiry, mentor: Ambassador, *, by: User) -> Mentorship:
    today = hub_now().date()
    return Mentorship.objects.create(
        council_id=case.council_id, ambassador=mentor, enquiry=case, begins_on=today, meetings=3, by=by
    )


def _talk(
    ambassador: Ambassador, word: str, *, pair_id: uuid.UUID | None = None, mentorship: Mentorship | None = None
) -> uuid.UUID:
    logged = Talk.objects.create(
        council_id=ambassador.council_id,
        ambassador=ambassador,
        pair_id=pair_id,
        mentorship=mentorship,
        on=hub_now().date(),
        way=TalkBy.PHONE,
        minutes=30,
        note=word,
    )
    return logged.pk


def _apart(ambassador: Ambassador, word: str, *, by: User) -> uuid.UUID:
    somebody = uuid.uuid4()
    return KeptApart.objects.create(
        council_id=ambassador.council_id, ambassador=ambassador, enquiry_key=somebody, reason=word, by=by
    ).pk


def _concern(case: Enquiry, ambassador: Ambassador, pair_id: uuid.UUID, text: str) -> uuid.UUID:
    return Concern.objects.create(
        council_id=case.council_id,
        concern_id=uuid.uuid4(),
        pair_id=pair_id,
        enquiry_key=case.pk,
        ambassador_key=ambassador.pk,
        said_by=ConcernFrom.ENQUIRER,
        about=ConcernAbout.OTHER,
        text=text,
    ).pk


def own_pass_for(ambassador: Ambassador) -> str:
    """The cookie's value, as the site would hand it out."""
    response = HttpResponse()
    own_pass.hand_out(response, own_pass.pass_for(me_of(ambassador), hub_now()))
    return response.cookies[own_pass.cookie_name()].value
