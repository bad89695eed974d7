"""Whom a coordinator put down to be asked next, is asked: within a minute of a no, and never beside somebody else.

Each attempt is a transaction of its own, and takes its row away under the lock of the case: so two workers ask one
ambassador, and whoever cannot be asked any more is passed over.
"""

from datetime import timedelta
from operator import itemgetter
from uuid import UUID

from ambassadors.actions.introducing import Chosen, ask, may_cross
from ambassadors.actions.seats import ambassador_locked
from ambassadors.introduction_states import OPEN, State, StoppedBy
from ambassadors.models import Introduction, NextInTurn
from councils.clock import hub_now
from councils.models import Council, User
from councils.refusals import Refused
from councils.tenancy import across, as_council, crossing
from enquiries.models import Enquiry
from outbox.rounds import one_by_one

# A check that nobody is family of a placed child holds no longer: children move.
HOLDS_FOR = timedelta(days=28)
# How the one before may have ended. After silence of the enquirer, or a stop of theirs or of staff, a person looks.
_GOES_ON = frozenset(
    {
        *(State.DECLINED, State.EXPIRED, State.NOT_CONFIRMED),
        *(State.UNWANTED, State.HANDED_ON, State.NOT_SPOKEN),
    }
)


def ask_next() -> int:
    """How many cases went on to somebody."""
    with across(Council.objects.all(), reason="next in turn"):
        open_now = Introduction.objects.filter(state__in=sorted(OPEN)).values("enquiry")
        waiting = NextInTurn.objects.exclude(enquiry__in=open_now).order_by("enquiry")
        cases = list(waiting.values_list("council_id", "enquiry_id").distinct())
    return one_by_one(cases, lambda case: _go_on(*case), name=itemgetter(1))


def _go_on(council: int, enquiry: UUID) -> bool:
    with as_council(council):
        rows = list(NextInTurn.objects.filter(council=council, enquiry=enquiry).order_by("position"))
        last = Introduction.objects.filter(council=council, enquiry=enquiry).order_by("-created_at", "-pk").first()
        if last and last.state in OPEN:  # a coordinator was quicker, and may have put down others
            return False
        if last is None or not _goes_on(last):
            NextInTurn.objects.filter(pk__in=[row.pk for row in rows]).delete()
            return False
    return any(_attempt(row) for row in rows)


def _goes_on(last: Introduction) -> bool:
    return last.state in _GOES_ON or (last.state == State.STOPPED and last.stopped_by == StoppedBy.AMBASSADOR)


def _attempt(row: NextInTurn) -> bool:
    """Whether they were asked. If not, the row is gone all the same, unless somebody else is being asked."""
    with as_council(row.council_id):
        enquiry = Enquiry.objects.select_related("council").get(council=row.council_id, pk=row.enquiry_id)
    chosen = Chosen(row.ambassador_key, row.ambassador_council_id, row.reasons)
    allowed = may_cross(enquiry, chosen)
    with crossing("pair_across_border", to=[row.council_id, row.ambassador_council_id if allowed else row.council_id]):
        ambassador_locked(chosen.ambassador_key, chosen.ambassador_council)
        if not _is_next(row):
            return False
        try:
            return allowed and bool(ask(enquiry, chosen, by=User.objects.get(pk=row.confirmed_by_id)))
        except Refused:  # before anything was written: paused, full, or nobody waits
            return False


def _is_next(row: NextInTurn) -> bool:
    """Takes the row away, under the lock of the case."""
    Enquiry.objects.select_for_update().filter(council=row.council_id, pk=row.enquiry_id).first()
    introductions = Introduction.objects.filter(council=row.council_id, enquiry=row.enquiry_id)
    if introductions.filter(state__in=sorted(OPEN)).exists():
        return False
    was_there = bool(NextInTurn.objects.filter(council=row.council_id, pk=row.pk).delete()[0])
    return was_there and hub_now() - row.confirmed_at < HOLDS_FOR
