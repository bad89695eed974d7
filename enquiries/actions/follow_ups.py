"""Follow-ups of a case: what goes next is planned anew whenever the case changes.

Each step of a case ends once, in a row of its own (sent, skipped, not possible), written under the lock of the case and
in the transaction that puts the message into the outbox. So however often this runs, side by side or killed half-way,
a step goes at most once; and as the next moment stands in the case itself, nothing is forgotten while nobody looks.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

import structlog

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, User
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from enquiries.actions.todos import open_todo
from enquiries.actions.writing import write
from enquiries.follow_up_states import FollowUpEnd
from enquiries.followups.facts import Start
from enquiries.followups.plan import Planned, next_look
from enquiries.followups.reading import Desk, desk_of
from enquiries.followups.reasons import blocked
from enquiries.followups.sequences import BY_NAME
from enquiries.models import Enquiry, FollowUpRecord
from outbox.actions import cancel
from outbox.rendering import RENDERING_ERRORS
from outbox.rounds import one_by_one

log = structlog.get_logger("enquiries.follow_ups")
AT_ONCE = 500  # cases looked at in one run
LEAVES_WITHIN = timedelta(days=9)  # over Christmas and its Sundays; no message waits longer in the outbox
_CALLED_BACK = frozenset({"stopped", "state", "reached", "heard"})
_ABOUT_A_TIME = frozenset({"visit_booked", "visit_reminder", "not_yet"})  # another time replaces them
_OVER = frozenset({"state", "reached", "heard", "asked"})
_TRY_AGAIN_AFTER = timedelta(hours=1)


def replan(case: Enquiry) -> None:
    """Call at the end of every action that changes a case, which is locked and in scope. What is due goes now."""
    desk = desk_of(case, hub_now())
    _call_back(desk)
    planned = desk.planned()
    while due := next((each for each in planned if each.waits and each.at <= desk.now), None):
        desk = carry_out(desk, due)
        planned = desk.planned()  # one step may settle another
    _look_again(case, next_look(planned))


def stop(case: Enquiry, why: str) -> None:
    """They were heard, bounced, or asked us to stop, and the case says so already. It is locked and in scope."""
    log.info("follow_ups_stopped", enquiry_id=str(case.pk), why=why)
    replan(case)


def run_due() -> int:
    """Every case with a step that is due. Safe twice and side by side. Returns how many were looked at."""
    with across(Council.objects.all(), reason="follow-ups due"):
        waiting = Enquiry.objects.filter(next_follow_up_at__lte=hub_now()).order_by("next_follow_up_at")
        due = list(waiting.values_list("council_id", "pk")[:AT_ONCE])
    return one_by_one(due, lambda case: _run(*case), name=itemgetter(1))


def _run(council_id: int, enquiry_id: UUID) -> bool:
    """One case, one transaction. What cannot be planned must not hold up the others: it is tried again later."""
    try:
        with as_council(council_id):
            case = _due_case(council_id, enquiry_id)
            if case:
                replan(case)
            return case is not None
    except RENDERING_ERRORS as error:
        log.error("follow_up_failed", enquiry_id=str(enquiry_id), error=type(error).__qualname__)
        with as_council(council_id):
            later = hub_now() + _TRY_AGAIN_AFTER
            Enquiry.objects.filter(council=council_id, pk=enquiry_id).update(next_follow_up_at=later)
        return False


def _due_case(council_id: int, enquiry_id: UUID) -> Enquiry | None:
    waiting = Enquiry.objects.filter(council=council_id, pk=enquiry_id, next_follow_up_at__lte=hub_now())
    return waiting.select_for_update(skip_locked=True).first()


def carry_out(desk: Desk, planned: Planned, *, by: User | None = None) -> Desk:
    """Send it, or write down why not; and tell a person where the table says so."""
    sequence, why = planned.sequence, planned.blocked
    messages = write(desk, planned, sequence.message) if sequence.message and why is None else []
    if sequence.todo and not (why and why.code in _OVER):
        open_todo(desk.case, desk.council, ToDoKind(sequence.todo))
    if sequence.name == "still_interested" and why is None:
        desk.case.asked_at = desk.now
        desk.case.save(update_fields=["asked_at"])
    end = FollowUpEnd.SENT if why is None else FollowUpEnd.NOT_POSSIBLE
    code = why.code if why else ""
    record("enquiry.follow_up", subject=desk.case, by=by, step=planned.step, end=end.value, why=code)
    return write_down(desk, planned.step, end, why=code, messages=messages, by=by)


def write_down(
    desk: Desk, step: str, end: FollowUpEnd, *, why: str = "", messages: Collection[str] = (), by: User | None = None
) -> Desk:
    """Raises IntegrityError where the step has ended already: at most once, whatever the cause."""
    row = FollowUpRecord.objects.create(
        council_id=desk.case.council_id,
        enquiry=desk.case,
        step=step,
        end=end,
        why=why,
        message_ids=list(messages),
        by=by,
    )
    return desk.with_record(row)


def _call_back(desk: Desk) -> None:
    """What waits in the outbox and makes no sense any more."""
    pointless = [
        message
        for row in desk.records.values()
        if row.end == FollowUpEnd.SENT and row.at > desk.now - LEAVES_WITHIN and _is_pointless(desk, row.step, row.at)
        for message in row.message_ids
    ]
    if pointless:
        cancel(desk.case.council_id, subject_id=desk.case.pk, only=pointless)


def _is_pointless(desk: Desk, step: str, sent_at: datetime) -> bool:
    """A confirmation is never called back: they were promised one."""
    name, _, key = step.partition(":")
    if name == "confirmation":
        return False
    facts, sequence = desk.facts, BY_NAME.get(name)
    if sequence is None:  # taken out of the table since it was sent
        return False
    if name in _ABOUT_A_TIME and key not in {start.key for start in sequence.starts(facts)}:
        return True
    # From what began it: they may have been reached before it was sent, and that was written down only now.
    why = blocked(sequence, Start(sent_at - sequence.when.wait), facts, off=False, reachable=True)
    return why is not None and why.code in _CALLED_BACK


def _look_again(case: Enquiry, at: datetime | None) -> None:
    if case.next_follow_up_at != at:
        case.next_follow_up_at = at
        case.save(update_fields=["next_follow_up_at"])
