"""A new enquiry finds its officer, where the council has switched that on.

Whoever makes the first contact gives its people turns: the council, or the hub office for councils where the hub rings
first. Officers are asked; managers only where no officer works. Nobody gets a case who is not in on the next day on
which the council is open, or has no time to act before it is due: it stays nobody's then, and the watch over unseen
cases and near due times tells whoever is there.

Two enquiries that arrive at the same moment must not go to the same person: the rows that say whose turn it is are
locked until the enquiry is committed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from councils.absences import presence_of
from councils.clock import hub_now
from councils.events import record
from councils.models import Assignment, Council, FirstContact, Membership, ToDo, User
from councils.presence import can_take
from councils.roles import Role
from councils.working_time import in_london
from enquiries.assignment import Candidate, next_of
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from enquiries.recipients import MANAGING_ROLES, office_of

OFFICERS = [Role.OFFICER, Role.HUB_OFFICER]


def assign_new(case: Enquiry, council: Council) -> None:
    """The case is new or locked, and in scope. One that somebody has, or must look at first, stays as it is."""
    if case.owner_id or not case.is_open or case.quarantined or case.to_confirm:
        return
    first = _first_contact(case, council)
    how = Assignment(first.assignment)
    if how == Assignment.NOBODY:
        return
    queue = list(_takers(first).select_for_update(of=("self",), no_key=True))
    chosen = next_of(_candidates(queue, case, council, hub_now()), by_load=how == Assignment.BY_LOAD)
    if chosen:
        _take_turn(queue, chosen.user)
        give_to(case, chosen.user)
        record("enquiry.assigned", subject=case, by=None, to=chosen.user, before=None, why=how.value)


def officers_of(council: Council, on: date) -> list[User]:
    """Who is given new cases of this council and is in on that day."""
    first = office_of(council) if council.first_contact_by == FirstContact.HUB else council
    users = [membership.user for membership in _takers(first)]
    presence = presence_of(users, on)
    return [user for user in users if presence[user.pk].is_in(on)]


def give_to(case: Enquiry, user: int | None, *, at: datetime | None = None) -> None:
    """Saves. `at`: when a person gave it, knowing who is away; None where nobody has looked at it."""
    before, case.owner_id, case.claimed_at = case.owner_id, user, at
    case.version += 1
    case.save(update_fields=["owner", "claimed_at", "version"])
    todos_follow(case, before=before)


def todos_follow(case: Enquiry, *, before: int | None) -> None:
    """What waited for whoever had the case, or for anybody, waits for the new owner. A colleague's own stays theirs."""
    waiting = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, done_at=None)
    waiting.filter(Q(owner=None) | Q(owner=before)).update(owner=case.owner_id)


def _first_contact(case: Enquiry, council: Council) -> Council:
    by_hub = case.promise_by == FirstContact.HUB and case.promise_kept_at is None
    return office_of(council) if by_hub else council


def _takers(council: Council) -> QuerySet[Membership]:
    """In a fixed order, so that nobody waits for a lock in a circle."""
    current = Membership.objects.current().filter(council=council, user__is_active=True)
    officers = current.filter(role__in=OFFICERS)
    roles = OFFICERS if officers.exists() else MANAGING_ROLES
    return current.filter(role__in=roles).select_related("user").order_by("pk")


def _candidates(queue: Sequence[Membership], case: Enquiry, council: Council, now: datetime) -> list[Candidate]:
    presence = presence_of([membership.user for membership in queue], in_london(now).date())
    due_at, hours = case.next_due_at or case.promise_due_at, hours_of(council)
    free = [each for each in queue if can_take(presence[each.user_id], now=now, due_at=due_at, hours=hours)]
    load = _open_cases(council, [each.user_id for each in free])
    return [Candidate(each.user_id, each.turn, load[each.user_id]) for each in free]


def _open_cases(council: Council, users: Iterable[int]) -> Counter[int]:
    """Of this council: another's are none of its business."""
    running = Enquiry.objects.filter(council=council, closed_at=None)  # in these words for the index
    owners = running.filter(owner__in=list(users)).values_list("owner_id", flat=True)
    return Counter(owner for owner in owners if owner)


def _take_turn(queue: Sequence[Membership], user: int) -> None:
    """To the end of the queue. A number and not a time: whoever waited for the lock may have the earlier clock."""
    last = max(membership.turn for membership in queue)
    Membership.objects.filter(pk__in=[each.pk for each in queue if each.user_id == user]).update(turn=last + 1)
