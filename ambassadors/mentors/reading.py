"""Mentorships as staff, the enquirer and the mentor see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from ambassadors.mentors.rules import MENTORED
from ambassadors.mentors.telling import first_name
from ambassadors.models import Ambassador, Mentorship, TalkState
from ambassadors.models.mentors import can_mentor
from councils.access import Access
from councils.clock import hub_now
from councils.roles import Permission
from councils.tenancy import as_ambassador, as_council
from councils.working_time import in_london
from enquiries.models import Enquiry
from enquiries.more_parts import Part

_MET = Count("talks", filter=~Q(talks__state=TalkState.SENT_BACK))


@dataclass(frozen=True)
class Panel:
    """`now` is the one that goes on."""

    case: Enquiry
    now: Mentorship | None
    met: int
    before: Sequence[Mentorship]
    offered: list[Ambassador]
    may_begin: bool


def on_case(case: Enquiry, access: Access) -> Part | None:
    """For who looks after ambassadors, once somebody has applied, and while there is something to tell."""
    if case.erased_at or not access.may(Permission.MATCH, case.council_id):
        return None
    rows = Mentorship.objects.filter(council=case.council_id, enquiry=case).select_related("ambassador")
    known = list(rows.annotate(met=_MET).order_by("-begins_on"))
    may_begin = case.state in MENTORED
    if not known and not may_begin:
        return None
    now = next((row for row in known if row.ended_at is None), None)
    today = in_london(hub_now()).date()
    offered = list(can_mentor(case.council_id, today).order_by("first_name")) if may_begin and now is None else []
    before = [row for row in known if row.ended_at]
    met = getattr(now, "met", 0)
    return Part("staff/mentors/panel.html", {"panel": Panel(case, now, met, before, offered, may_begin)})


def on_own_page(case: Enquiry) -> Part | None:
    if case.state not in MENTORED:
        return None
    rows = Mentorship.objects.filter(council=case.council_id, enquiry=case, ended_at=None)
    row = rows.select_related("ambassador").first()
    if row is None:
        return None
    return Part("ambassadors/your_mentor.html", {"mentor": row.ambassador.first_name, "until": row.ends_on})


@dataclass(frozen=True)
class Mentee:
    """What a mentor sees: a first name, the meetings so far, and until when."""

    key: UUID
    name: str
    met: int
    meetings: int | None
    begins_on: date
    ends_on: date | None
    ended_on: date | None


def mentees_of(ambassador: UUID, council: int) -> list[Mentee]:
    """Those that go on first. No scope is open."""
    with as_ambassador(ambassador):
        rows = list(Mentorship.objects.annotate(met=_MET).order_by("ended_at", "begins_on"))
    names = _names(council, [row.enquiry_id for row in rows]) if rows else {}
    mentees = [_mentee(row, names) for row in rows]
    return sorted(mentees, key=lambda each: each.ended_on is not None)


def _mentee(row: Mentorship, names: dict[UUID, str]) -> Mentee:
    ended = in_london(row.ended_at).date() if row.ended_at else None
    met = getattr(row, "met", 0)
    return Mentee(row.pk, names[row.enquiry_id], met, row.meetings, row.begins_on, row.ends_on, ended)


def _names(council: int, cases: Collection[UUID]) -> dict[UUID, str]:
    with as_council(council):
        found = Enquiry.objects.filter(council=council, pk__in=cases).only("name")
        return {case.pk: first_name(case) for case in found}
