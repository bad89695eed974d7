"""The two rows of a handover. Both councils are in scope, and the sender's case is locked before either row is."""

import uuid
from dataclasses import dataclass

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import crossing
from councils.working_time import end_of_next_working_day
from enquiries.actions.todos import close_todos
from enquiries.commitment import hours_of
from enquiries.handover_rules import Trail
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason, Side
from enquiries.handover_summary import summary_of
from enquiries.models import Enquiry, Handover
from enquiries.recipients import office_of
from enquiries.states import State


@dataclass(frozen=True)
class Pair:
    sent: Handover
    received: Handover


def write_pair(case: Enquiry, to: Council, *, reason: HandoverReason, explanation: str, trail: Trail, by: User) -> Pair:
    """Where councils play ping-pong nobody is waited for: it is the hub manager's at once."""
    now, ping_pong = hub_now(), trail.is_ping_pong(to.pk)
    told = {
        "pair_id": uuid.uuid4(),
        "journey_id": case.journey_id,
        "reference": case.reference,
        "reason": reason,
        "explanation": explanation,
        "summary": summary_of(case, trail, ping_pong=ping_pong),
        "offered_at": now,
        "offered_by": by,
        "answer_due_at": now if ping_pong else end_of_next_working_day(now, hours_of(to)),
    }
    sent = Handover.objects.create(council_id=case.council_id, side=Side.SENT, other=to, enquiry=case, **told)
    received = Handover.objects.create(council=to, side=Side.RECEIVED, other_id=case.council_id, **told)
    return Pair(sent, received)


def case_of(handover: Handover) -> Enquiry:
    """The sender's, not locked yet. Both councils are in scope."""
    sent = Handover.objects.select_related("enquiry").get(
        council__in=(handover.council_id, handover.other_id), pair_id=handover.pair_id, side=Side.SENT
    )
    if sent.enquiry is None:
        raise LookupError("what was sent is somebody's case")
    return sent.enquiry


def lock_pair(case: Enquiry, handover: Handover) -> Pair:
    """The sender's row first, always. The case is locked."""
    rows = Handover.objects.select_for_update(of=("self",)).filter(pair_id=handover.pair_id)
    return Pair(rows.get(council=case.council_id, side=Side.SENT), rows.exclude(side=Side.SENT).get())


def end_pair(
    pair: Pair,
    state: HandoverState,
    *,
    refusal: RefusalReason | None = None,
    answer: str = "",
    decided: bool = False,
    by: User | None,
) -> None:
    for row in (pair.sent, pair.received):
        row.state, row.refusal, row.answer = state, refusal or row.refusal, answer or row.answer
        row.answered_at, row.answered_by, row.decided_by_hub = hub_now(), by, decided
        row.save(update_fields=["state", "refusal", "answer", "answered_at", "answered_by", "decided_by_hub"])
    done = ToDo.objects.filter(council=pair.received.council_id, subject_id=pair.received.pk, done_at=None)
    done.update(done_at=hub_now(), done_by=by)


def close_at_office(case: Enquiry, *kinds: ToDoKind) -> None:
    """To-dos about the case on the hub office's list."""
    office = office_of(Council.objects.get(pk=case.council_id))
    with crossing("tell_hub_office", to=[office]):
        waiting = ToDo.objects.filter(council=office, subject_id=case.pk, done_at=None)
        (waiting.filter(kind__in=kinds) if kinds else waiting).update(done_at=hub_now())


def end_open_offer(case: Enquiry) -> None:
    """The case has come to an end while another council was asked: the question is taken back with it, and nobody
    has to decide any more. The case is locked and in scope."""
    sent = Handover.objects.filter(council=case.council_id, enquiry=case, side=Side.SENT)
    last = sent.order_by("-offered_at").first()
    if last is None:
        return
    close_todos(case, ToDoKind.HANDOVER_REFUSED)
    close_at_office(case, ToDoKind.HANDOVER_STUCK)
    if last.state == HandoverState.OFFERED:
        take_back(case, last, by=None)


def take_back(case: Enquiry, offered: Handover, *, by: User | None) -> None:
    with crossing("withdraw_handover", to=[offered.other_id]):
        pair = lock_pair(case, offered)
        end_pair(pair, HandoverState.WITHDRAWN, by=by)
        tell("handover_withdrawn", case, pair, by)


def tell(
    verb: str,
    case: Enquiry,
    pair: Pair,
    by: User | None,
    *,
    reason: HandoverReason | None = None,
    why_refused: RefusalReason | None = None,
    old_state: State | None = None,
) -> None:
    """An event in each council; the receiver's is about its row, for it has no case yet."""
    for subject, row in ((case, pair.sent), (pair.received, pair.received)):
        record(
            f"enquiry.{verb}",
            subject=subject,
            by=by,
            pair=str(row.pair_id),
            council=row.other_id,
            with_council=row.other.name,
            why_handed_over=reason,
            why_refused=why_refused,
            old_state=old_state,
            state=case.state if old_state else None,
            decided_by_hub=row.decided_by_hub,
        )
