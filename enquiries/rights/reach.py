"""Which rows tell of a case, by what the models say of themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q

from councils.holdings import Personal, held_by_case, told_by_case
from enquiries.models import Enquiry

OF_A_SUBJECT = "subject_id"
OF_AN_EVENT = "event__subject_id"
Holding = tuple[type[models.Model], Personal]


@dataclass(frozen=True)
class Part:
    """The rows of one table."""

    model: type[models.Model]
    told: Personal
    rows: "models.QuerySet[Any]"

    @property
    def table(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True)
class Reach:
    """`subjects`: keys of the case and of what is the case's; events and to-dos are about any of these."""

    parts: tuple[Part, ...]
    subjects: frozenset[UUID]


def reach(council_id: int, case_id: UUID, *, using: str = DEFAULT_DB_ALIAS) -> Reach:
    """What changes when it is erased. The council is in scope."""
    return _reach(council_id, case_id, held_by_case(), using)


def everything(council_id: int, case_id: UUID, *, guarded: bool) -> Reach:
    """With what holds nothing personal, and is about them all the same. The council is in scope."""
    holdings = ((model, told) for model, told in told_by_case() if guarded or not told.guarded)
    return _reach(council_id, case_id, holdings, DEFAULT_DB_ALIAS)


def _reach(council_id: int, case_id: UUID, holdings: Iterable[Holding], using: str) -> Reach:
    """First what names the case, then what is about any of that, then events' details."""
    subjects, parts = {case_id}, []
    for model, told in sorted(holdings, key=_turn):
        about = {case_id} if _turn((model, told)) == 0 else subjects
        wanted = Q(*((f"{name}__in", list(about)) for name in told.by), _connector=Q.OR)
        rows = model._default_manager.using(using).filter(wanted, council=council_id)
        parts.append(Part(model, told, rows))
        subjects |= {key for key in rows.values_list("pk", flat=True) if isinstance(key, UUID)}
    return Reach(tuple(parts), frozenset(subjects))


def empty(part: Part) -> int:
    """As the eraser. How many rows; of the case itself later."""
    if part.model is Enquiry:
        return 1
    if part.told.removed:
        return part.rows.delete()[0]
    return part.rows.update(**part.told.fields)


def _turn(holding: Holding) -> int:
    return max((1 + (name == OF_AN_EVENT) for name in holding[1].by if name in (OF_A_SUBJECT, OF_AN_EVENT)), default=0)


def in_order(reached: Reach) -> Iterator[Part]:
    """Details of events first, the case last: what is removed is found by what stands longer."""
    return reversed(reached.parts)
