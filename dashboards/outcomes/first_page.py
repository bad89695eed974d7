"""What the first page of the staff side says of applications that wait to be confirmed."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from councils.clock import hub_now
from councils.models import Council
from councils.roles import Permission
from dashboards.outcomes.applications import how_many, month_of, waiting


@dataclass(frozen=True)
class ToConfirm:
    council: Council
    waiting: int


@dataclass(frozen=True)
class FirstPage:
    month: date
    councils: list[ToConfirm]


def to_confirm(request: HttpRequest) -> dict[str, object]:
    access = request.access  # type: ignore[attr-defined]  # a StaffRequest: the frame knows HttpRequest only
    mine = access.where(Permission.CONFIRM_OUTCOMES)
    month = month_of(hub_now())
    counted = how_many(waiting(mine, month)) if mine else {}
    if not counted:
        return {}
    councils = Council.objects.filter(pk__in=counted).order_by("name")
    return {"to_confirm": FirstPage(month, [ToConfirm(each, counted[each.pk]) for each in councils])}
