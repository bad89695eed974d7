"""One council asks another to take an enquiry. Until the other accepts, the first is responsible and the clock runs.

Each action is a crossing: it checks the role in its own council first, then widens to the two councils, writes an event
in each, and gives back ids. The sender's case is locked before anything else, so of an acceptance and anything else
that happens to the case at the same moment one comes first, and the other sees what it did.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, CouncilKind, ToDo
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.roles import HUB_WIDE, PERMISSIONS, Permission
from councils.tenancy import as_council, crossing
from enquiries import handover_mails, mails
from enquiries.actions.changing import changing, on_this_case, save
from enquiries.actions.handover_rows import (
    Pair,
    case_of,
    close_at_office,
    end_pair,
    lock_pair,
    take_back,
    tell,
    write_pair,
)
from enquiries.actions.handover_taking import ENDED, end_as_passed_on, take_over
from enquiries.actions.todos import close_todos, open_todo
from enquiries.actions.watch import list_at_hub_office
from enquiries.commitment import commitment_to
from enquiries.handover_history import history_of, is_ping_pong, is_the_hubs
from enquiries.handover_offers import require_explained, require_offerable
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason, Side
from enquiries.models import Enquiry, Handover

__all__ = ["answer", "answers_for", "decide", "offer", "withdraw"]


def offer(enquiry: Enquiry, *, to: Council, reason: HandoverReason, explanation: str = "", by: Access) -> Handover:
    """The row that stays with the sender. Raises Refused."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        history = history_of(case)
        require_offerable(case, to, history, by)
        require_explained(case, reason, explanation)
        with crossing("offer_handover", to=[to]):
            pair = write_pair(case, to, reason=reason, explanation=explanation, trail=history.trail, by=by.user)
            tell("handover_offered", case, pair, by.user, reason=reason)
            _ask(case, pair)
    return pair.sent


def answer(
    handover: Handover, *, accept: bool, refusal: RefusalReason | None = None, answer: str = "", by: Access
) -> UUID | None:
    """By the council that was asked. The key of the case that began there, if it accepted. Raises Refused."""
    _require_answerer(handover, by)
    if not accept:
        _require_refusal(refusal, answer)
    with _answering("answer_handover", handover) as (case, pair):
        if pair.sent.state != HandoverState.OFFERED:
            raise Refused(f"It is not waiting for an answer any more: {pair.sent.get_state_display().lower()}.")
        if is_ping_pong(pair.sent):
            raise Refused("This enquiry has gone to and fro. The hub manager decides who answers it.")
        if accept:
            return _accepted(case, pair, answer, by, decided=False)
        _refused(case, pair, refusal, answer, by, decided=False)
    return None


def withdraw(handover: Handover, *, by: Access) -> None:
    """By the council that asked, before there is an answer. `handover` is the row that it kept. Raises Refused."""
    if handover.side != Side.SENT:
        raise Refused("Only the council that asked can take the question back.")
    by.require(Permission.WORK_CASES, handover.council_id)
    with _own_case(handover, by) as case:
        sent = Handover.objects.get(council=case.council_id, pk=handover.pk)
        if sent.state != HandoverState.OFFERED:
            raise Refused(f"It has an answer already: {sent.get_state_display().lower()}.")
        take_back(case, sent, by=by.user)
        _forget_stuck(case)


def decide(handover: Handover, *, to_receiver: bool, words: str = "", by: Access) -> UUID | None:
    """By the hub manager, where two councils do not agree. The key of the new case, where it moves. Raises Refused."""
    by.require(Permission.DECIDE_HANDOVERS, handover.council_id)
    by.require(Permission.DECIDE_HANDOVERS, handover.other_id)
    if not words.strip():
        raise Refused("Say why: both councils read it.")
    with _answering("decide_handover", handover) as (case, pair):
        if not is_the_hubs(pair.sent, hub_now()):
            raise Refused("There is nothing to decide here: the other council still has time to answer, or has.")
        if not case.is_open:
            raise Refused("This case is closed. Reopen it first.")
        if any(each.offered_at > pair.sent.offered_at for each in history_of(case).asked):
            raise Refused("Another council has been asked since. Decide about that one.")
        if to_receiver:
            return _accepted(case, pair, words, by, decided=True)
        _refused(case, pair, None, words, by, decided=True)
    return None


def answers_for(council: Council, by: Access) -> bool:
    """Who works in the council itself: the hub's people reach every council, and must not answer in its name."""
    held = by.roles.get(council.pk, frozenset())
    if council.kind != CouncilKind.HUB_OFFICE:
        held -= HUB_WIDE
    return any(Permission.WORK_CASES in PERMISSIONS[role] for role in held)


@contextmanager
def _own_case(sent: Handover, by: Access) -> Iterator[Enquiry]:
    with as_council(sent.council_id), changing(case_of(sent), Permission.WORK_CASES, by) as locked:
        yield locked


def _require_answerer(handover: Handover, by: Access) -> None:
    by.require(Permission.WORK_CASES, handover.council_id)
    if handover.side != Side.RECEIVED:
        raise Refused("Only the council that was asked can answer.")
    if not answers_for(handover.council, by):
        raise RoleRefused(
            "The council that was asked answers itself. If it does not within a working day, the hub manager decides."
        )


def _require_refusal(refusal: RefusalReason | None, words: str) -> None:
    if refusal is None:
        raise Refused("Choose why you do not take the enquiry.")
    if refusal == RefusalReason.OTHER and not words.strip():
        raise Refused("Say in words why you do not take the enquiry.")


@contextmanager
def _answering(name: str, handover: Handover) -> Iterator[tuple[Enquiry, Pair]]:
    """The case, locked, and both rows. What follows the change of the case is planned at the end."""
    both = [handover.council_id, handover.other_id]
    with crossing(name, to=both), on_this_case(case_of(handover)) as case, crossing(name, to=both):
        yield case, lock_pair(case, handover)


def _accepted(case: Enquiry, pair: Pair, words: str, by: Access, *, decided: bool) -> UUID:
    end_pair(pair, HandoverState.ACCEPTED, answer=words, decided=decided, by=by.user)
    new = take_over(case, pair.received, by=by.user)
    before = end_as_passed_on(case)
    save(case, *ENDED)
    tell("handover_accepted", case, pair, by.user, old_state=before)
    if decided:
        council = Council.objects.select_related("hub").get(pk=new.council_id)
        mails.tell_duty_mailbox(new, council, commitment_to(new, council))
    return new.pk


def _refused(
    case: Enquiry, pair: Pair, refusal: RefusalReason | None, words: str, by: Access, *, decided: bool
) -> None:
    end_pair(pair, HandoverState.REFUSED, refusal=refusal, answer=words, decided=decided, by=by.user)
    tell("handover_decided" if decided else "handover_refused", case, pair, by.user, why_refused=refusal)
    council = Council.objects.select_related("hub").get(pk=case.council_id)
    open_todo(case, council, ToDoKind.HANDOVER_REFUSED)
    handover_mails.tell_of_refusal(case, council, pair.sent)
    if decided:
        _forget_stuck(case)
    elif is_the_hubs(pair.sent, hub_now()):
        tell_hub_manager(case, council, pair.sent)


def _forget_stuck(case: Enquiry) -> None:
    """Nobody has to decide any more."""
    close_at_office(case, ToDoKind.HANDOVER_STUCK)


def _ask(case: Enquiry, pair: Pair) -> None:
    received = pair.received
    ToDo.objects.create(
        council_id=received.council_id,
        kind=ToDoKind.HANDOVER_OFFERED,
        subject_kind="handover",
        subject_id=received.pk,
        about_council_id=case.council_id,
        due_at=received.answer_due_at,
    )
    close_todos(case, ToDoKind.HANDOVER_REFUSED)
    handover_mails.ask(received)
    if is_ping_pong(received):
        tell_hub_manager(case, Council.objects.select_related("hub").get(pk=case.council_id), pair.sent)


def tell_hub_manager(case: Enquiry, council: Council, sent: Handover) -> None:
    list_at_hub_office(case, council, ToDoKind.HANDOVER_STUCK, due_at=case.next_due_at)
    record("enquiry.hub_told", subject=case, by=None, why=ToDoKind.HANDOVER_STUCK.value)
    handover_mails.tell_hub(case, council, sent)
