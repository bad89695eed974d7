"""A case that nobody looks at goes on the hub office's list."""

import uuid
from datetime import datetime, timedelta

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, CouncilKind, Membership, ToDo
from councils.models.todos import ToDoKind
from councils.roles import PERMISSIONS, Permission, Role
from councils.tenancy import across, crossing
from councils.working_time import working_hours_between
from enquiries.commitment import hours_of
from enquiries.models import Enquiry

UNSEEN_AFTER = timedelta(hours=2)  # of working time
_WORKING_ROLES = [role for role in Role if Permission.WORK_CASES in PERMISSIONS[role]]


def tell_hub_if_nobody_is_there(enquiry: Enquiry, council: Council) -> None:
    """At the moment of arrival: a council without an active officer."""
    staffed = Membership.objects.current().filter(council=council, role__in=_WORKING_ROLES, user__is_active=True)
    if council.kind == CouncilKind.COUNCIL and not staffed.exists():
        _list(enquiry.pk, council, ToDoKind.NOBODY_HERE, due_at=enquiry.promise_due_at)
        record("enquiry.hub_told", subject=enquiry, by=None, why=ToDoKind.NOBODY_HERE.value)


def tell_hub_of_unseen() -> int:
    """Every new case unseen for two working hours of its council; safe to run twice. Returns how many were listed."""
    councils = {council.pk: council for council in Council.objects.fostering().select_related("hub")}
    with across(Council.objects.all(), reason="watch for unseen cases"):
        now = hub_now()
        unseen = Enquiry.objects.unseen_since(now - UNSEEN_AFTER).filter(council__in=councils)
        listed = set(ToDo.objects.filter(kind=ToDoKind.UNSEEN).values_list("subject_id", flat=True))
        late = [case for case in unseen if case.pk not in listed and _overlooked(case, councils[case.council_id], now)]
        for case in late:
            _list(case.pk, councils[case.council_id], ToDoKind.UNSEEN, due_at=case.promise_due_at)
            record("enquiry.hub_told", subject=case, by=None, why=ToDoKind.UNSEEN.value)
    return len(late)


def _overlooked(case: Enquiry, council: Council, now: datetime) -> bool:
    return working_hours_between(case.created_at, now, hours_of(council)) >= UNSEEN_AFTER


def _list(enquiry_id: uuid.UUID, council: Council, kind: ToDoKind, *, due_at: datetime) -> None:
    office = Council.objects.get(hub=council.hub_id, kind=CouncilKind.HUB_OFFICE)
    with crossing("tell_hub_office", to=[office]):
        ToDo.objects.create(
            council=office,
            kind=kind,
            subject_kind="enquiry",
            subject_id=enquiry_id,
            about_council=council,
            due_at=due_at,
        )
