"""Who was erased got emails that may be another council's: the hub's. The case knows nothing of them, nor does the
subscriber, so the eraser leaves them; here they follow."""

from datetime import timedelta

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from campaigns.models import Recipient, Subscriber
from councils.clock import hub_now
from councils.models import Council, Erasure
from councils.tenancy import across
from outbox.actions.clearing import empty
from outbox.models import Message

# One that waits expires within ten days; until then nothing lets it leave.
LATELY = timedelta(days=14)


def forget_those_erased() -> int:
    """Safe to do twice. How many recipients: that there was one stays, and how it ended."""
    with across(Council.objects.values_list("pk", flat=True), reason="emails of erased cases"):
        erased = Erasure.objects.filter(at__gte=hub_now() - LATELY).values_list("subject_id", flat=True)
        if not (cases := list(erased)):
            return 0
        whose = Q(enquiry__in=cases) | Q(enquiry=None, pk__in=cases)  # the latter had no case
        gone = Subscriber.objects.filter(whose, address_hash="").values_list("pk", flat=True)
        theirs = Recipient.objects.filter(subscriber_key__in=list(gone))
        empty(Message.objects.filter(kind="mailing", pk__in=list(theirs.values_list("pk", flat=True))))
        nobodys = Cast("pk", CharField())
        return theirs.exclude(address_hash=nobodys).update(address_hash=nobodys)
