"""What tells staff of an enquiry. What goes to the enquirer is a follow-up: enquiries/followups."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, CouncilKind
from councils.working_time import in_london
from enquiries.models import Enquiry
from enquiries.promise import Promise, day_in_words, hour_in_words
from outbox.actions import enqueue_template

ANNOUNCE_WITHIN = timedelta(hours=24)


def is_confirmed_by_mail(enquiry: Enquiry) -> bool:
    return bool(enquiry.email) and not enquiry.send_nothing and not enquiry.quarantined


def tell_duty_mailbox(enquiry: Enquiry, council: Council, promise: Promise) -> None:
    """New enquiry, answer by T, link: nothing personal. Where the council has no duty mailbox, the hub office's."""
    to = council.duty_mailbox or Council.objects.get(hub=council.hub_id, kind=CouncilKind.HUB_OFFICE).duty_mailbox
    if not to:
        return
    due = in_london(promise.due_at)
    answer_by = f"{hour_in_words(due.time())} on {day_in_words(due.date())}"
    link = settings.BASE_URL + reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])
    enqueue_template(
        template="new_enquiry",
        context={"enquiry": enquiry, "council": council, "hub": council.hub, "answer_by": answer_by, "link": link},
        council=council,
        kind="new_enquiry",
        to=to,
        subject=f"New enquiry {enquiry.reference}: answer by {answer_by}",
        dedupe_key=f"new_enquiry:{enquiry.pk}",
        to_staff=True,
        expires_at=hub_now() + ANNOUNCE_WITHIN,
        subject_kind="enquiry",
        subject_id=enquiry.pk,
    )
