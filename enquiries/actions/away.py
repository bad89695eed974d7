"""A case whose owner is away until it is due, or works there no longer, goes back to the council's queue.

The promise stays as it is. An absence counts from its first day; whoever takes a case while being away is taken to
know it. An owner who is back before the due time keeps the case, unless there is no time left to act then.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from uuid import UUID

from django.db.models import Q, QuerySet

from councils.absences import away_until
from councils.access import access_of
from councils.clock import hub_now
from councils.events import record
from councils.models import Absence, Council, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Permission
from councils.tenancy import across, as_council
from councils.working_time import at, in_london
from enquiries.actions.todos import open_todo
from enquiries.actions.turns import assign_new, give_to
from enquiries.models import Enquiry
from outbox.rounds import one_by_one


def give_back_of_absent() -> int:
    """Every open case that its owner cannot see to in time; safe to run twice. Returns how many went back."""
    councils = list(Council.objects.values_list("pk", flat=True))
    with across(councils, reason="give back cases of who is away"):
        away = _away(hub_now())
        owned = Enquiry.objects.filter(council__in=councils, closed_at=None)
        waiting = list(owned.filter(owner__in=away).filter(_due_while_away(away)).values_list("council_id", "pk"))
        waiting += _of_leavers(owned.filter(owner__in=_may_have_left()))
    return one_by_one(waiting, lambda found: _give_back(*found), name=itemgetter(1))


def _away(now: datetime) -> Mapping[int, date]:
    today = in_london(now).date()
    return away_until(Absence.objects.on(today).values_list("user_id", flat=True), today)


def _due_while_away(away: Mapping[int, date]) -> Q:
    wanted = Q(pk=None)  # nobody
    for user, until in away.items():
        wanted |= Q(owner=user, next_due_at__lt=_end_of(until))
    return wanted


def _of_leavers(owned: QuerySet[Enquiry]) -> list[tuple[int, UUID]]:
    rows = list(owned.values_list("owner_id", "council_id", "pk"))
    users = User.objects.in_bulk({owner for owner, _, _ in rows if owner})
    access = {pk: access_of(user) for pk, user in users.items()}
    return [(council, case) for owner, council, case in rows if not access[owner].may(Permission.WORK_CASES, council)]


def _may_have_left() -> Collection[int]:
    """Who is looked at more closely: whoever gave up one role may hold another."""
    left = Membership.objects.exclude(ended_at=None).values_list("user_id", flat=True)
    return {*left, *User.objects.filter(is_active=False).values_list("pk", flat=True)}


def _give_back(council_id: int, case_id: UUID) -> bool:
    with as_council(council_id):
        rows = Enquiry.objects.select_for_update(skip_locked=True)  # not joined: see changing.locked
        case = rows.filter(council=council_id, pk=case_id, closed_at=None).exclude(owner=None).first()
        why = why_given_back(case, hub_now()) if case else ""
        if case and why:
            give_back(case, why=why)
    return bool(why)


def give_back_if_away(case: Enquiry, now: datetime) -> None:
    """When time is short: also where the owner is back before it is due, but too late. The case is locked."""
    if case.owner and _has_left(case.owner, case):
        give_back(case, why="left")
    elif case.owner and _is_away(case, now):
        give_back(case, why="away")


def why_given_back(case: Enquiry, now: datetime) -> str:
    """A code; the empty string where the owner keeps it."""
    if case.owner is None or case.next_due_at is None:
        return ""
    if _has_left(case.owner, case):
        return "left"
    return "away" if _is_away(case, now, through=case.next_due_at) else ""


def _has_left(owner: User, case: Enquiry) -> bool:
    return not access_of(owner).may(Permission.WORK_CASES, case.council_id)


def give_back(case: Enquiry, *, why: str) -> None:
    """To nobody's, for the council to see; or to whoever is next. The case is locked and in scope."""
    council, owner = Council.objects.get(pk=case.council_id), case.owner_id
    give_to(case, None)
    record("enquiry.returned", subject=case, by=None, why=why, owner=owner)
    assign_new(case, council)
    if case.owner_id is None and not _is_pressing(case):
        open_todo(case, council, ToDoKind.OWNER_AWAY)


def _is_pressing(case: Enquiry) -> bool:
    """Somebody is asked to act already: two to-dos would be one too many."""
    waiting = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, kind=ToDoKind.DUE_SOON, done_at=None)
    return waiting.exists()


def _is_away(case: Enquiry, now: datetime, *, through: datetime | None = None) -> bool:
    """Today, and until `through`, by an absence that the owner did not know of when taking the case."""
    today = in_london(now).date()
    absences = Absence.objects.on(today).filter(user=case.owner_id)
    known = [row for row in absences if case.claimed_at and case.claimed_at >= max(_begin(row), row.created_at)]
    until = away_until([case.owner_id or 0], today).get(case.owner_id or 0)
    if until is None or known:
        return False
    return through is None or through < _end_of(until)


def _begin(absence: Absence) -> datetime:
    return at(absence.first_day, time(0))


def _end_of(day: date) -> datetime:
    return at(day + timedelta(days=1), time(0))
