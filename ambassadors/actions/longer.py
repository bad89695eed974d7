"""Whoever waits longer than they could expect is told so, once: that nothing was forgotten, and what to expect now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ambassadors.conversations.words import UNSAID
from ambassadors.expecting import may_expect_by
from ambassadors.letters.sending import write
from ambassadors.letters.words import Letter
from ambassadors.models import Ambassador, AmbassadorState, Introduction
from ambassadors.schemes import scheme_of
from ambassadors.waits import expected_wait, usual_wait
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Event
from councils.tenancy import across, as_council
from councils.working_time import WorkingHours
from enquiries.commitment import hours_of
from enquiries.models import Wish
from outbox.rounds import one_by_one

SOONEST, AT_ONCE = timedelta(days=1), 500
# When the scheme began here, people had waited for it: who is not told within this time, is not told late.
AT_MOST = timedelta(days=60)
TOLD = "wish.told_longer"


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a council's people could expect."""

    usual: int | None
    answer_days: int
    hours: WorkingHours

    def is_late(self, since: datetime, now: datetime) -> bool:
        return may_expect_by(since, self.usual, self.answer_days, self.hours) <= now


def tell_who_waits_longer() -> int:
    """Safe twice, and beside itself. How many were told."""
    with across(Council.objects.all(), reason="waits longer"):
        found = list(_untold(hub_now()).values_list("council_id", "pk")[:AT_ONCE])
    expected = {council: _expected(council) for council in {council for council, _ in found}}
    late = [(*row, told) for row in found if (told := expected[row[0]])]
    return one_by_one(late, lambda row: _tell(*row), name=itemgetter(1))


def _untold(now: datetime) -> "QuerySet[Wish]":
    """Of open cases, for whom nobody has been ready since they asked."""
    told = Event.objects.filter(subject_id=OuterRef("pk"), verb=TOLD, at__gte=OuterRef("since"))
    ready = Introduction.objects.filter(enquiry=OuterRef("enquiry"), created_at__gte=OuterRef("since"))
    standing = Wish.objects.filter(taken_back_at=None, enquiry__closed_at=None, enquiry__quarantined=False)
    lately = standing.filter(since__lte=now - SOONEST, since__gte=now - AT_MOST)
    return lately.exclude(Exists(told)).exclude(Exists(ready.exclude(state__in=sorted(UNSAID)))).order_by("since")


def _expected(council: int) -> _Expected | None:
    """None where nobody could be asked at all."""
    with as_council(council):
        scheme, row = scheme_of(council), Council.objects.get(pk=council)
        active = Ambassador.objects.filter(council=council, state=AmbassadorState.ACTIVE)
        if not scheme.runs or not active.exists():
            return None
        return _Expected(usual_wait(council), scheme.answer_days, hours_of(row))


def _tell(council: int, wish_id: UUID, expected: _Expected) -> bool:
    with as_council(council):
        now = hub_now()
        rows = _untold(now).filter(council=council, pk=wish_id).select_for_update(of=("self",))
        wish = rows.select_related("enquiry").first()
        if wish is None or not expected.is_late(wish.since, now):
            return False
        record(TOLD, subject=wish, by=None)
        key = f"{Letter.LONGER}:{wish.pk}:{wish.since.isoformat()}"
        write(wish.enquiry, Letter.LONGER, key=key, wait=expected_wait(wish.enquiry))
        return True
