"""Concerns go by their age, whatever became of the case and the ambassador. Only the eraser may."""

from ambassadors.models import Concern
from councils.clock import hub_now
from councils.models import Council
from councils.retention_names import Kept
from councils.tenancy import across
from enquiries.retention.lives import LIVES
from enquiries.rights.erasing import ERASER


def clear_concerns() -> int:
    """Also one that nobody closed. That there was one stays as an event, which names nothing."""
    everywhere = Council.objects.using(ERASER).values_list("pk", flat=True)
    before = hub_now(ERASER) - LIVES[Kept.CONCERN].lasts
    with across(everywhere, reason="clear concerns", using=ERASER):
        return Concern.objects.using(ERASER).filter(raised_at__lt=before).delete()[0]
