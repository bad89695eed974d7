"""Mail to an enquirer came back: the case says so, is due sooner, and nothing more is sent to that address.

The outbox opens the to-do in the commit that settles the message; it knows no enquiries, so they are looked for here.
"""

from datetime import timedelta
from operator import attrgetter
from uuid import UUID

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council, crossing
from councils.working_time import add_working_hours
from enquiries.actions import follow_ups
from enquiries.actions.handover_trail import Place, goes_on_in
from enquiries.actions.todos import close_todos, open_todo
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from outbox.models import Message
from outbox.rounds import one_by_one
from outbox.states import Lane, State
from outbox.suppressions import is_suppressed

RING_WITHIN = timedelta(hours=4)  # of working time


def raise_bounced() -> int:
    """How many cases were marked; each once for an address."""
    councils = {council.pk: council for council in Council.objects.select_related("hub")}
    with across(councils, reason="find bounced mail"):
        ring = ToDo.objects.filter(council__in=councils, kind=ToDoKind.RING_INSTEAD, done_at=None)
        unmarked = Enquiry.objects.filter(council__in=councils, email_fails=False).exclude(email="")
        found = list(unmarked.filter(pk__in=list(ring.values_list("subject_id", flat=True))))
    return one_by_one(found, lambda case: _raise(councils[case.council_id], case.pk), name=attrgetter("pk"))


def _raise(council: Council, case_id: UUID) -> bool:
    with as_council(council):
        rows = Enquiry.objects.select_for_update(of=("self",), skip_locked=True)
        case = rows.filter(council=council, pk=case_id, email_fails=False).first()
        if case is None or not _fails(case, council):
            return False
        place = goes_on_in(case)
        if place:
            _bring(case, place)
        case.email_fails = True
        if case.next_due_at is not None:
            case.next_due_at = min(case.next_due_at, add_working_hours(hub_now(), RING_WITHIN, hours_of(council)))
        case.version += 1
        case.save(update_fields=["email_fails", "next_due_at", "version"])
        _ring_first(case)
        follow_ups.replan(case)
        record("enquiry.email_failed", subject=case, by=None)
    return True


def _bring(case: Enquiry, place: Place) -> None:
    """The case was passed on since: whoever answers now rings. The next look finds the to-do there."""
    close_todos(case, ToDoKind.RING_INSTEAD)
    with crossing("follow_handover", to=[place[0]]):
        new = Enquiry.objects.get(council=place[0], pk=place[1])
        if new.email == case.email and not new.email_fails:
            open_todo(new, Council.objects.get(pk=new.council_id), ToDoKind.RING_INSTEAD)


def _fails(case: Enquiry, council: Council) -> bool:
    """The address of now: the one that came back may have been corrected since."""
    refused = Message.objects.filter(
        council=council, subject_id=case.pk, state=State.SUPPRESSED, to_address=case.email
    ).exists()
    return refused or is_suppressed(case.email, hub_id=council.hub_id, lane=Lane.SERVICE)


def _ring_first(case: Enquiry) -> None:
    ToDo.objects.filter(council=case.council_id, kind=ToDoKind.RING_INSTEAD, subject_id=case.pk, done_at=None).update(
        due_at=case.next_due_at, owner=case.owner_id
    )
