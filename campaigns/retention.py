"""Who booked, to whom was written and who wanted news go by their age. Only the eraser may; what counts stays."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from campaigns.models import Booking, Gathering, Mailing, Recipient, Subscriber
from campaigns.states import SubscriberState
from councils.clock import hub_now
from councils.models import Council
from councils.retention_names import Kept
from councils.tenancy import across
from enquiries.retention.lives import LIVES
from enquiries.rights.by_age import goes_by_age
from enquiries.rights.erasing import ERASER
from outbox.actions.clearing import goes_by_age as messages_go_by_age

UNCONFIRMED = timedelta(days=7)
EMPTY = {"name": "", "email": "", "phone": "", "needs": "", "address_hash": ""}


def register() -> None:
    goes_by_age(Kept.GATHERING, empty_bookings)
    goes_by_age(Kept.SUBSCRIBER, forget_news)
    for kind in ("mailing", "subscriber"):
        messages_go_by_age(kind)


def empty_bookings() -> int:
    """Of events that are over for long enough: how many came is still counted."""
    now = hub_now(ERASER)
    with across(_everywhere(), reason="empty bookings", using=ERASER):
        over = Gathering.objects.using(ERASER).filter(
            council=OuterRef("council"), pk=OuterRef("gathering"), ends_at__lt=now - LIVES[Kept.GATHERING].lasts
        )
        bookings = Booking.objects.using(ERASER).filter(Exists(over), emptied_at=None)
        return bookings.update(emptied_at=now, **EMPTY)


def forget_news() -> int:
    return forget_recipients() + empty_subscribers()


def empty_subscribers() -> int:
    """Who ended it long ago, and who never pressed the button in the question that we sent. What they agreed to stays,
    and tells of nobody."""
    now = hub_now(ERASER)
    with across(_everywhere(), reason="empty subscribers", using=ERASER):
        told = Subscriber.objects.using(ERASER).exclude(address="")
        ended = told.filter(state=SubscriberState.ENDED, ended_at__lt=now - LIVES[Kept.SUBSCRIBER].lasts)
        unconfirmed = told.filter(state=SubscriberState.PENDING, created_at__lt=now - UNCONFIRMED)
        return sum(each.update(**Subscriber.personal.fields) for each in (ended, unconfirmed))


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
