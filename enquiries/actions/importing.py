"""A council's own list becomes cases: all of it in one transaction, and nothing is sent.

Who stands on it was answered by the council and saw no notice of ours: “send nothing” is set, so the hub writes
nothing to them by itself; a colleague may. What the list says of the first contact is kept as it says it; a promise
that had run out before is shown as missed, and nobody is mailed about it. Undoing removes a case as long as nobody but
the machine has touched it.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, time

from django.db import IntegrityError, transaction

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.households import forget_household
from councils.models import Council, Event, ToDo, User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import at, closing, end_of_next_working_day, in_london, opening
from enquiries.actions.follow_ups import replan
from enquiries.actions.indexing import index
from enquiries.actions.intake import case_from
from enquiries.actions.sendings import submission_from
from enquiries.answers import Answers
from enquiries.commitment import commitment, hours_of
from enquiries.imports.cells import fosters_with
from enquiries.imports.rows import Wanted
from enquiries.models import Enquiry, FollowUpRecord, Import, Note, SearchKey, Submission, Suggestion, Touch
from enquiries.models.enquiry import UNEVENTFUL
from enquiries.promise import Promise
from enquiries.states import Channel, CloseReason, RouteChoice, State
from enquiries.whereabouts import Whereabouts

IMPORTED, UNDONE = "enquiry.imported", "enquiry.import_undone"
_BY_ITSELF = (*UNEVENTFUL, IMPORTED, "enquiry.follow_up")
_VISIT_HOUR = time(9)


@dataclass(frozen=True)
class Undone:
    """`kept`: references of cases on which somebody has worked since."""

    removed: int
    kept: list[str]


def bring_in(rows: list[Wanted], council: Council, *, digest: str, by: Access) -> Import:
    """Raises Refused where this very file is here already."""
    by.require(Permission.ENTER_CALLS, council.pk)
    with as_council(council):
        brought = _write_down(council, digest, len(rows))
        owners = {user.email: user for user in User.objects.filter(email__in={row.owner for row in rows})}
        for row in rows:
            _bring(row, council, brought, owners.get(row.owner), by)
    return brought


def undo_import(brought: Import, *, by: Access) -> Undone:
    """Safe to do twice."""
    by.require(Permission.ENTER_CALLS, brought.council_id)
    with as_council(brought.council_id):
        if not Event.objects.filter(verb=IMPORTED, facts__brought=str(brought.pk)).exists():
            raise Refused("No case came with this import.")
        cases = list(Enquiry.objects.select_for_update().filter(council=brought.council_id, import_id=brought.pk))
        kept = [case for case in cases if _is_worked_on(case)]
        for case in cases:
            if case not in kept:
                _remove(case, by)
        brought.undone_at = brought.undone_at or hub_now()
        brought.save(update_fields=["undone_at"])
    return Undone(len(cases) - len(kept), [case.reference for case in kept])


def _write_down(council: Council, digest: str, rows: int) -> Import:
    try:
        with transaction.atomic():
            return Import.objects.create(council_id=council.pk, digest=digest, rows=rows)
    except IntegrityError:
        earlier = Import.objects.get(council=council, digest=digest, undone_at=None)
        raise Refused(
            f"This very file was brought in on {in_london(earlier.at):%d/%m/%Y}, as import {earlier.pk}."
        ) from None


def _bring(row: Wanted, council: Council, brought: Import, owner: User | None, by: Access) -> None:
    now, place = hub_now(), Whereabouts(hub=council.hub, typed=row.postcode)
    answers = _answers(row, council, place)
    case = case_from(answers, council, _promise(row, council, now), Channel.OTHER)
    case.pk, case.import_id, case.send_nothing = uuid.uuid4(), brought.pk, True
    case.check_council = bool(row.postcode) and place.home != council
    case.second_adult, case.case_number, case.applied_on = row.second_adult, row.case_number, row.applied_on
    case.owner, case.first_seen_at, case.claimed_at = owner, now, now if owner else None
    _stand(case, row, council, now)
    case.save(force_insert=True)
    submission_from(case, answers, 1, Channel.OTHER)
    index(case)
    if row.notes:
        Note.objects.create(council_id=council.pk, enquiry=case, text=row.notes, by=by.user)
    _record(case, row, brought, by)
    replan(case)


def _answers(row: Wanted, council: Council, place: Whereabouts) -> Answers:
    """What there is to know. No privacy notice of ours was shown."""
    return Answers(
        hub_id=council.hub_id,
        council_id=council.pk,
        route=place.snapshot(),
        route_choice=RouteChoice.ROUTED if place.home == council else RouteChoice.STAFF_CHOICE,
        kind=row.kind,
        fosters_with=fosters_with(row.fosters_with),
        fosters_with_name=row.fosters_with,
        name=row.name,
        email=row.email,
        phone=row.phone,
        way=row.way,
        notice_version="",
    )


def _came_at(row: Wanted, council: Council, now: datetime) -> datetime:
    return min(opening(row.came_on, hours_of(council)), now)


def _promise(row: Wanted, council: Council, now: datetime) -> Promise:
    """As the list says; else as it would have been promised on the day."""
    ours = commitment(council, now=_came_at(row, council, now), times=(), way=row.way)
    if row.due_by is None:
        return ours
    return Promise(due_at=closing(row.due_by, hours_of(council)), by=ours.by, way=row.way)


def _stand(case: Enquiry, row: Wanted, council: Council, now: datetime) -> None:
    """Where it stands. `state_changed_at` is now: a promise that ran out before is nobody's to be told of again."""
    case.created_at, case.state = _came_at(row, council, now), row.state
    case.state_changed_at, case.state_since = now, row.since
    if row.contacted_on:
        case.promise_kept_at = min(max(case.created_at, opening(row.contacted_on, hours_of(council))), now)
    elif row.state != State.NEW:
        # Implied: nobody comes so far without a word. No day is known, and that it was late is nobody's word.
        days = [opening(row.since, hours_of(council))] if row.since else []
        case.promise_kept_at = max(case.created_at, min(case.promise_due_at, now, *days))
    case.reached_at = None if row.state == State.NEW else case.promise_kept_at
    if row.state == State.VISIT_BOOKED and row.visit_on:
        case.visit_at = at(row.visit_on, row.visit_at or _VISIT_HOUR)
    case.next_due_at = _next_due(case, row, council, now)
    if row.state == State.NOT_YET:
        case.closed_at, case.close_reason, case.wake_on = now, CloseReason.OTHER, row.ask_again_on


def _next_due(case: Enquiry, row: Wanted, council: Council, now: datetime) -> datetime | None:
    """As the list says where that is to come; what is overdue there is due at the end of the next working day."""
    if row.state == State.NOT_YET:
        return None
    hours = hours_of(council)
    days = (row.next_on, in_london(case.visit_at).date() if case.visit_at else None)
    planned = [closing(day, hours) for day in days if day]
    if case.promise_kept_at is None:
        planned.append(case.promise_due_at)
    return min((moment for moment in planned if moment > now), default=end_of_next_working_day(now, hours))


def _record(case: Enquiry, row: Wanted, brought: Import, by: Access) -> None:
    implied = case.promise_kept_at is not None and row.contacted_on is None
    record(
        IMPORTED,
        subject=case,
        by=by.user,
        row=row.row,
        state=case.state,
        due=case.promise_due_at.isoformat(),
        promise_kept=case.promise_kept_at is not None,
        promise_evidence="implied" if implied else None,
        brought=str(brought.pk),
    )


def _is_worked_on(case: Enquiry) -> bool:
    """A look, and what the machine did by itself, is no work."""
    happened = Event.objects.filter(council=case.council_id, subject_id=case.pk).exclude(verb__in=_BY_ITSELF)
    return happened.exclude(verb="enquiry.assigned", by=None).exists()


def _remove(case: Enquiry, by: Access) -> None:
    record(UNDONE, subject=case, by=by.user)
    for model in (Submission, Touch, SearchKey, Note, FollowUpRecord, Suggestion):
        model.objects.filter(council=case.council_id, enquiry=case).delete()
    Suggestion.objects.filter(council=case.council_id, other=case).delete()
    ToDo.objects.filter(council=case.council_id, subject_id=case.pk).delete()
    case.delete()
    if not Enquiry.objects.filter(council=case.council_id, household_id=case.household_id).exists():
        forget_household(case.household_id, case.council_id)
