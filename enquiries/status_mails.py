"""Mails of "Your enquiry". Neither says anything about the case: who reads that mailbox is not known."""

from datetime import timedelta

from councils.clock import hub_now
from councils.models import Council
from enquiries.links import reply_address, status_link
from enquiries.models import Enquiry
from outbox.actions import enqueue_template

LINK_KIND = "fresh_link"
_SEND_WITHIN = timedelta(hours=24)


def may_be_mailed(case: Enquiry) -> bool:
    return bool(case.email) and not (case.send_nothing or case.quarantined or case.to_confirm)


def send_link(case: Enquiry, council: Council) -> None:
    """To the address that the case has now, and to no other."""
    if not may_be_mailed(case):
        return
    now = hub_now()
    enqueue_template(
        template="fresh_link",
        context={"council": council, "hub": council.hub, "link": status_link(case)},
        council=council,
        kind=LINK_KIND,
        to=case.email,
        subject="Your link to your fostering enquiry",
        dedupe_key=f"{LINK_KIND}:{case.pk}:{now.isoformat()}",
        expires_at=now + _SEND_WITHIN,
        subject_kind="enquiry",
        subject_id=case.pk,
    )


def tell_old_address(case: Enquiry, council: Council, address: str) -> None:
    """Without a link: it may be somebody else's mailbox by now. An answer reaches the case."""
    if not address or case.send_nothing or case.quarantined or case.to_confirm:
        return
    now = hub_now()
    enqueue_template(
        template="changed_address",
        context={"council": council, "hub": council.hub},
        council=council,
        kind="changed_address",
        to=address,
        subject="We have a new email address for you",
        dedupe_key=f"changed_address:{case.pk}:{now.isoformat()}",
        expires_at=now + _SEND_WITHIN,
        subject_kind="enquiry",
        subject_id=case.pk,
        reply_to=reply_address(case),
    )
