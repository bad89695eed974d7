"""What went into a case by merging. It is read beside the case's own and moved nowhere: undoing leaves it in place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from uuid import UUID

from enquiries.models import Enquiry, Merge
from enquiries.same_case import Side
from enquiries.states import State


def merged_into(case: Enquiry) -> list[Enquiry]:
    """Enquiries that go on in this one, directly or through another; no query where none can."""
    keys = _merged_keys(case)
    return list(Enquiry.objects.filter(council=case.council_id, pk__in=keys).order_by("created_at")) if keys else []


def with_merged(case: Enquiry) -> list[UUID]:
    """The case's own key, and those of what went into it: what is written about them is read together."""
    return [case.pk, *_merged_keys(case)]


def merged_into_each(cases: Iterable[Enquiry]) -> dict[UUID, list[Enquiry]]:
    """Of several cases at once, by the key of the case in which they go on; no query where none can."""
    found: dict[UUID, list[Enquiry]] = defaultdict(list)
    level = {case.pk: case.pk for case in cases if case.earlier_references}
    while level:
        rows = Merge.objects.filter(kept__in=level, undone_at=None).select_related("merged").order_by("at", "pk")
        level = {row.merged_id: _add(found, level[row.kept_id], row.merged) for row in rows}
    return found


def _add(found: dict[UUID, list[Enquiry]], kept: UUID, merged: Enquiry) -> UUID:
    found[kept].append(merged)
    return kept


def side_of(case: Enquiry) -> Side:
    """What counts of it where two become one."""
    told: dict[str, Any] = {each.name: getattr(case, each.name) for each in fields(Side)}
    return Side(**told | {"state": State(case.state)})


def _merged_keys(case: Enquiry) -> list[UUID]:
    """Whatever was merged left its reference."""
    found: list[UUID] = []
    level = [case.pk] if case.earlier_references else []
    while level:
        rows = Merge.objects.filter(council=case.council_id, kept__in=level, undone_at=None)
        level = [key for key in rows.values_list("merged_id", flat=True) if key not in found]
        found += level
    return found
