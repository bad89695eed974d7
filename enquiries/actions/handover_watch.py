"""An offer that nobody answered for a working day goes to the hub manager, once."""

from operator import itemgetter
from uuid import UUID

from councils.clock import hub_now
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council, crossing
from enquiries.actions.changing import locked
from enquiries.actions.handovers import tell_hub_manager
from enquiries.handover_states import HandoverState, Side
from enquiries.models import Handover
from enquiries.recipients import office_of
from outbox.rounds import one_by_one


def find_stuck() -> int:
    """How many were brought to the hub manager; safe to run twice and side by side."""
    councils = {council.pk: council for council in Council.objects.select_related("hub")}
    with across(councils, reason="find handovers without an answer"):
        overdue = Handover.objects.filter(
            council__in=councils, state=HandoverState.OFFERED, side=Side.SENT, answer_due_at__lte=hub_now()
        )
        found = list(overdue.values_list("council_id", "pk", "enquiry_id", "offered_at"))
        told = ToDo.objects.filter(kind=ToDoKind.HANDOVER_STUCK, subject_id__in=[row[2] for row in found])
        listed = dict(told.order_by("created_at").values_list("subject_id", "created_at"))
    new = [row[:3] for row in found if row[2] not in listed or listed[row[2]] < row[3]]
    return one_by_one(new, lambda row: _bring(councils[row[0]], row[1], row[2]), name=itemgetter(1))


def _bring(council: Council, handover_id: UUID, case_id: UUID) -> bool:
    with as_council(council):
        case = locked(council.pk, case_id)
        sent = Handover.objects.select_related("other").get(council=council, pk=handover_id)
        if sent.state != HandoverState.OFFERED or _is_listed(council, sent, case_id):
            return False
        tell_hub_manager(case, council, sent)
    return True


def _is_listed(council: Council, sent: Handover, case_id: UUID) -> bool:
    """Asked under the lock of the case: another process may have been first."""
    office = office_of(council)
    with crossing("tell_hub_office", to=[office]):
        told = ToDo.objects.filter(council=office, kind=ToDoKind.HANDOVER_STUCK, subject_id=case_id)
        return told.filter(created_at__gte=sent.offered_at).exists()
