"""An enquiry goes on in another council: what the enquirer said, and what was promised, begin a case there.

Notes, safeguarding, mail and attempts stay where they were written. Every link mailed before leads to the new case.
Both councils are in scope and the sender's case is locked.
"""

import uuid
from datetime import datetime, timedelta

from councils.clock import hub_now
from councils.doors import lead_elsewhere
from councils.events import record
from councils.households import remember_household
from councils.models import Council, Event, FirstContact, ToDo, User
from councils.models.todos import ToDoKind
from councils.working_time import add_working_hours
from enquiries.actions.comings import carry_comings
from enquiries.actions.follow_ups import replan
from enquiries.actions.indexing import free_reference, index_again
from enquiries.actions.resending import COPIED
from enquiries.actions.todos import open_todo
from enquiries.actions.turns import assign_new
from enquiries.actions.watch import tell_hub_if_nobody_is_there
from enquiries.actions.wish_carrying import carry_wish
from enquiries.answers import ROUTE_FIELDS, Answers, Preparation
from enquiries.commitment import commitment, hours_of
from enquiries.follow_up_states import FollowUp, FollowUpEnd
from enquiries.going_along import let_go_along
from enquiries.handover_rules import choice_after
from enquiries.merged import with_merged
from enquiries.models import Enquiry, FollowUpRecord, Handover, Submission
from enquiries.states import Slot, State, Way

# As the case has them now: what the enquirer or a colleague put right since is the newest there is.
CARRIED = (
    *COPIED,
    *Preparation.__dataclass_fields__,
    "journey_id",
    "household_id",
    "channel",
    "times",
    "send_nothing",
    "stopped_at",
    "email_fails",
    *ROUTE_FIELDS,
)
OWED = frozenset({ToDoKind.STILL_INTERESTED, ToDoKind.NO_LONGER_INTERESTED, ToDoKind.SENT_AGAIN, ToDoKind.RING_INSTEAD})
LATE_ALREADY = timedelta(hours=4)  # of working time: somebody has waited too long, and must not wait another day


def take_over(case: Enquiry, received: Handover, *, by: User) -> Enquiry:
    """The new case. The caller ends the old one."""
    council = Council.objects.select_related("hub").get(pk=received.council_id)
    new = _begun(case, received, council, hub_now())
    new.save(force_insert=True)
    _copy_submissions(case, new)
    carry_wish(case, new)
    carry_comings(case, new)
    let_go_along(case, new)
    index_again(new)
    remember_household(new.household_id, council, email=new.email, phone=new.phone)
    lead_elsewhere(case.pk, council=council, to=new.pk)
    received.enquiry = new
    if case.visit_at and case.visit_at > hub_now():
        received.summary["visit_at"] = case.visit_at.isoformat()
    received.save(update_fields=["enquiry", "summary"])
    _write_event(new, received, by, unread=_carry_todos(case, new, council))
    _tell_enquirer(new, council)
    assign_new(new, council)
    tell_hub_if_nobody_is_there(new, council)
    return new


def _begun(case: Enquiry, received: Handover, council: Council, now: datetime) -> Enquiry:
    new = Enquiry(
        council=council,
        reference=free_reference(council),
        earlier_references=list(dict.fromkeys([*case.earlier_references, case.reference])),
        **{name: getattr(case, name) for name in CARRIED},
    )
    new.pk = uuid.uuid4()
    new.route_choice = choice_after(received.reason)
    _route_as_said_since(new, case)
    _promise(new, case, council, now)
    return new


def _promise(new: Enquiry, case: Enquiry, council: Council, now: datetime) -> None:
    """What was promised stands, whoever answers. Kept or missed, somebody new has to get in touch all the same."""
    new.promise_due_at, new.promise_kept_at = case.promise_due_at, case.promise_kept_at
    new.promise_by, new.promise_slot = FirstContact(council.first_contact_by), case.promise_slot
    times = [case.next_due_at] if case.next_due_at and case.next_due_at > now else []
    if case.promise_kept_at:
        ours = commitment(council, now=now, times=tuple(Slot(slot) for slot in case.times), way=Way(case.way))
        times.append(ours.due_at)
    elif case.promise_due_at > now:
        times.append(case.promise_due_at)
    else:
        times = [add_working_hours(now, LATE_ALREADY, hours_of(council))]
    new.next_due_at = min(times)


def _route_as_said_since(new: Enquiry, case: Enquiry) -> None:
    """They sent the form again, for the council that has it now: it says where they live. Unless that was put right
    by a colleague later."""
    sent = Submission.objects.filter(council=case.council_id, enquiry=case).order_by("-number").first()
    if sent is None or sent.answers.get("council_id") != new.council_id:
        return
    corrected = Event.objects.filter(council=case.council_id, subject_id=case.pk, verb="enquiry.corrected")
    if corrected.filter(at__gt=sent.created_at).exists():
        return
    said = Answers.from_json(sent.answers)
    new.route_choice = said.route_choice
    for field, value in said.route.on_case(said.area_named).items():
        setattr(new, field, value)


def _copy_submissions(case: Enquiry, new: Enquiry) -> None:
    """Exactly as they were sent: the same form sent once more is known here, too. What was merged into the case comes
    after its own."""
    copied = ("channel", "answers", "digest", "notice_version", "consents", "created_at")
    rows = Submission.objects.filter(council=case.council_id, enquiry__in=with_merged(case)).order_by("created_at")
    own_first = sorted(rows, key=lambda row: (row.enquiry_id != case.pk, row.created_at, row.number))
    different = {row.digest: row for row in reversed(own_first)}
    sent = [row for row in own_first if different[row.digest] is row]
    Submission.objects.bulk_create(
        Submission(
            council_id=new.council_id, enquiry=new, number=number, **{name: getattr(row, name) for name in copied}
        )
        for number, row in enumerate(sent, start=1)
    )


def _carry_todos(case: Enquiry, new: Enquiry, council: Council) -> bool:
    """Whoever was heard waits for an answer, now from here. What they wrote can be read only where it came: so that
    stays to do there, and True says that there is something to ask for."""
    waiting = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, done_at=None)
    kinds = {ToDoKind(kind) for kind in waiting.values_list("kind", flat=True)}
    waiting.exclude(kind=ToDoKind.REPLIED).update(done_at=hub_now())
    for kind in kinds & OWED:
        open_todo(new, council, kind)
    unread = ToDoKind.REPLIED in kinds
    if unread:
        open_todo(new, council, ToDoKind.STILL_INTERESTED)
    return unread


def _write_event(new: Enquiry, received: Handover, by: User, *, unread: bool) -> None:
    record(
        "enquiry.taken_over",
        subject=new,
        by=by,
        pair=str(received.pair_id),
        channel=new.channel,
        kind=new.kind,
        due=new.promise_due_at.isoformat(),
        promise_kept=new.promise_kept_at is not None,
        decided_by_hub=received.decided_by_hub,
        unread=unread,
        council=received.other_id,
        with_council=received.other.name,
    )


def _tell_enquirer(new: Enquiry, council: Council) -> None:
    """Once: who answers now. No confirmation: the council that had it sent one. Whom we cannot write to is called."""
    FollowUpRecord.objects.create(
        council=council, enquiry=new, step=FollowUp.CONFIRMATION, end=FollowUpEnd.NOT_POSSIBLE, why=FollowUp.HANDED_OVER
    )
    replan(new)
    told = FollowUpRecord.objects.filter(council=council, enquiry=new, step=FollowUp.HANDED_OVER, end=FollowUpEnd.SENT)
    if not told.exists():
        open_todo(new, council, ToDoKind.CALL)


def end_as_passed_on(case: Enquiry) -> State:
    """The state that it was in. The caller saves and writes the event."""
    before, now = State(case.state), hub_now()
    case.state, case.state_changed_at, case.closed_at = State.PASSED_ON, now, now
    case.next_due_at, case.close_reason, case.wake_on = None, "", None
    case.state_since, case.check_council = None, False
    return before


ENDED = (
    "state",
    "state_changed_at",
    "closed_at",
    "next_due_at",
    "close_reason",
    "wake_on",
    "state_since",
    "check_council",
)
