"""A case is erased: one transaction, as the eraser, safe to do twice.

Mail that a sender has in its hands cannot be called back, and what becomes of it is still to be written down: such a
case waits for the next round. A hold stops every request; one that was held is carried out once the hold is lifted. A
restored backup is another matter: what stands in the ledger was erased when no hold stood, so a hold that the backup
still knows is one that had been lifted, and stops nothing.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet

from councils.clock import hub_now
from councils.households import forget_household
from councils.models import Council, Erasure, ErasureRequest, Event, LegalHold, ToDo
from councils.models.rights import ErasureCause, ErasureState
from councils.refusals import Refused
from councils.tenancy import across, as_council
from councils.working_time import in_london
from enquiries.handover_states import HandoverState
from enquiries.models import Enquiry, Handover
from enquiries.retention.reading import still_due
from enquiries.rights import ledger
from enquiries.rights.beside import erase_beside
from enquiries.rights.merged_keys import forget_keys_of
from enquiries.rights.reach import Reach, empty, in_order, reach
from enquiries.states import CLOSED_STATES, CloseReason, State
from outbox.models import Message
from outbox.settling import take_back
from outbox.states import State as MessageState

log = structlog.get_logger("enquiries.rights")
ERASER = "eraser"
UNDONE = (ErasureState.WAITING, ErasureState.HELD)
_WITHDRAWN = {"state": State.WITHDRAWN, "close_reason": CloseReason.OTHER, "next_due_at": None, "state_since": None}
_before: list[Callable[[int], None]] = []  # of upper rooms


def before_erasing(do: Callable[[int], None]) -> None:
    """`do` gets the council, before anything of one of its cases goes."""
    _before.append(do)


class StillSending(Refused):
    """A sender has a message of theirs in its hands."""


def erase_pending(told_to_stop: Callable[[], bool] = lambda: False) -> int:
    """Everything that was asked for and may be done now. How many cases; one that fails is tried again next time."""
    done = 0
    for council_id, key in _undone():
        if told_to_stop():
            break
        try:
            done += carry_out(council_id, key) == ErasureState.DONE
        except StillSending:
            log.info("erasure_waits_for_mail", request_id=str(key))
        except DatabaseError as error:
            log.error("erasure_failed", request_id=str(key), error=type(error).__name__)  # its text quotes rows
    return done


def replay(path: Path) -> int:
    """Erase again what the ledger knows and this database does not. Raises StillSending, after all others."""
    councils, done, waiting = dict(Council.objects.using(ERASER).values_list("slug", "pk")), 0, set[UUID]()
    for line in ledger.read(path):
        if line.council not in councils:
            log.warning("ledger_names_no_council", council=line.council)
            continue
        try:
            done += _erase_again(councils[line.council], line)
        except StillSending:
            waiting.add(line.case)
    if waiting:
        raise StillSending(f"{done} erased again. {len(waiting)} wait for a message: run this again in five minutes.")
    return done


def _erase_again(council_id: int, line: ledger.Line) -> bool:
    """A backup also holds what was being sent when it was made. No sender takes that back while sending is locked."""
    with as_council(council_id):
        for key in reach(council_id, line.case).subjects:
            take_back(about=key)
    return erase(council_id, line.case, cause=line.cause)


def carry_out(council_id: int, key: UUID) -> ErasureState | None:
    """One request. None: somebody else has it, or it is void. Raises StillSending."""
    with as_council(council_id, using=ERASER):
        request = _requests(council_id).filter(pk=key).first()
        if request is None or _is_void(request):
            return None
        if _is_held(council_id, request.subject_id):
            _requests(council_id).filter(pk=key).update(state=ErasureState.HELD)
            return ErasureState.HELD
    erase(council_id, request.subject_id, cause=ErasureCause(request.cause), heed_holds=True)
    with as_council(council_id, using=ERASER):
        if _is_held(council_id, request.subject_id) or _is_void(request):
            return None
        _requests(council_id).filter(pk=key).update(state=ErasureState.DONE, done_at=hub_now(ERASER))
    return ErasureState.DONE


def erase(council_id: int, case_id: UUID, *, cause: ErasureCause, heed_holds: bool = False) -> bool:
    """False where there is no such case, or nothing left of it. Raises StillSending."""
    if _stop_sending(council_id, case_id):
        raise StillSending("A message to them is being sent.")
    for do in _before:
        do(council_id)
    with across({council_id, *_asked(council_id, case_id)}, reason="erase", using=ERASER):
        case = Enquiry.objects.using(ERASER).select_for_update().filter(council=council_id, pk=case_id).first()
        if case is None:
            return _erase_beside(council_id, case_id, cause)
        if case.erased_at or (heed_holds and _is_held(council_id, case_id)):
            return False
        if cause == ErasureCause.RETENTION and case.closed_at is None and heed_holds:
            return False  # opened again while we waited for its lock
        reached = reach(council_id, case_id, using=ERASER)
        _require_nothing_in_hand(council_id, reached)
        _take_back_offers(case)
        rows = {part.table: count for part in in_order(reached) if (count := empty(part))}
        forget_keys_of(case, using=ERASER)
        _finish_todos(council_id, reached)
        _close(case, cause)
        _forget_household(case)
        _write_down(council_id, case_id, cause, rows)
    log.info("case_erased", case_id=str(case_id), council_id=council_id, cause=cause.value)
    return True


def _erase_beside(council_id: int, key: UUID, cause: ErasureCause) -> bool:
    """Of somebody who has no case; what is about them goes as it would with one."""
    reached = reach(council_id, key, using=ERASER)
    rows = erase_beside(council_id, key)
    if not rows:
        return False
    _require_nothing_in_hand(council_id, reached)
    rows |= {part.table: count for part in in_order(reached) if (count := empty(part))}
    _write_down(council_id, key, cause, rows)
    return True


def _undone() -> list[tuple[int, UUID]]:
    everywhere = Council.objects.using(ERASER).values_list("pk", flat=True)
    with across(everywhere, reason="erase", using=ERASER):
        waiting = ErasureRequest.objects.using(ERASER).filter(state__in=UNDONE).order_by("asked_at", "pk")
        return list(waiting.values_list("council_id", "pk"))


def _requests(council_id: int) -> "QuerySet[ErasureRequest]":
    return ErasureRequest.objects.using(ERASER).filter(council=council_id, state__in=UNDONE)


def _is_held(council_id: int, case_id: UUID) -> bool:
    holds = LegalHold.objects.using(ERASER).filter(council=council_id, subject_id=case_id, lifted_at=None)
    return holds.exists()


def _is_void(request: ErasureRequest) -> bool:
    """Its time had come, and then it was opened again or a rule was changed: then it is kept."""
    if request.cause != ErasureCause.RETENTION:
        return False
    with as_council(request.council_id):
        due = still_due([request.subject_id], request.council_id, today=in_london(hub_now()).date())
    if request.subject_id in due:
        return False
    ErasureRequest.objects.using(ERASER).filter(council=request.council_id, pk=request.pk).delete()
    return True


def _messages(council_id: int, reached: Reach) -> "QuerySet[Message]":
    """Those about the case, and those about something of the case's."""
    found = Message.objects.using(ERASER).filter(council=council_id, subject_id__in=list(reached.subjects))
    messages: QuerySet[Message] = found
    return messages


def _stop_sending(council_id: int, case_id: UUID) -> int:
    """Committed at once, so that a sender does not try again. How many are in a sender's hands."""
    with as_council(council_id, using=ERASER):
        messages = _messages(council_id, reach(council_id, case_id, using=ERASER))
        waiting = list(messages.filter(state=MessageState.QUEUED).select_for_update().values_list("pk", flat=True))
        messages.filter(pk__in=waiting).update(state=MessageState.CANCELLED, settled_at=hub_now(ERASER))
        return messages.filter(state=MessageState.LEASED).update(cancel_asked=True)


def _require_nothing_in_hand(council_id: int, reached: Reach) -> None:
    """The rows are locked: a sender that wants one now waits, and then finds it settled."""
    states = list(_messages(council_id, reached).select_for_update().values_list("state", flat=True))
    if {MessageState.QUEUED, MessageState.LEASED} & set(states):
        raise StillSending("A message to them is being sent.")


def _asked(council_id: int, case_id: UUID) -> set[int]:
    """Councils that were asked to take the case."""
    with as_council(council_id, using=ERASER):
        sent = Handover.objects.using(ERASER).filter(council=council_id, enquiry=case_id)
        return set(sent.values_list("other", flat=True))


def _take_back_offers(case: Enquiry) -> None:
    """What was asked of another council goes there too, unless it has a case of its own from it."""
    handovers = Handover.objects.using(ERASER)
    pairs = list(handovers.filter(council=case.council_id, enquiry=case.pk).values_list("pair_id", flat=True))
    of_both = handovers.filter(pair_id__in=pairs)
    of_both.filter(state=HandoverState.OFFERED).update(state=HandoverState.WITHDRAWN, answered_at=hub_now(ERASER))
    of_both.filter(enquiry=None).update(**Handover.personal.fields)


def _finish_todos(council_id: int, reached: Reach) -> None:
    todos = ToDo.objects.using(ERASER).filter(council=council_id, subject_id__in=reached.subjects, done_at=None)
    todos.update(done_at=hub_now(ERASER))


def _close(case: Enquiry, cause: ErasureCause) -> None:
    """An open one ends as withdrawn: nobody is left to keep a promise to."""
    now, before = hub_now(ERASER), State(case.state)
    ends = {} if before in CLOSED_STATES else _WITHDRAWN | {"state_changed_at": now, "closed_at": now}
    after = ends.get("state", before)
    values = {**Enquiry.personal.fields, **ends, "erased_at": now, "next_follow_up_at": None}
    Enquiry.objects.using(ERASER).filter(council=case.council_id, pk=case.pk).update(**values)
    Event.objects.using(ERASER).create(
        council_id=case.council_id,
        verb="enquiry.erased",
        subject_kind="enquiry",
        subject_id=case.pk,
        journey_id=case.journey_id,
        household_id=case.household_id,
        facts={"cause": cause.value, "old_state": before.value, "state": str(after)},
    )


def _forget_household(case: Enquiry) -> None:
    """By whatever no other case of theirs in this council says."""
    others = Enquiry.objects.using(ERASER).filter(council=case.council_id, household_id=case.household_id)
    said = others.filter(erased_at=None).values_list("email", "phone")
    forget_household(case.household_id, case.council_id, but=list(said), using=ERASER)


def _write_down(council_id: int, key: UUID, cause: ErasureCause, rows: Mapping[str, int]) -> None:
    """Last in the transaction; the file is forced to disk before it commits."""
    Erasure.objects.using(ERASER).create(council_id=council_id, subject_id=key, cause=cause, rows=dict(rows))
    slug = Council.objects.using(ERASER).values_list("slug", flat=True).get(pk=council_id)
    ledger.append(Path(settings.ERASURE_LEDGER), ledger.Line(hub_now(ERASER), slug, key, cause))
