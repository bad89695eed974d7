"""On the first working day of a month managers are written to where applications wait to be confirmed: once a month,
however often this runs. After a day on which nothing ran, on the next."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import across, as_council
from councils.working_time import is_open
from dashboards.outcomes.applications import how_many, month_of, waiting
from enquiries.commitment import hours_of
from enquiries.recipients import managers_of
from outbox.actions import enqueue_template
from outbox.models import Message
from outbox.rounds import one_by_one

KEPT_TRYING = timedelta(days=3)


def remind_to_confirm() -> int:
    """How many councils were written to."""
    now = hub_now()
    councils = {each.pk: each for each in Council.objects.select_related("hub") if is_open(now, hours_of(each))}
    with across(councils, reason="remind to confirm applications"):
        untold = _untold(councils, month_of(now))
        counted = how_many(waiting(untold, month_of(now))) if untold else {}
        readers = {council: managers_of(councils[council], now) for council in counted}
    due = [council for council in counted if readers[council]]
    return one_by_one(due, lambda council: _write(councils[council], readers[council], counted[council], now), name=str)


def _untold(councils: Collection[int], month: date) -> set[int]:
    told = Message.objects.filter(council__in=councils, dedupe_key=_key(month)).values_list("council_id", flat=True)
    return {*councils} - {*told}


def _write(council: Council, readers: Collection[str], applications: int, now: datetime) -> bool:
    month = month_of(now)
    address = reverse("admin:dashboards_cell_confirm", args=[council.slug])
    context = {"council": council, "hub": council.hub, "month": month, "applications": applications}
    with as_council(council):
        for number, address_of in enumerate(readers):
            enqueue_template(
                template="confirm_applications",
                context=context | {"link": settings.BASE_URL + address},
                council=council,
                kind="confirm_applications",
                to=address_of,
                subject=f"{council.name}: confirm your open applications for {month:%B}",
                dedupe_key=_key(month) if number == 0 else f"{_key(month)}:{number}",
                expires_at=now + KEPT_TRYING,
                to_staff=True,
            )
    return True


def _key(month: date) -> str:
    return f"confirm-applications:{month:%Y-%m}"
