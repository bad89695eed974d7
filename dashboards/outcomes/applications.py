"""Open applications, and of which nobody has said this month that they stand so still.

A step that was written down this month says it as well as a word on the page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from councils.models import Council, Event, Hub
from councils.tenancy import current_scope
from councils.working_time import at, in_london
from dashboards.models import Confirmed
from enquiries.models import Enquiry
from enquiries.states import APPLICATION_STATES

STANDS = "enquiry.application_stands"


def month_of(now: datetime) -> date:
    """By its first day."""
    return in_london(now).date().replace(day=1)


def applications(councils: Collection[int]) -> QuerySet[Enquiry]:
    rows: QuerySet[Enquiry] = Enquiry.objects.filter(
        council__in=councils, closed_at=None, erased_at=None, state__in=APPLICATION_STATES
    )
    return rows


def waiting(councils: Collection[int], month: date) -> QuerySet[Enquiry]:
    begin = at(month, time(0))
    said = Event.objects.filter(council=OuterRef("council"), subject_id=OuterRef("pk"), verb=STANDS, at__gte=begin)
    return applications(councils).filter(state_changed_at__lt=begin).exclude(Exists(said))


def how_many(rows: QuerySet[Enquiry]) -> Mapping[int, int]:
    """By council; those with none are left out."""
    counted = rows.order_by().values_list("council_id").annotate(Count("pk"))
    return dict(counted)


@dataclass(frozen=True)
class Standing:
    """`confirmed`: the month for which all was confirmed last, by its first day. `waiting`: of `applications`, those of
    which nobody has said this month how they stand."""

    council: Council
    applications: int
    waiting: int
    confirmed: date | None

    @property
    def in_words(self) -> str:
        if not self.applications:
            return "no open applications"
        if not self.waiting:
            return "confirmed this month"
        return f"not confirmed since {self.confirmed:%B %Y}" if self.confirmed else "never confirmed"


def standing(hub: Hub, now: datetime) -> list[Standing]:
    """Of the hub's councils in scope, in the order of their names. For who leads the region none is: the applications
    of a council are its own, and so is who confirmed them."""
    scope = current_scope()
    councils = list(Council.objects.filter(hub=hub, pk__in=scope.councils if scope else ()).order_by("name"))
    keys = [council.pk for council in councils]
    held, wait = how_many(applications(keys)), how_many(waiting(keys, month_of(now)))
    said = dict(Confirmed.objects.filter(council__in=keys).order_by().values_list("council").annotate(Max("month")))
    return [
        Standing(council, held.get(council.pk, 0), wait.get(council.pk, 0), said.get(council.pk))
        for council in councils
    ]
