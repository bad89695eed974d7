"""The handovers of one case, as its own council knows them: one row for each, and no look into another council."""

from dataclasses import dataclass
from datetime import datetime

from enquiries.handover_rules import REFUSED_OFTEN, Trail
from enquiries.handover_states import HandoverState, Side
from enquiries.models import Enquiry, Handover


@dataclass(frozen=True)
class History:
    """`asked`: what this council asked others, oldest first. `came_by`: how the case came here."""

    council_id: int
    asked: tuple[Handover, ...] = ()
    came_by: Handover | None = None

    @property
    def open_offer(self) -> Handover | None:
        return next((each for each in self.asked if each.state == HandoverState.OFFERED), None)

    @property
    def trail(self) -> Trail:
        before = trail_told(self.came_by) if self.came_by else Trail(())
        refused = sum(each.state == HandoverState.REFUSED for each in self.asked)
        return Trail((*before.been, self.council_id), before.refused + refused)

    @property
    def undecided(self) -> Handover | None:
        """The last refusal, where it was one too many and the hub manager has not decided yet."""
        refused = [each for each in self.asked if each.state == HandoverState.REFUSED]
        if self.open_offer or not refused or not self.trail.is_refused_often:
            return None
        return None if refused[-1].decided_by_hub else refused[-1]

    @property
    def decided(self) -> Handover | None:
        """What the hub manager decided last about this case."""
        every = [*([self.came_by] if self.came_by else []), *self.asked]
        return next((each for each in reversed(every) if each.decided_by_hub), None)


def history_of(case: Enquiry) -> History:
    """One query."""
    rows = Handover.objects.filter(council=case.council_id, enquiry=case).order_by("offered_at", "pk")
    found = list(rows.select_related("other", "offered_by", "answered_by"))
    came_by = next((row for row in found if row.side == Side.RECEIVED), None)
    return History(case.council_id, tuple(row for row in found if row.side == Side.SENT), came_by)


def trail_told(handover: Handover) -> Trail:
    """As it was when the case was offered."""
    return Trail(tuple(handover.summary.get("been", ())), handover.summary.get("refused", 0))


def is_the_hubs(handover: Handover, now: datetime) -> bool:
    """Whether the hub manager may decide: nobody answered in time, it goes to and fro, or it was refused too often."""
    if handover.decided_by_hub:
        return False
    if handover.state == HandoverState.OFFERED:
        return handover.answer_due_at <= now or is_ping_pong(handover)
    is_often = trail_told(handover).refused + 1 >= REFUSED_OFTEN  # its own is not among those told with it
    return handover.state == HandoverState.REFUSED and is_often


def is_ping_pong(handover: Handover) -> bool:
    """Then the council that is asked does not answer: the hub manager does."""
    return bool(handover.summary.get("ping_pong"))
