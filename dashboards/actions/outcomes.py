"""What became of applications, row by row of a council's list: through the workflow, never around it, with the rights
of whoever brings it. One that is refused holds up no other, and what stands so already is left alone, so a list may
come twice. Of the list itself nothing is kept but how many rows did what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from councils.access import Access
from councils.models import Council, Event
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from dashboards.actions.applications import stands_so, tell
from dashboards.outcomes.finding import Found, find
from dashboards.outcomes.rows import Row, said
from dashboards.outcomes.words import Told
from enquiries.models import Enquiry

VERB = "outcomes.brought_in"


@dataclass(frozen=True)
class Line:
    """Of one row: the case's reference, or as the row names it, and what was done or why nothing was."""

    row: int
    named: str
    words: str


@dataclass
class Taken:
    rows: int
    changed: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    left: int = 0  # rows that were not looked at any more: enough changed before them

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.changed) - len(self.refused) - self.left

    @property
    def in_words(self) -> str:
        return f"{len(self.changed)} changed, {self.unchanged} stood so already, {len(self.refused)} refused."


def bring_in(rows: Sequence[Row], council: Council, *, unread: int = 0, most: int | None = None, by: Access) -> Taken:
    """`unread`: how many rows could not be read. `most`: after so many that change something, the others wait for the
    next time. Raises Refused for who may not say how applications stand."""
    taken = _take(rows, council, dry=False, most=most, by=by)
    with as_council(council):
        Event.objects.create(
            council_id=council.pk,
            verb=VERB,
            subject_kind="council",
            subject_id=UUID(int=council.pk),  # councils have whole numbers for keys
            by=by.user,
            facts={
                "rows": len(rows) + unread,
                "changed": len(taken.changed),
                "unchanged": taken.unchanged,
                "refused": len(taken.refused) + unread,
            },
        )
    return taken


def try_out(rows: Sequence[Row], council: Council, *, most: int | None = None, by: Access) -> Taken:
    """What `bring_in` would do, by doing it and taking it back. Raises Refused as it does."""
    return _take(rows, council, dry=True, most=most, by=by)


def _take(rows: Sequence[Row], council: Council, *, dry: bool, most: int | None, by: Access) -> Taken:
    by.require(Permission.CONFIRM_OUTCOMES, council.pk)
    taken = Taken(len(rows))
    with as_council(council):
        found = find(rows, council)
    taken.refused += [Line(each.row.number, each.row.named, each.why) for each in found if each.case is None]
    for case, told in _by_case(found):
        if all(stands_so(case, row) for row in told):
            continue
        if most is not None and len(taken.changed) >= most:
            taken.left += len(told)
            continue
        with as_council(council), transaction.atomic():
            _rows_of_one(Enquiry.objects.get(council=council, pk=case.pk), told, taken, by)
            transaction.set_rollback(dry)
    taken.changed.sort(key=lambda line: line.row)
    taken.refused.sort(key=lambda line: line.row)
    return taken


def _by_case(found: Iterable[Found]) -> list[tuple[Enquiry, list[Row]]]:
    """What is told of one case in the order of its days, however the list is sorted; cases in one order for everybody
    who locks them."""
    rows, cases = defaultdict[UUID, list[Row]](list), dict[UUID, Enquiry]()
    for each in found:
        if each.case:
            cases[each.case.pk] = each.case
            rows[each.case.pk].append(each.row)
    return [(cases[key], sorted(rows[key], key=lambda row: (row.first_day, row.number))) for key in sorted(rows)]


def _require_one_day(row: Row, told: dict[Told, tuple[int, date]]) -> None:
    """Raises Refused where two rows differ about one enquiry."""
    for each, day in row.days.items():
        number, said_there = told.setdefault(each, (row.number, day))
        if said_there != day:
            raise Refused(f"Row {number} of this list says of the same enquiry: {each.value} on {said(said_there)}.")


def _rows_of_one(case: Enquiry, rows: Iterable[Row], taken: Taken, by: Access) -> None:
    told = dict[Told, tuple[int, date]]()
    for row in rows:
        try:
            with transaction.atomic():
                _require_one_day(row, told)
                words = tell(case, row.days, reason=row.reason, case_number=row.case_number, by=by)
        except Refused as refusal:  # its savepoint was rolled back
            taken.refused.append(Line(row.number, case.reference, str(refusal)))
        else:
            taken.changed += [Line(row.number, case.reference, "; ".join(words))] if words else []
