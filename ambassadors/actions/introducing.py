"""A member of staff introduces somebody who waits to an ambassador.

Locks are taken in one order: the ambassador, the case, then the rows of the pair (ambassadors.pairs). Under them the
hard rules are asked once more, by the same functions that made the suggestion, and a seat is taken: each open offer has
its own, by a unique constraint, so that no two coordinators give away the same hour of somebody's life.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from ambassadors.actions.seats import ambassador_locked, free_seat, refuse_if_left_out
from ambassadors.deadlines import answer_by
from ambassadors.introduction_states import State
from ambassadors.letters.sending import to_ambassador
from ambassadors.letters.to_staff import ask_to_confirm
from ambassadors.letters.words import Letter
from ambassadors.models import Ambassador, Introduction, NextInTurn, Offer
from ambassadors.pairs import Pair
from ambassadors.schemes import crossing_borders, scheme_of
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import crossing
from councils.working_time import in_london
from enquiries.actions.changing import locked
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from enquiries.promise import day_in_words

NOT_CHECKED = "Say that you have checked: they must not be family of a child who is placed there."
NOT_THERE = "This ambassador cannot be asked now. Choose somebody else."


@dataclass(frozen=True, slots=True)
class Chosen:
    """`reasons`: why, in the words of the suggestion."""

    ambassador_key: UUID
    ambassador_council: int
    reasons: str = ""


def introduce(
    enquiry: Enquiry, *, ambassador_key: UUID, ambassador_council: int, checked: bool, reasons: str = "", by: Access
) -> Introduction:
    """Within a council the ambassador is asked at once; across a border their own council confirms first. `checked`:
    staff know which children are placed with their own carers, and say that these people are no family of theirs."""
    chosen = Chosen(ambassador_key, ambassador_council, reasons)
    return ask_in_turn(enquiry, [chosen], checked=checked, by=by)


def ask_in_turn(enquiry: Enquiry, chosen: Sequence[Chosen], *, checked: bool, by: Access) -> Introduction:
    """The first is asked now. The others wait in this order: a decline or silence asks the next within a minute,
    with nobody at a desk. What a coordinator put down before is forgotten."""
    by.require(Permission.MATCH, enquiry.council_id)
    if not checked and any(each.ambassador_council == enquiry.council_id for each in chosen):
        raise Refused(NOT_CHECKED)
    if not chosen or not all(may_cross(enquiry, each) for each in chosen):
        raise Refused(NOT_THERE)
    first, *others = chosen
    with crossing("pair_across_border", to=[enquiry.council_id, first.ambassador_council]):
        made = ask(enquiry, first, by=by.user)
        _put_down(made, others, by.user)
    return made


def may_cross(enquiry: Enquiry, chosen: Chosen) -> bool:
    """Asked before any row of the other council is read."""
    both = {enquiry.council_id, chosen.ambassador_council}
    return len(both) == 1 or both <= set(crossing_borders(enquiry.council.hub_id))


def ask(enquiry: Enquiry, chosen: Chosen, *, by: User) -> Introduction:
    """Both councils are in scope."""
    ambassador = ambassador_locked(chosen.ambassador_key, chosen.ambassador_council)
    if ambassador is None:
        raise Refused(NOT_THERE)
    case = locked(enquiry.council_id, enquiry.pk)
    refuse_if_left_out(case, ambassador)
    confirmed = ambassador.council_id == case.council_id
    return begin(case, ambassador, chosen.reasons, confirmed=confirmed, by=by).introduction


def begin(case: Enquiry, ambassador: Ambassador, reasons: str, *, confirmed: bool, by: User) -> Pair:
    """Both are locked, and may meet. `confirmed`: whoever does this answers for the ambassador's council."""
    until = time_to_answer(ambassador.council_id)
    both = {"pair_id": uuid4(), "state": State.OFFERED if confirmed else State.TO_CONFIRM, "answer_by": until}
    pair = Pair(
        Introduction(council_id=case.council_id, reasons=reasons[:500], by=by, **both, **_whom(case, ambassador)),
        Offer(
            council_id=ambassador.council_id,
            ambassador=ambassador,
            enquirer_council_id=case.council_id,
            seat=free_seat(ambassador),
            **both,
            **({"confirmed_by": by, "confirmed_at": hub_now(), "offered_at": hub_now()} if confirmed else {}),
        ),
    )
    pair.introduction.save(force_insert=True)
    pair.offer.save(force_insert=True)
    _tell(pair, until, by=by)
    return pair


def time_to_answer(council: int) -> datetime:
    """As many working days as the ambassador's council gives: to its staff, to the ambassador and to the enquirer."""
    row = Council.objects.get(pk=council)
    return answer_by(hub_now(), scheme_of(row).answer_days, hours_of(row))


def _whom(case: Enquiry, ambassador: Ambassador) -> dict[str, Any]:
    return {
        "enquiry": case,
        "shared_name": first_name(case),
        "ambassador_council_id": ambassador.council_id,
        "ambassador_key": ambassador.pk,
        "ambassador_name": ambassador.first_name,
    }


def first_name(case: Enquiry) -> str:
    """Also where the surname was written first: “Example, Erin”."""
    surname_first = case.name.partition(",")[2].split()
    return next(iter(surname_first or case.name.split()), "")[:60]


def offered(pair: Pair, until: datetime) -> None:
    """Staff of their council have confirmed it: the ambassador is asked."""
    to_ambassador(pair, Letter.OFFERED, answer_by=day_in_words(in_london(until).date()))


def _tell(pair: Pair, until: datetime, *, by: User) -> None:
    pair_id, state = str(pair.introduction.pair_id), pair.state.value
    record("introduction.introduced", subject=pair.introduction, by=by, pair=pair_id, state=state)
    record("introduction.introduced", subject=pair.offer, by=by, pair=pair_id, state=state)
    if pair.state == State.OFFERED:
        offered(pair, until)
    else:
        ask_to_confirm(pair)


def _put_down(made: Introduction, others: Sequence[Chosen], by: User) -> None:
    NextInTurn.objects.filter(council=made.council_id, enquiry=made.enquiry_id).delete()
    unique = {each.ambassador_key: each for each in others if each.ambassador_key != made.ambassador_key}
    NextInTurn.objects.bulk_create(
        NextInTurn(
            council_id=made.council_id,
            enquiry_id=made.enquiry_id,
            ambassador_council_id=each.ambassador_council,
            ambassador_key=each.ambassador_key,
            position=position,
            reasons=each.reasons[:500],
            confirmed_by=by,
        )
        for position, each in enumerate(unique.values(), start=1)
    )
