"""What a page of figures was asked for: whose figures, and of which months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.http import urlencode

from councils.access import Access, StaffRequest
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.working_time import in_london
from dashboards.pages.reach import councils_of, hub_seen
from dashboards.periods import Period, PeriodForm
from dashboards.tables import as_of
from enquiries.casework_views import frame


@dataclass(frozen=True)
class Asked:
    """`kept`: the period, for links to other pages; begins with a question mark where there is one."""

    hub: Hub
    councils: Sequence[Council]
    access: Access
    today: date
    form: PeriodForm
    period: Period
    kept: str

    @cached_property
    def keys(self) -> frozenset[int]:
        return frozenset(council.pk for council in self.councils)

    @property
    def kept_and(self) -> str:
        """To write one more choice after."""
        return f"{self.kept}&" if self.kept else "?"

    @property
    def is_running(self) -> bool:
        """The last month is not over, so it counts for less than a whole one."""
        return self.period.span.last >= self.today.replace(day=1)


def of_region(request: StaffRequest) -> Asked:
    hub = hub_seen(request)
    return asked_of(request, hub, councils_of(hub))


def asked_of(request: StaffRequest, hub: Hub, councils: Sequence[Council]) -> Asked:
    today = in_london(hub_now()).date()
    given = request.GET.dict()
    form = PeriodForm(given, today=today)
    chosen = form.chosen()
    kept = {name: given[name] for name in form.fields if name in given} if form.is_valid() else {}
    return Asked(hub, councils, request.access, today, form, chosen, f"?{urlencode(kept)}" if kept else "")


def framed(request: StaffRequest, title: str, asked: Asked) -> dict[str, object]:
    """What the templates of all these pages need."""
    shown = {"asked": asked, "form": asked.form, "kept": asked.kept, "as_of": as_of(asked.hub.pk)}
    return frame(request, title) | shown
