"""Once a month a council says of each open application how it stands. When all have been said, the month is confirmed.

Each is said, or refused, by itself; said twice, the second changes nothing. Where steps of the month have told of all,
nobody has to say anything: the month is confirmed by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import across, as_council
from dashboards.actions.applications import stands, tell
from dashboards.models import Confirmed
from dashboards.outcomes.applications import STANDS, applications, how_many, month_of, waiting
from dashboards.outcomes.words import Told
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State
from outbox.rounds import one_by_one

_MEANWHILE = "It has become “{}” meanwhile. Look once more."


@dataclass(frozen=True)
class Said:
    """Of one application, which was `seen` in a state. `told`: what has become of it since, on that day; None: it is so
    still."""

    case: UUID
    seen: str
    told: Told | None = None
    day: date | None = None
    reason: CloseReason | None = None


@dataclass
class Heard:
    """`left`: of how many nothing has been said yet."""

    stood: int = 0
    changed: int = 0
    refused: dict[UUID, str] = field(default_factory=dict)
    left: int = 0


def confirm(council: Council, every: Iterable[Said], *, by: Access) -> Heard:
    """Raises Refused for who may not say how applications stand."""
    by.require(Permission.CONFIRM_OUTCOMES, council.pk)
    heard, now = Heard(), hub_now()
    with as_council(council):
        for said in sorted(every, key=lambda said: str(said.case)):  # in one order for everybody who locks them
            try:
                with transaction.atomic():
                    _hear(council, said, heard, by)
            except Refused as refusal:  # its savepoint was rolled back
                heard.refused[said.case] = str(refusal)
        heard.left = waiting([council.pk], month_of(now)).count()
        if not heard.left and (heard.stood or heard.changed):
            _write_down(council, month_of(now), by.user)
    return heard


def _hear(council: Council, said: Said, heard: Heard, by: Access) -> None:
    case = Enquiry.objects.select_for_update().filter(council=council, pk=said.case).first()
    if case is None:
        raise Refused("There is no such application here.")
    if said.told is None:
        _stands(case, said.seen, by)
        heard.stood += 1
        return
    if said.day is None:
        raise Refused("Say on which day it was, like 23/11/2026.")
    if case.state != said.seen and not stands(case, said.told, said.day, said.reason):
        raise Refused(_MEANWHILE.format(State(case.state).label))
    if tell(case, {said.told: said.day}, reason=said.reason, by=by):
        heard.changed += 1
    else:  # a colleague has said the same
        heard.stood += 1


def _stands(case: Enquiry, seen: str, by: Access) -> None:
    if case.state != seen or case.erased_at:
        raise Refused(_MEANWHILE.format(State(case.state).label))
    if waiting([case.council_id], month_of(hub_now())).filter(pk=case.pk).exists():  # else it was said already
        record(STANDS, subject=case, by=by.user)


def confirm_what_steps_told() -> int:
    """How many councils had nothing left to say. Raises SomeFailed."""
    month, councils = month_of(hub_now()), {council.pk: council for council in Council.objects.all()}
    with across(councils, reason="confirm what steps told"):
        done = set(Confirmed.objects.filter(council__in=councils, month=month).values_list("council_id", flat=True))
        held = how_many(applications({*councils} - done))
        left = how_many(waiting(held, month)) if held else {}
    return one_by_one(
        [councils[key] for key in held if key not in left], lambda council: _settle(council, month), name=str
    )


def _settle(council: Council, month: date) -> bool:
    with as_council(council):
        if waiting([council.pk], month).exists():
            return False
        _write_down(council, month, None)
    return True


def _write_down(council: Council, month: date, by: User | None) -> None:
    held = applications([council.pk]).count()
    row, made = Confirmed.objects.get_or_create(council=council, month=month, defaults={"applications": held, "by": by})
    if made:
        record("outcomes.confirmed", subject=row, by=by, month=month.isoformat(), applications=held)
