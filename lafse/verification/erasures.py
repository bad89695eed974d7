"""Who was erased is gone: also where an older backup was restored since, and whoever did that has forgotten to replay
the ledger (docs/rights.md)."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from councils.clock import hub_now
from councils.models import Door, Erasure, ErasureRequest
from councils.models.rights import ErasureState
from enquiries.models import Enquiry, SearchKey
from enquiries.rights import ledger
from lafse.verification.finding import Finding, named

PATIENCE = timedelta(hours=1)  # it takes seconds; a whole night's retention, minutes


def what_was_erased_is_gone() -> Finding:
    """By the ledger in the database and the one outside of it: no name, no key and no link."""
    known = set(Erasure.objects.values_list("subject_id", flat=True))
    known |= {line.case for line in _outside()}
    cases = list(known)
    back = Enquiry.objects.filter(pk__in=cases, erased_at=None).values_list("pk", flat=True)
    keys = SearchKey.objects.filter(enquiry__in=cases).values_list("pk", flat=True)
    doors = Door.objects.filter(subject_id__in=cases).values_list("pk", flat=True)
    offending = named("enquiry", back) + named("search_key", keys) + named("door", doors)
    return Finding("what was erased is gone", len(known), offending)


def what_was_asked_to_be_erased_does_not_wait() -> Finding:
    """The eraser does not run, or cannot. What waits for a legal hold to be lifted is no fault."""
    waiting = ErasureRequest.objects.filter(state=ErasureState.WAITING)
    late = waiting.filter(asked_at__lt=hub_now() - PATIENCE).values_list("pk", flat=True)
    return Finding("nobody waits an hour to be erased", waiting.count(), named("erasure_request", late))


def _outside() -> list[ledger.Line]:
    return list(ledger.read(Path(settings.ERASURE_LEDGER))) if settings.ERASURE_LEDGER else []
