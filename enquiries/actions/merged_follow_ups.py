"""A merge stops sequences: what the merged case was sent already is not sent again from the kept one."""

from councils.clock import hub_now
from enquiries.actions.follow_ups import write_down
from enquiries.follow_up_states import FollowUpEnd
from enquiries.followups.reading import desk_of
from enquiries.models import Enquiry, FollowUpRecord

MERGED = "merged"


def steps_waiting(case: Enquiry) -> frozenset[str]:
    return frozenset(planned.step for planned in desk_of(case, hub_now()).planned())


def spare_repeats(case: Enquiry, other: Enquiry, *, known: frozenset[str]) -> None:
    """`known` waited before the merge, and goes as it would have gone."""
    sent = FollowUpRecord.objects.filter(council=case.council_id, enquiry=other, end=FollowUpEnd.SENT)
    had = {step.partition(":")[0] for step in sent.values_list("step", flat=True)}
    desk = desk_of(case, hub_now())
    for planned in desk.planned():
        if planned.step not in known and planned.sequence.name in had:
            desk = write_down(desk, planned.step, FollowUpEnd.NOT_POSSIBLE, why=MERGED)
