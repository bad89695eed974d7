"""What staff asked for and were refused is written down, after the page's own transaction. A page that is not there and
one of another council look alike to whoever asks; here stands which it was they asked for."""

from uuid import UUID

from django.db.models import QuerySet

from councils.access import StaffRequest
from councils.keyed_hashes import keyed_hash
from councils.models import Event
from councils.rate_limits import Limit, exceeded
from staff.trail import record_account

VERB = "access.refused"
SAME = Limit("the same refused again", times=1, seconds=60)  # by one person, of one page about one object
BY_ONE = Limit("refused to one person", times=2000, seconds=3600)
STATUSES = frozenset({403, 404})


def record_refusal(request: StaffRequest, status: int) -> None:
    """By route and key, never by what was typed behind them. An address that leads nowhere is a slip of the pen."""
    match = request.resolver_match
    if status not in STATUSES or match is None or match.url_name is None:
        return
    asked = [str(value) for value in match.kwargs.values() if _is_key(value)]
    person = request.user.pk
    if exceeded(SAME, f"{person}:{keyed_hash('refused', request.path)}") or exceeded(BY_ONE, str(person)):
        return
    record_account(
        VERB,
        user=request.user,
        by=request.user,
        council=_owner(request),
        route=match.view_name,
        method=str(request.method),
        status=status,
        asked=asked,
    )


def refusals(councils: frozenset[int]) -> QuerySet[Event]:
    """The latest first. Inside a scope that holds these councils."""
    return Event.objects.filter(council__in=councils, verb=VERB).select_related("by").order_by("-at", "id")


def _owner(request: StaffRequest) -> int:
    reach = request.access.reach
    return next(iter(reach)) if len(reach) == 1 else request.user.home_id


def _is_key(value: object) -> bool:
    return isinstance(value, UUID | int) or str(value).isdecimal()
