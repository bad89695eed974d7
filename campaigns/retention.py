"""Who booked and to whom was written go by their age. Only the eraser may; what counts stays."""

from django.db.models import Exists, OuterRef

from campaigns.models import Booking, Gathering, Mailing, Recipient
from councils.clock import hub_now
from councils.models import Council
from councils.retention_names import Kept
from councils.tenancy import across
from enquiries.retention.lives import LIVES
from enquiries.rights.by_age import goes_by_age
from enquiries.rights.erasing import ERASER

EMPTY = {"name": "", "email": "", "phone": "", "needs": "", "address_hash": ""}


def register() -> None:
    goes_by_age(Kept.GATHERING, empty_bookings)
    goes_by_age(Kept.SUBSCRIBER, forget_recipients)


def empty_bookings() -> int:
    """Of events that are over for long enough: how many came is still counted."""
    now = hub_now(ERASER)
    with across(_everywhere(), reason="empty bookings", using=ERASER):
        over = Gathering.objects.using(ERASER).filter(
            council=OuterRef("council"), pk=OuterRef("gathering"), ends_at__lt=now - LIVES[Kept.GATHERING].lasts
        )
        bookings = Booking.objects.using(ERASER).filter(Exists(over), emptied_at=None)
        return bookings.update(emptied_at=now, **EMPTY)


def forget_recipients() -> int:
    """Of emails that are done for long enough: the mailing keeps its sums."""
    before = hub_now(ERASER) - LIVES[Kept.SUBSCRIBER].lasts
    with across(_everywhere(), reason="forget recipients", using=ERASER):
        done = Mailing.objects.using(ERASER).filter(
            council=OuterRef("council"), pk=OuterRef("mailing"), ended_at__lt=before
        )
        return Recipient.objects.using(ERASER).filter(Exists(done)).delete()[0]


def _everywhere() -> list[int]:
    return list(Council.objects.using(ERASER).values_list("pk", flat=True))
