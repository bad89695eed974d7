"""What goes on between councils, and between two enquiries of the same people: some cases are offered to another
council, which takes them, refuses or says nothing until the hub manager decides; and what came twice is joined."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random

from councils.models import Council, CouncilKind
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions import handovers
from enquiries.actions.merging import merge
from enquiries.actions.suggesting import not_the_same
from enquiries.handover_history import is_the_hubs
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason, Side, SuggestionState
from enquiries.merged import side_of
from enquiries.models import Enquiry, Handover, Suggestion
from enquiries.same_case import is_kept
from enquiries.states import State
from tests.year.offices import Worker

# Of what is asked on a day when somebody looks 60 in 100 are accepted, 25 refused, and the others wait. In turn and not
# by chance: of the few offers of thirteen days, chance left now and then none refused.
ANSWERS = (
    *(True, False, True, None, True, True, False, True, True, False),
    *(True, None, True, False, True, None, True, True, False, True),
)
_AT_A_TIME = 5


def offer(case: Enquiry, councils: Sequence[Council], worker: Worker, chance: Random) -> bool:
    """To any other council: why, is not what the year is about."""
    others = [each for each in councils if each.pk != case.council_id and each.kind != CouncilKind.HUB_OFFICE]
    try:
        handovers.offer(case, to=chance.choice(others), reason=HandoverReason.MOVED, by=worker.access)
    except Refused:
        return False
    return True


def answer_offers(worker: Worker, answers: Iterator[bool | None]) -> None:
    waiting = Handover.objects.filter(council=worker.council, side=Side.RECEIVED, state=HandoverState.OFFERED)
    for asked in waiting.select_related("council").order_by("offered_at")[:_AT_A_TIME]:
        if (accept := next(answers)) is not None:
            _told(asked, accept=accept, worker=worker)


def _told(asked: Handover, *, accept: bool, worker: Worker) -> None:
    try:
        handovers.answer(asked, accept=accept, refusal=RefusalReason.NOT_OURS, by=worker.access)
    except Refused:  # to and fro: it is the hub manager's by now
        return


def decide_stuck(worker: Worker, now: datetime, chance: Random) -> None:
    if not worker.access.may(Permission.DECIDE_HANDOVERS, worker.council.pk):
        return
    asked = Handover.objects.filter(side=Side.SENT, state__in=(HandoverState.OFFERED, HandoverState.REFUSED))
    for sent in asked.filter(enquiry__closed_at=None).order_by("offered_at"):
        if is_the_hubs(sent, now):
            _decide(sent, worker, to_receiver=chance.random() < 0.5)


def _decide(sent: Handover, worker: Worker, *, to_receiver: bool) -> None:
    try:
        handovers.decide(sent, to_receiver=to_receiver, words="They live there.", by=worker.access)
    except Refused:  # another council was asked since
        return


def join_what_came_twice(worker: Worker) -> None:
    """Numbers for drama end after a thousand, so that several people share one: they are told apart by their name."""
    suggested = Suggestion.objects.filter(council=worker.council, state=SuggestionState.OPEN)
    for pair in suggested.select_related("enquiry", "other").order_by("at")[:_AT_A_TIME]:
        one, other = pair.other, pair.enquiry
        if one.name != other.name:
            not_the_same(pair, by=worker.access)
            continue
        kept, merged = (one, other) if is_kept(side_of(one), side_of(other)) else (other, one)
        try:
            merge(kept=kept, merged=merged, by=worker.access)
        except Refused:
            continue


def is_early(case: Enquiry) -> bool:
    return case.state in (State.NEW, State.IN_CONTACT)
