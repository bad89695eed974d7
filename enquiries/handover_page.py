"""The page of handovers: what waits for an answer here, what others were asked, what the hub manager decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from councils.access import Access
from councils.roles import Permission
from enquiries.actions.handovers import answers_for
from enquiries.due import Due, due
from enquiries.handover_history import is_ping_pong, is_the_hubs
from enquiries.handover_states import HandoverState, Side
from enquiries.handover_summary import Summary, summary_told
from enquiries.models import Handover

LATELY = timedelta(days=30)
MOST = 100


@dataclass(frozen=True)
class Line:
    handover: Handover
    summary: Summary
    due: Due
    promise: Due
    may_answer: bool
    may_decide: bool
    is_the_hubs: bool


@dataclass(frozen=True)
class HandoverPage:
    waiting: list[Line]
    to_decide: list[Line]
    asked: list[Line]
    answered: list[Line]
    decides: bool


def handovers_seen(access: Access) -> QuerySet[Handover]:
    return Handover.objects.filter(council__in=access.councils).select_related(
        "council", "other", "offered_by", "answered_by", "enquiry"
    )


def handover_page(access: Access, now: datetime) -> HandoverPage:
    """Two queries. Who sees both councils is shown the sender's row only."""
    seen = handovers_seen(access)
    unsettled = Q(state=HandoverState.OFFERED) | Q(
        state=HandoverState.REFUSED, side=Side.SENT, decided_by_hub=False, enquiry__closed_at=None
    )
    rows = [_line(row, access, now) for row in seen.filter(unsettled).order_by("answer_due_at")[:MOST]]
    offered = [line for line in rows if line.handover.state == HandoverState.OFFERED]
    late = seen.filter(answered_at__gte=now - LATELY).order_by("-answered_at")[:MOST]
    return HandoverPage(
        waiting=[line for line in offered if line.handover.side == Side.RECEIVED and _is_shown(line, access)],
        to_decide=[line for line in rows if line.may_decide],
        asked=[line for line in offered if line.handover.side == Side.SENT and not line.may_decide],
        answered=[line for line in (_line(row, access, now) for row in late) if _is_shown(line, access)],
        decides=bool(access.where(Permission.DECIDE_HANDOVERS)),
    )


def _is_shown(line: Line, access: Access) -> bool:
    """The receiver's row beside the sender's would tell the same twice, unless it is for this person to answer."""
    handover = line.handover
    return handover.side == Side.SENT or line.may_answer or handover.other_id not in access.councils


def _line(handover: Handover, access: Access, now: datetime) -> Line:
    summary, hubs = summary_told(handover), is_the_hubs(handover, now)
    is_received, is_offered = handover.side == Side.RECEIVED, handover.state == HandoverState.OFFERED
    return Line(
        handover=handover,
        summary=summary,
        due=due(handover.answer_due_at, now),
        promise=due(summary.promise_due_at, now),
        may_answer=is_received and is_offered and not is_ping_pong(handover) and answers_for(handover.council, access),
        may_decide=not is_received and hubs and access.may(Permission.DECIDE_HANDOVERS, handover.council_id),
        is_the_hubs=hubs,
    )
