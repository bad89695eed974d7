"""What a coordinator ticked on a page becomes an introduction, with the reasons as they are now.

A tick says two things at once: ask this one, and I have checked that they are no family of a child placed there. Nobody
is asked without one.
"""

from collections.abc import Sequence
from uuid import UUID

from ambassadors.actions.introducing import Chosen, ask_in_turn
from ambassadors.introduction_states import State
from ambassadors.matched.loading import Loaded, load
from ambassadors.matching import Carer, Seeker, left_out, suits
from ambassadors.reasons import listed
from councils.access import Access
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.models import Enquiry

NOBODY = "Tick at least one ambassador, once you have checked them."
GONE = "One of those you ticked cannot be asked any more. The list shows who can be asked now."
NOT_WAITING = "They do not wait for a conversation now: somebody was quicker, or they no longer wish for one."


def introduce_ticked(case: Enquiry, ticked: Sequence[UUID], *, by: Access) -> str:
    """The first is asked now, the others after it in this order. What came of it, in a sentence. Refused."""
    by.require(Permission.MATCH, case.council_id)
    if not ticked:
        raise Refused(NOBODY)
    loaded = load([case.council_id], case.council.hub_id, case=case.pk)
    waiting = loaded.of(case.pk)
    if waiting is None:
        raise Refused(NOT_WAITING)
    carers = [_may_be_asked(loaded, waiting.seeker, key) for key in ticked]
    chosen = [_chosen(loaded, waiting.seeker, carer) for carer in carers]
    made = ask_in_turn(case, chosen, checked=True, by=by)
    first, *others = carers
    then = f" After that, if need be: {listed(each.first_name for each in others)}." if others else ""
    if made.state == State.TO_CONFIRM:
        council = loaded.region.names[first.council]
        return f"{council} is asked to confirm {first.first_name} for {waiting.first_name}.{then}"
    return f"{first.first_name} is asked whether they can talk to {waiting.first_name}.{then}"


def _may_be_asked(loaded: Loaded, seeker: Seeker, key: UUID) -> Carer:
    carer = loaded.carer(key)
    if carer is None or left_out(seeker, carer, loaded.region.between(seeker, carer)):
        raise Refused(GONE)
    return carer


def _chosen(loaded: Loaded, seeker: Seeker, carer: Carer) -> Chosen:
    words = suits(seeker, carer, loaded.region.between(seeker, carer)).words
    return Chosen(carer.key, carer.council, words)


def keys_in(texts: Sequence[str]) -> list[UUID]:
    """Those that are keys, in the order in which they were sent."""
    return [key for text in texts if (key := _key(text))]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
