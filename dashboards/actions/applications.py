"""What is told of one application: steps of the workflow on the days on which they were, and dates of the assessment.

What stands so already is left alone. Nobody is written to: it was long ago, and the council has told them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from councils.access import Access
from councils.refusals import Refused
from dashboards.outcomes.rows import Row, said
from dashboards.outcomes.words import DATES, ENDS, MOVES, Told
from enquiries.actions import correct_day, take_step, write_case_number
from enquiries.actions.stages import NAMES, Stages, write_stages
from enquiries.actions.steps import began
from enquiries.models import Enquiry
from enquiries.states import CLOSED_STATES, PATH, CloseReason, State
from outbox.actions import cancel
from outbox.models import Message
from outbox.states import OPEN_STATES

WITH_REASON = frozenset({Told.WITHDRAWN, Told.DECLINED})


def tell(
    case: Enquiry, days: Mapping[Told, date], *, reason: CloseReason | None, case_number: str = "", by: Access
) -> list[str]:
    """What changed, in words; nothing where it stood so already. The council is in scope. Raises Refused: the caller
    takes back what was done of it until then."""
    before, words = _waiting(case), list[str]()
    if case_number and not case.case_number:
        write_case_number(case, case_number, by=by)
        words.append("Case number written down")
    for told, day in days.items():
        words += _move(case, told, day, reason if told in WITH_REASON else None, by) if told in MOVES else []
    words += _write_dates(case, days, by)
    if words:
        new = [str(key) for key in _waiting(case) - before]
        cancel(case.council_id, subject_id=case.pk, only=new, by=by.user)
    return words


def stands_so(case: Enquiry, row: Row) -> bool:
    """Whether telling it would change nothing: most rows of a monthly list are like that. No query."""
    if row.case_number and not case.case_number:
        return False
    if any(getattr(case, DATES[told]) != day for told, day in row.days.items() if told in DATES):
        return False
    return all(stands(case, told, day, row.reason) for told, day in row.days.items() if told in MOVES)


def stands(case: Enquiry, told: Told, day: date, reason: CloseReason | None) -> bool:
    """The same, of one step."""
    state, target = State(case.state), MOVES[told][1]
    if state == target:
        return began(case) == day and (told not in WITH_REASON or case.close_reason == reason)
    if told in ENDS or (state not in CLOSED_STATES and PATH.index(state) < PATH.index(target)):
        return False
    return day <= began(case)


def _move(case: Enquiry, told: Told, day: date, reason: CloseReason | None, by: Access) -> list[str]:
    step, target = MOVES[told]
    case.refresh_from_db()
    if case.state == target:
        return _correct(case, told, day, reason, by)
    if told not in ENDS and _is_past(case, told, target, day):
        return []
    take_step(case, step, on=day, reason=reason, by=by)
    return [f"{told.value} on {said(day)}{f', {reason.label}' if reason else ''}"]


def _correct(case: Enquiry, told: Told, day: date, reason: CloseReason | None, by: Access) -> list[str]:
    if reason and case.close_reason != reason:
        why = CloseReason(case.close_reason).label if case.close_reason else "none"
        raise Refused(f"It is “{told.value}” with another reason here: {why}. Undo the step on its page first.")
    if (old := began(case)) == day:
        return []
    correct_day(case, on=day, by=by)
    return [f"{told.value} on {said(day)} instead of {said(old)}"]


def _is_past(case: Enquiry, told: Told, target: State, day: date) -> bool:
    """Whether it has gone further, or ended, after that day."""
    state = State(case.state)
    if state not in CLOSED_STATES and PATH.index(state) < PATH.index(target):
        return False
    if day > began(case):
        since = f"“{state.label}” since {said(began(case))}"
        raise Refused(f"It has been {since}, and {told.value} on {said(day)} would be after that. Look at its page.")
    return True


def _write_dates(case: Enquiry, days: Mapping[Told, date], by: Access) -> list[str]:
    case.refresh_from_db()
    told = {DATES[each]: (each, day) for each, day in days.items() if each in DATES}
    differ = {column: day for column, (_, day) in told.items() if getattr(case, column) != day}
    if not differ:
        return []
    if not {Told.APPLIED, Told.STAGE_1_FROM} & {*days} and case.stage_1_from is None:
        raise Refused("Say when Stage 1 began, too.")
    stand = Stages(**{name: getattr(case, name) for name in NAMES})
    write_stages(case, replace(stand, **differ), by=by)
    return [f"{told[column][0].value} on {said(day)}" for column, day in differ.items()]


def _waiting(case: Enquiry) -> set[UUID]:
    """Messages to them that have not left."""
    rows = Message.objects.filter(council=case.council_id, subject_id=case.pk, to_staff=False, state__in=OPEN_STATES)
    return set(rows.values_list("pk", flat=True))
