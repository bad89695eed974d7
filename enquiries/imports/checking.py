"""A whole list against itself, the people of the council and its cases. Reads, and writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from councils.models import Council, Membership
from enquiries.imports.rows import Wanted, read_row
from enquiries.imports.sheets import Sheet
from enquiries.models import Enquiry, SearchKey
from enquiries.recipients import WORKING_ROLES
from enquiries.search import SearchKind, digits
from enquiries.states import GOING_ON_STATES

_AT_ONCE = 500


@dataclass
class Checked:
    """`bad` and `known`: the row's number and why. `known` are here already, or higher up in the list."""

    ready: list[Wanted] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    known: list[tuple[int, str]] = field(default_factory=list)


def check(sheet: Sheet, council: Council, *, today: date) -> Checked:
    """The council is in scope."""
    checked, read = Checked(), []
    workers = _workers(council)
    for number, filled in sheet.rows:
        row = read_row(number, filled, sheet.headings, today=today)
        if isinstance(row, Wanted) and row.owner and row.owner not in workers:
            row = [f"Nobody with the address {row.owner} works on cases here. Leave it empty, or add them first."]
        if isinstance(row, Wanted):
            read.append(row)
        else:
            checked.bad += [(number, problem) for problem in row]
    _sort_out_known(read, _standing(read, council), checked)
    return checked


def _workers(council: Council) -> set[str]:
    working = Membership.objects.current().filter(council=council, role__in=WORKING_ROLES, user__is_active=True)
    return set(working.values_list("user__email", flat=True))


def _keys(row: Wanted) -> list[tuple[SearchKind, str]]:
    keys = ((SearchKind.EMAIL, row.email.casefold()), (SearchKind.PHONE, digits(row.phone)))
    return [(kind, key) for kind, key in keys if key]


def _sort_out_known(read: Iterable[Wanted], standing: Mapping[tuple[str, str], str], checked: Checked) -> None:
    above: dict[tuple[str, str], int] = {}
    for row in read:
        again = next(((kind, above[kind, key]) for kind, key in _keys(row) if (kind, key) in above), None)
        here = next(((kind, standing[kind, key]) for kind, key in _keys(row) if (kind, key) in standing), None)
        if here:
            checked.known.append((row.row, f"The same {here[0].label.lower()} as {here[1]}, which is here already."))
        elif again:
            checked.known.append((row.row, f"The same {again[0].label.lower()} as row {again[1]}."))
        else:
            checked.ready.append(row)
        for kind, key in _keys(row):
            above.setdefault((kind, key), row.row)


def _standing(read: list[Wanted], council: Council) -> dict[tuple[str, str], str]:
    """References of the council's cases that go on, or can, by what finds them: somebody's closed one beside it, such
    as a duplicate, hides none."""
    wanted = [(kind, key) for row in read for kind, key in _keys(row)]
    cases: dict[str, list[tuple[str, str]]] = {}
    for kind in (SearchKind.EMAIL, SearchKind.PHONE):
        keys = [key for each, key in wanted if each == kind]
        for first in range(0, len(keys), _AT_ONCE):
            rows = SearchKey.objects.filter(council=council, kind=kind, key__in=keys[first : first + _AT_ONCE])
            for key, case in rows.values_list("key", "enquiry"):
                cases.setdefault(str(case), []).append((kind, key))
    going_on = Enquiry.objects.filter(council=council, pk__in=cases, state__in=GOING_ON_STATES).order_by(
        "created_at", "pk"
    )
    references = {str(pk): reference for pk, reference in going_on.values_list("pk", "reference")}
    return {key: reference for case, reference in references.items() for key in cases[case]}
