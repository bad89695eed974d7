"""What the page of a case shows beside the file itself: one panel for each thing that can be done about it."""

from dataclasses import dataclass
from datetime import datetime

from councils.access import Access
from enquiries.models import Enquiry
from enquiries.safeguarding import SafeguardingPanel, safeguarding_panel


@dataclass(frozen=True)
class Panels:
    """Each panel is asked for by the room's own module, and None where this person has no use for it."""

    safeguarding: SafeguardingPanel | None


def panels_of(case: Enquiry, *, access: Access, now: datetime) -> Panels:
    return Panels(
        safeguarding=safeguarding_panel(case, access),
    )
