"""A mentor is told that somebody was entrusted to them: a first name, and a link to their pages."""

from datetime import timedelta

from ambassadors.actions.log_in import link_for
from ambassadors.models import Ambassador, Mentorship
from councils.clock import hub_now
from councils.models import Council
from enquiries.models import Enquiry
from outbox.actions import enqueue_template

KIND = "ambassador_mentor"
LASTS = timedelta(days=14)


def first_name(case: Enquiry) -> str:
    """Of an erased case there is none left."""
    return next(iter(case.name.split()), "Somebody")


def tell_mentor(mentorship: Mentorship, mentor: Ambassador, case: Enquiry) -> None:
    council = Council.objects.select_related("hub").get(pk=mentorship.council_id)
    enqueue_template(
        template=KIND,
        context={
            "council": council,
            "hub": council.hub,
            "ambassador": mentor,
            "name": first_name(case),
            "meetings": mentorship.meetings,
            "link": link_for(mentor, lasting=LASTS),
        },
        council=council,
        kind=KIND,
        to=mentor.email,
        subject="Somebody to be a mentor for",
        dedupe_key=f"{KIND}:{mentorship.pk}",
        expires_at=hub_now() + LASTS,
        to_staff=True,  # not to the one whose case it is
        subject_kind="enquiry",  # it names them, so it goes when their case does
        subject_id=case.pk,
    )
