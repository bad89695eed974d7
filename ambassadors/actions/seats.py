"""Whether an ambassador may be asked, looked at once more under the lock, and the seat that is theirs to give."""

from uuid import UUID

from ambassadors.actions.conflicts import names_of
from ambassadors.introduction_states import OPEN
from ambassadors.matched.carers import Known, known_carers
from ambassadors.matched.loading import pair_between
from ambassadors.matching import RULES, Between, Seeker, left_out
from ambassadors.models import Ambassador, AmbassadorState, Offer
from ambassadors.pairs import Pair
from ambassadors.schemes import scheme_of
from ambassadors.states import LeftOut
from councils.clock import hub_now
from councils.refusals import Refused
from councils.working_time import in_london
from enquiries.merged import merged_into
from enquiries.models import Enquiry

NOBODY_WAITS = (
    "Nobody waits here now: somebody is asked already, they have spoken, or the wish was taken back. Nothing was done."
)

HELD_BACK = "Your council has to look at this before you can say yes, so nothing was done. Please ask them about it."

# What may have come between since they were chosen; the seat is theirs already.
OF_NOW = (LeftOut.NOT_ACTIVE, LeftOut.STANDING, LeftOut.PAUSED, LeftOut.RESTING, LeftOut.CONFLICT)


def ambassador_locked(key: UUID, council: int) -> Ambassador | None:
    """None for one who was never there, or has left. Until the transaction ends nobody else gives away their seats."""
    here = Ambassador.objects.select_for_update().filter(council=council, pk=key)
    return here.filter(state=AmbassadorState.ACTIVE).first()


def refuse_if_left_out(case: Enquiry, ambassador: Ambassador) -> None:
    """Both are locked and in scope. By the rules that made the suggestion, on the rows as they are now."""
    if not all(scheme_of(council).runs for council in {case.council_id, ambassador.council_id}):
        raise Refused("The scheme does not run now, so nobody is introduced.")
    found = pair_between(case, ambassador.pk, ambassador.council_id)
    if not found.waiting:
        raise Refused(NOBODY_WAITS)
    seeker = found.waiting[0].seeker
    carer = found.carer(ambassador.pk)
    why = left_out(seeker, carer, found.region.between(seeker, carer)) if carer else LeftOut.NOT_ACTIVE
    if why:
        raise Refused(f"{ambassador.first_name} cannot be asked now: {why.label}. Choose somebody else.")


def refuse_if_barred(pair: Pair) -> None:
    """Before staff of the ambassador's council confirm: what may have changed since the other council asked."""
    case, offer = pair.introduction.enquiry, pair.offer
    found = known_carers([offer.council_id], in_london(hub_now()).date(), only=offer.ambassador_id)
    if not case.is_open or case.quarantined:
        raise Refused(NOBODY_WAITS)
    if not found:
        raise Refused(f"{pair.introduction.ambassador_name} is an ambassador no longer.")
    known, carer = found[0], found[0].carer
    seeker = Seeker(case.pk, case.council_id, kept_from=frozenset({carer.key} if _apart(case, known) else ()))
    two = Between(in_london(hub_now()).date(), across=True)
    why = next((why for why in OF_NOW if RULES[why](seeker, carer, two)), None)
    if why:
        raise Refused(f"{carer.first_name} cannot be asked now: {why.label}.")


def refuse_if_held_back(pair: Pair) -> None:
    """Before the ambassador says yes: what their council has said since they were asked. Why is not theirs to read."""
    row, today = pair.offer.ambassador, in_london(hub_now()).date()
    stale = row.standing_until is None or row.standing_until < today
    found = known_carers([row.council_id], today, only=row.pk)
    if stale or row.paused_by_staff or any(_apart(pair.introduction.enquiry, each) for each in found):
        raise Refused(HELD_BACK)


def _apart(case: Enquiry, known: Known) -> bool:
    cases = (case, *merged_into(case))
    names = frozenset().union(*map(names_of, cases))
    return not known.cases.isdisjoint(each.pk for each in cases) or not known.surnames.isdisjoint(names)


def free_seat(ambassador: Ambassador) -> int:
    """The ambassador is locked. Refused where all are taken."""
    open_offers = Offer.objects.filter(council=ambassador.council_id, ambassador=ambassador, state__in=sorted(OPEN))
    taken = set(open_offers.values_list("seat", flat=True))
    free = [seat for seat in range(1, ambassador.most + 1) if seat not in taken]
    if not free or len(taken) >= ambassador.most:
        raise Refused(f"{ambassador.first_name} has as many conversations open as they wish to have.")
    return free[0]
