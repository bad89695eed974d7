"""Why a list was taken out, in somebody's words: no case leads there, so it goes by its age. Only the eraser may."""

from councils.clock import hub_now
from councils.models import Council, EventDetail
from councils.retention_names import Kept
from councils.tenancy import across
from enquiries.retention.lives import LIVES
from enquiries.rights.erasing import ERASER

# The others are of rooms above.
EXPORTED = (
    *("cases.exported", "talks.exported", "households.exported"),
    *("subscriber.data_taken_out", "ambassador.data_taken_out"),
)


def clear_purposes() -> int:
    """Who took it out, when and how many rows stays."""
    everywhere = Council.objects.using(ERASER).values_list("pk", flat=True)
    before = hub_now(ERASER) - LIVES[Kept.EXPORT_PURPOSE].lasts
    with across(everywhere, reason="clear purposes", using=ERASER):
        old = EventDetail.objects.using(ERASER).filter(event__verb__in=EXPORTED, event__at__lt=before)
        return old.delete()[0]
