"""A release is asked for, by whoever sees the figures of the whole hub. Its masks are not theirs to choose: a worker
makes it, always the same way."""

from functools import partial

from django.db import transaction

from councils.access import Access
from councils.clock import hub_now
from councils.models import Hub
from councils.refusals import Refused
from councils.tenancy import as_hub
from councils.working_time import in_london
from dashboards.actions.annotating import office_of
from dashboards.disclosure.grid import Period
from dashboards.figures import RULES
from dashboards.models import Release
from dashboards.states import ReleaseKind
from outbox.waking import Bell, call, wake_after_commit
from staff.trail import record_account

_ring = Bell(partial(call, "dashboards.tasks.make_releases")).ring


def ask(hub: Hub, period: Period, *, by: Access) -> bool:
    """False where somebody had asked for it before: there is one of each. Raises Refused."""
    if by.hub != hub.pk or not by.sees_region:
        raise Refused("Only who sees the figures of the whole hub may release any of them.")
    if not period.is_over(in_london(hub_now()).date()):
        raise Refused("A quarter or a year can be released once it is over.")
    with transaction.atomic(), as_hub(hub):
        made = [_row(hub, period, kind, by) for kind in ReleaseKind]
        wake_after_commit(_ring)
    if any(made):
        facts = {"first": period.first.isoformat(), "last": period.last.isoformat()}
        record_account("figures.release_asked", user=by.user, by=by.user, council=office_of(hub), **facts)
    return any(made)


def is_waiting() -> bool:
    """Whether one has been asked for that is not made yet, in any hub."""
    return any(_waits(hub) for hub in Hub.objects.order_by("pk"))


def _waits(hub: Hub) -> bool:
    with as_hub(hub):
        return Release.objects.filter(hub=hub, shown={}).exists()


def _row(hub: Hub, period: Period, kind: ReleaseKind, by: Access) -> bool:
    told = {"rules": RULES, "by": by.user}
    at = {"kind": kind.value, "first": period.first, "last": period.last}
    return Release.objects.get_or_create(hub=hub, **at, defaults=told)[1]
