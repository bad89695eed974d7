"""Whoever fosters for another service may agree that we ask it for its records: they are due 15 working days later
(regulation 32(6) of the Fostering Services (England) Regulations 2011), and a person is told when they are late."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import across, as_council
from councils.working_time import WorkingHours, in_london, next_working_day
from enquiries.actions.changing import changing, save
from enquiries.actions.todos import close_todos, open_todo
from enquiries.consents import Consent, newest
from enquiries.models import Enquiry
from enquiries.states import Kind
from outbox.rounds import one_by_one

RECORDS_WITHIN = 15  # working days
STATUTORY = WorkingHours()  # Monday to Friday, whatever the council's own week
_DAYS = ("records_consent_on", "records_asked_on", "records_came_on")


@dataclass(frozen=True, kw_only=True)
class Records:
    """`asked_of`: the name of the other service."""

    consent_on: date | None = None
    asked_on: date | None = None
    asked_of: str = ""
    came_on: date | None = None


def write_records(enquiry: Enquiry, records: Records, *, by: Access) -> Enquiry:
    """Raises Refused where nobody transfers, or for days that cannot be."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        if case.kind != Kind.TRANSFER:
            raise Refused("Records are asked for where somebody fosters for another service: correct the type first.")
        _require_order(records, today=in_london(hub_now()).date())
        told = dict(zip(_DAYS, (records.consent_on, records.asked_on, records.came_on), strict=True))
        changed = [name for name, day in told.items() if getattr(case, name) != day]
        old = {"fosters_with_name": case.fosters_with_name} if records.asked_of != case.fosters_with_name else {}
        if not changed and not old:
            return case
        for name, day in told.items():
            setattr(case, name, day)
        case.fosters_with_name = records.asked_of
        case.records_due_on = due_on(records.asked_on) if records.asked_on else None
        save(case, *_DAYS, "records_due_on", "fosters_with_name")
        if not is_late(case, in_london(hub_now()).date()):
            close_todos(case, ToDoKind.RECORDS_DUE)
        days = {name: day.isoformat() if (day := told[name]) else None for name in changed}
        words = {"wording": newest(Consent.RECORDS)} if days.get("records_consent_on") else {}
        record("enquiry.records_written", subject=case, by=by.user, old=old or None, changed=[*old], days=days, **words)
    return case


def due_on(asked_on: date) -> date:
    return next_working_day(asked_on, STATUTORY, RECORDS_WITHIN)


def is_late(case: Enquiry, today: date) -> bool:
    return case.records_due_on is not None and case.records_came_on is None and case.records_due_on < today


def find_late_records() -> int:
    """A to-do for each, once for each time that they were due, however often this runs."""
    councils = {council.pk: council for council in Council.objects.select_related("hub")}
    with across(councils, reason="find late records"):
        late = list(_late(in_london(hub_now()).date()).values_list("council_id", "pk"))
    return one_by_one(late, lambda found: _tell(councils[found[0]], found[1]), name=itemgetter(1))


def _late(today: date) -> QuerySet[Enquiry]:
    waiting = Enquiry.objects.filter(records_due_on__lt=today, records_came_on=None, closed_at=None)
    told = ToDo.objects.filter(council=OuterRef("council"), subject_id=OuterRef("pk"), kind=ToDoKind.RECORDS_DUE)
    return waiting.exclude(Exists(told.filter(created_at__date__gt=OuterRef("records_due_on"))))


def _tell(council: Council, case_id: UUID) -> bool:
    with as_council(council):
        today = in_london(hub_now()).date()
        rows = Enquiry.objects.select_for_update(of=("self",), skip_locked=True).filter(council=council, pk=case_id)
        case = rows.first()
        # The row was locked after the statement began: only a fresh look sees the to-do of whoever held it before.
        if case is None or not _late(today).filter(council=council, pk=case_id).exists():
            return False
        open_todo(case, council, ToDoKind.RECORDS_DUE)
    return True


def _require_order(records: Records, *, today: date) -> None:
    told = [day for day in (records.consent_on, records.asked_on, records.came_on) if day]
    if told and max(told) > today:
        raise Refused("These are days that have been: none can be in the future.")
    if records.asked_on and not records.consent_on:
        raise Refused("Say when they agreed that we ask for the records.")
    if records.asked_on and not records.asked_of:
        raise Refused("Say which service was asked.")
    if records.asked_on and records.consent_on and records.asked_on < records.consent_on:
        raise Refused("The records cannot have been asked for before they agreed.")
    if records.came_on and (not records.asked_on or records.came_on < records.asked_on):
        raise Refused("The records cannot have come before they were asked for.")
