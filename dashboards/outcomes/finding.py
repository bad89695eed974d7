"""Which enquiry of a council each row means: by our reference, an earlier one of it, or the council's case number."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from councils.models import Council
from dashboards.outcomes.rows import Row
from enquiries.models import Enquiry, SearchKey
from enquiries.reference import parse_reference
from enquiries.search import SearchKind, compact
from enquiries.states import State

AT_ONCE = 500


@dataclass(frozen=True)
class Found:
    """`why`: in a sentence, where there is none."""

    row: Row
    case: Enquiry | None = None
    why: str = ""


def find(rows: Sequence[Row], council: Council) -> list[Found]:
    """The council is in scope: another's enquiry and none are told alike."""
    by_reference = _by_reference({_key(row) for row in rows} - {""}, council)
    by_number = _by_number({row.case_number for row in rows} - {""}, council)
    cases = Enquiry.objects.filter(council=council).in_bulk(
        [key for keys in (*by_reference.values(), *by_number.values()) for key in keys]
    )
    return [_found(row, by_reference, by_number, cases, council) for row in rows]


def _key(row: Row) -> str:
    return compact(parse_reference(row.reference) or row.reference)


def _found(
    row: Row,
    by_reference: Mapping[str, Sequence[UUID]],
    by_number: Mapping[str, Sequence[UUID]],
    cases: Mapping[UUID, Enquiry],
    council: Council,
) -> Found:
    if row.reference:
        keys, what = by_reference.get(_key(row), ()), f"reference “{row.reference}”"
    else:
        keys, what = by_number.get(row.case_number, ()), f"case number “{row.case_number}”"
    going_on = {_goes_on(cases[key], cases).pk: _goes_on(cases[key], cases) for key in keys}
    if not going_on:
        return Found(row, why=f"{council.name} has no enquiry with the {what} here.")
    if len(going_on) > 1:
        named = ", ".join(sorted(case.reference for case in going_on.values()))
        return Found(row, why=f"More than one enquiry has the {what}: {named}. Write the reference.")
    return _fitting(row, next(iter(going_on.values())))


def _fitting(row: Row, case: Enquiry) -> Found:
    if row.reference and row.case_number and case.case_number not in ("", row.case_number):
        return Found(row, why=f"{case.reference} has another case number here. Look which of the two is meant.")
    if case.state == State.PASSED_ON:
        return Found(row, why=f"{case.reference} was passed on to another council, which says what became of it.")
    return Found(row, case)


def _goes_on(case: Enquiry, cases: Mapping[UUID, Enquiry]) -> Enquiry:
    """Of one that was joined with another, the other."""
    seen = {case.pk}
    while case.merged_into_id and case.merged_into_id not in seen:
        seen.add(case.merged_into_id)
        case = cases.get(case.merged_into_id) or Enquiry.objects.get(council=case.council_id, pk=case.merged_into_id)
    return case


def _by_reference(keys: Collection[str], council: Council) -> Mapping[str, Sequence[UUID]]:
    found = defaultdict[str, list[UUID]](list)
    for part in _parts(keys):
        rows = SearchKey.objects.filter(council=council, kind=SearchKind.REFERENCE, key__in=part)
        for key, case in rows.values_list("key", "enquiry_id"):
            found[key].append(case)
    return found


def _by_number(numbers: Collection[str], council: Council) -> Mapping[str, Sequence[UUID]]:
    found = defaultdict[str, list[UUID]](list)
    for part in _parts(numbers):
        rows = Enquiry.objects.filter(council=council, case_number__in=part).order_by()
        for number, case in rows.values_list("case_number", "pk"):
            found[number].append(case)
    return found


def _parts(keys: Collection[str]) -> list[list[str]]:
    listed = sorted(keys)
    return [listed[begin : begin + AT_ONCE] for begin in range(0, len(listed), AT_ONCE)]
