"""One page of the list: as many rows as the figure says, and in words what is not among them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from councils.models import Council
from councils.working_time import in_london
from dashboards.behind.finding import Spot, counted
from dashboards.behind.sought import Sought
from dashboards.periods import months_of
from dashboards.states import Grain
from dashboards.tables import over_time, sums
from enquiries.models import Enquiry

PAGE = 200
MOST = 1000  # of more than these nobody reads a list, and looking for them takes longer than any page


@dataclass(frozen=True)
class Row:
    """`reference`: empty where the case is there no more, since a list that was brought in was taken back."""

    on: date
    reference: str = ""
    name: str = ""
    erased_on: date | None = None
    state: str = ""
    council: str = ""
    address: str = ""


@dataclass(frozen=True)
class Narrower:
    """The same figure of one month, or of one council: how many, and what names it."""

    n: int
    month: date | None = None
    council: Council | None = None


@dataclass(frozen=True)
class Listed:
    """`begin`: the number of the first row, from one. `elsewhere`: how many another council has by now. `narrower`:
    instead of rows, where there are too many for one list."""

    count: int
    as_of: datetime | None
    rows: Sequence[Row] = ()
    found: int = 0
    begin: int = 1
    narrower: Sequence[Narrower] = ()

    @property
    def elsewhere(self) -> int:
        return 0 if self.narrower else max(0, self.count - self.found)

    @property
    def end(self) -> int:
        return self.begin + len(self.rows) - 1

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.found


def listed(sought: Sought, councils: Sequence[Council], *, seen: Collection[int], page: int = 1) -> Listed:
    """`councils`: of one hub, and all among those `seen`: whose cases may be shown."""
    keys = [council.pk for council in councils]
    may_narrow = sought.span.grain == Grain.MONTH and (len(keys) > 1 or sought.span.first < sought.span.last)
    found = counted(sought, keys, hub=councils[0].hub_id, seen=seen, most=MOST if may_narrow else None)
    if found.spots is None:
        return Listed(found.n, found.as_of, narrower=_narrower(sought, councils))
    begin = (page - 1) * PAGE
    rows = rows_of(found.spots[begin : begin + PAGE], seen)
    return Listed(found.n, found.as_of, rows, len(found.spots), begin + 1)


def _narrower(sought: Sought, councils: Sequence[Council]) -> list[Narrower]:
    figures, keys = (sought.figure.code,), [council.pk for council in councils]
    if sought.span.first < sought.span.last:
        of_months = Counter[date]()
        for (on, _, value), n in over_time(figures, sought.span, split=sought.split, councils=keys).items():
            of_months[on] += n if sought.holds(value) else 0
        return [Narrower(of_months[month], month=month) for month in months_of(sought.span)]
    of_councils = Counter[int]()
    for (council, _, value), n in sums(figures, sought.span, split=sought.split, councils=keys).items():
        of_councils[council] += n if sought.holds(value) else 0
    return [Narrower(of_councils[each.pk], council=each) for each in councils]


def rows_of(spots: Iterable[Spot], seen: Collection[int]) -> list[Row]:
    shown = list(spots)
    columns = ("reference", "name", "erased_at", "state", "council__name")
    cases = Enquiry.objects.filter(council__in=seen).select_related("council").only(*columns)
    known = cases.in_bulk({spot.case for spot in shown})
    return [_row(spot.on, known.get(spot.case)) for spot in shown]


def _row(on: date, case: Enquiry | None) -> Row:
    if case is None:
        return Row(on)
    return Row(
        on,
        case.reference,
        case.name,
        in_london(case.erased_at).date() if case.erased_at else None,
        case.get_state_display(),
        case.council.name,
        _address(case.pk),
    )


def _address(case: UUID) -> str:
    return reverse("admin:enquiries_enquiry_change", args=[case])
