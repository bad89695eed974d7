"""What the page of a case shows beside the file itself: one panel for each thing that can be done about it."""

from dataclasses import dataclass
from datetime import datetime

from councils.access import Access
from enquiries.assign_panel import AssignPanel, assign_panel
from enquiries.handover_panel import HandoverPanel, handover_panel
from enquiries.letters.panel import WritePanel, write_panel
from enquiries.models import Enquiry
from enquiries.more_parts import Part, parts_of_case
from enquiries.retention.panel import HoldPanel, hold_panel
from enquiries.safeguarding import SafeguardingPanel, safeguarding_panel
from enquiries.same_panel import SamePanel, same_panel
from enquiries.wish_panel import WishPanel, wish_panel


@dataclass(frozen=True)
class Panels:
    """Each panel is asked for by the room's own module, and None where this person has no use for it."""

    handover: HandoverPanel | None
    assign: AssignPanel | None
    safeguarding: SafeguardingPanel | None
    write: WritePanel | None
    same: SamePanel
    hold: HoldPanel | None
    wish: WishPanel | None
    more: list[Part]


def panels_of(case: Enquiry, *, access: Access, now: datetime, typed: object = None) -> Panels:
    """`typed`: what was sent and refused, to be shown again where it was typed."""
    return Panels(
        handover=handover_panel(case, access=access, now=now, typed=typed),
        assign=assign_panel(case, access, now),
        safeguarding=safeguarding_panel(case, access),
        write=write_panel(case, access),
        same=same_panel(case, access=access),
        hold=hold_panel(case, access, typed),
        wish=wish_panel(case, access),
        more=parts_of_case(case, access),
    )
