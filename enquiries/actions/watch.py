"""A case that nobody looks at goes on the hub office's list."""

from datetime import date, datetime, timedelta

from councils.clock import hub_now
from councils.events import record
from councils.models import Absence, Council, CouncilKind, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import across, crossing
from councils.working_time import in_london, open_spells, working_hours_between
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from enquiries.recipients import WORKING_ROLES, office_of

UNSEEN_AFTER = timedelta(hours=2)  # of working time


def tell_hub_if_nobody_is_there(enquiry: Enquiry, council: Council) -> None:
    """At the moment of arrival: a council without an active officer, or with none who is in when it opens next."""
    if council.kind != CouncilKind.COUNCIL:
        return
    day = _next_day_open(council)
    staff = Membership.objects.current().filter(council=council, role__in=WORKING_ROLES, user__is_active=True)
    users = User.objects.filter(pk__in=staff.values("user"), working_days__contains=[day.weekday()])
    if not users.exclude(pk__in=Absence.objects.on(day).values("user")).exists():
        list_at_hub_office(enquiry, council, ToDoKind.NOBODY_HERE, due_at=enquiry.promise_due_at)
        record("enquiry.hub_told", subject=enquiry, by=None, why=ToDoKind.NOBODY_HERE.value)


def _next_day_open(council: Council) -> date:
    opened, _ = next(open_spells(hub_now(), hours_of(council)))
    return in_london(opened).date()


def tell_hub_of_unseen() -> int:
    """Every new case unseen for two working hours of its council; safe to run twice. Returns how many were listed."""
    councils = {council.pk: council for council in Council.objects.fostering().select_related("hub")}
    with across(Council.objects.all(), reason="watch for unseen cases"):
        now = hub_now()
        unseen = Enquiry.objects.unseen_since(now - UNSEEN_AFTER).filter(council__in=councils)
        listed = set(ToDo.objects.filter(kind=ToDoKind.UNSEEN).values_list("subject_id", flat=True))
        late = [case for case in unseen if case.pk not in listed and _overlooked(case, councils[case.council_id], now)]
        for case in late:
            list_at_hub_office(case, councils[case.council_id], ToDoKind.UNSEEN, due_at=case.promise_due_at)
            record("enquiry.hub_told", subject=case, by=None, why=ToDoKind.UNSEEN.value)
    return len(late)


def _overlooked(case: Enquiry, council: Council, now: datetime) -> bool:
    return working_hours_between(case.created_at, now, hours_of(council)) >= UNSEEN_AFTER


def list_at_hub_office(case: Enquiry, council: Council, kind: ToDoKind, *, due_at: datetime | None) -> None:
    """One open to-do of a kind for a case: a later due time replaces the earlier one."""
    office = office_of(council)
    with crossing("tell_hub_office", to=[office]):
        ToDo.objects.update_or_create(
            council=office,
            kind=kind,
            subject_id=case.pk,
            done_at=None,
            defaults={"subject_kind": "enquiry", "about_council": council, "due_at": due_at},
        )
