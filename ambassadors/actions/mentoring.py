"""A mentor stays with one household through the assessment and after it: given by staff, and ended by a date alone.

The number of meetings and the months after approval are the council's settings. Before approval the end is open.
"""

from datetime import date
from operator import itemgetter
from uuid import UUID

from django.db.models import Q, QuerySet

from ambassadors.actions.conflicts import names_of
from ambassadors.mentors.rules import MENTORED, end_after
from ambassadors.mentors.telling import tell_mentor
from ambassadors.models import Ambassador, KeptApart, Mentorship
from ambassadors.models.mentors import can_mentor
from ambassadors.schemes import scheme_of
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import across, as_council
from councils.working_time import in_london
from enquiries.actions.changing import locked
from enquiries.merged import merged_into
from enquiries.models import Enquiry
from enquiries.states import CLOSED_STATES, State
from outbox.rounds import one_by_one


def begin(enquiry: Enquiry, ambassador: UUID, *, by: Access) -> Mentorship:
    """Both of one council. Raises Refused."""
    by.require(Permission.MATCH, enquiry.council_id)
    with as_council(enquiry.council_id):
        today = in_london(hub_now()).date()
        mentor = can_mentor(enquiry.council_id, today).select_for_update().filter(pk=ambassador).first()
        if mentor is None:
            raise Refused("Choose a mentor from the list: this one cannot be asked now.")
        case = locked(enquiry.council_id, enquiry.pk)
        _require_possible(case, mentor)
        scheme = scheme_of(case.council_id)
        ends_on = end_after(case, scheme.mentor_months)
        if ends_on is not None and ends_on < today:
            raise Refused(f"The time for a mentor ended on {ends_on:%-d %B %Y}, by your council’s settings.")
        made = Mentorship.objects.create(
            council_id=case.council_id,
            ambassador=mentor,
            enquiry=case,
            begins_on=today,
            ends_on=ends_on,
            meetings=scheme.mentor_meetings,
            by=by.user,
        )
        record("mentorship.begun", subject=made, by=by.user)
        tell_mentor(made, mentor, case)
    return made


def _require_possible(case: Enquiry, mentor: Ambassador) -> None:
    if case.state not in MENTORED:
        raise Refused("A mentor is for people who have applied: in assessment, and after approval.")
    if Mentorship.objects.filter(council=case.council_id, enquiry=case, ended_at=None).exists():
        raise Refused("They have a mentor already. End that first.")
    cases = (case, *merged_into(case))
    surnames = frozenset().union(*map(names_of, cases))
    apart = KeptApart.objects.filter(council=case.council_id, ambassador=mentor)
    if apart.filter(Q(enquiry_key__in=[each.pk for each in cases]) | Q(surname_hmac__in=surnames)).exists():
        raise Refused(f"{mentor.first_name} is kept apart from them. Choose somebody else.")


def end(mentorship: Mentorship, *, by: Access) -> None:
    """Twice is harmless."""
    by.require(Permission.MATCH, mentorship.council_id)
    with as_council(mentorship.council_id):
        _end(mentorship.council_id, mentorship.pk, by=by.user, why="staff")


def _end(council: int, key: UUID, *, by: User | None, why: str) -> bool:
    row = Mentorship.objects.select_for_update().filter(council=council, pk=key, ended_at=None).first()
    if row is None:
        return False
    row.ended_at = hub_now()
    row.save(update_fields=["ended_at"])
    record("mentorship.ended", subject=row, by=by, why=why)
    return True


def keep_to_dates() -> int:
    """What follows from the case and the calendar; safe to run twice. How many mentorships changed."""
    councils = Council.objects.values_list("pk", flat=True)
    with across(councils, reason="mentorships"):
        found = list(_to_look_at(in_london(hub_now()).date()).values_list("council_id", "pk"))
    return one_by_one(found, lambda each: _look_again(*each), name=itemgetter(1))


def _to_look_at(today: date) -> QuerySet[Mentorship]:
    closed = Q(enquiry__state__in=sorted(CLOSED_STATES - {State.APPROVED}))
    approved = Q(enquiry__state=State.APPROVED, ends_on=None, enquiry__council__scheme__mentor_months__isnull=False)
    return Mentorship.objects.filter(Q(ends_on__lt=today) | closed | approved, ended_at=None)


def _look_again(council: int, key: UUID) -> bool:
    with as_council(council):
        held = Mentorship.objects.filter(council=council, pk=key).values_list("enquiry_id", flat=True).first()
        if held is None:
            return False
        case = Enquiry.objects.select_for_update(skip_locked=True).filter(council=council, pk=held).first()
        row = Mentorship.objects.select_for_update().filter(council=council, pk=key, ended_at=None).first()
        if case is None or row is None:
            return False
        if row.ends_on is not None and row.ends_on < in_london(hub_now()).date():
            return _end(council, key, by=None, why="date")
        if case.state == State.APPROVED:
            return _set_end(row, end_after(case, scheme_of(council).mentor_months))
        if case.state == State.DUPLICATE and case.merged_into_id and not _mentored(council, case.merged_into_id):
            return _go_on_in(row, case.merged_into_id)
        return case.state in CLOSED_STATES and _end(council, key, by=None, why=case.state)


def _set_end(row: Mentorship, ends_on: date | None) -> bool:
    if ends_on is None or row.ends_on is not None:
        return False
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record("mentorship.end_set", subject=row, by=None, ends_on=ends_on.isoformat())
    return True


def _mentored(council: int, case: UUID) -> bool:
    return Mentorship.objects.filter(council=council, enquiry=case, ended_at=None).exists()


def _go_on_in(row: Mentorship, case: UUID) -> bool:
    """The same people, as staff found: their mentor stays."""
    row.enquiry_id = case
    row.save(update_fields=["enquiry"])
    record("mentorship.case_joined", subject=row, by=None)
    return True
