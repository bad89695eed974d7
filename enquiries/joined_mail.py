"""To somebody who enquired again: we have it already. It repeats nothing that was typed."""

from datetime import timedelta

from councils.clock import hub_now
from councils.models import Council
from councils.working_time import in_london
from enquiries.commitment import answering
from enquiries.links import links_of
from enquiries.models import Enquiry
from enquiries.promise import Promise
from enquiries.states import Way
from enquiries.status_mails import may_be_mailed
from outbox.actions import enqueue_template
from outbox.models import Message

JOINED_KIND = "joined"
_SEND_WITHIN = timedelta(hours=72)


def tell_joined(case: Enquiry, council: Council) -> None:
    """Once a day, however many forms: this must not fill a stranger's mailbox. The case is locked."""
    now = hub_now()
    key = f"{JOINED_KIND}:{case.pk}:{in_london(now):%Y-%m-%d}"
    if not may_be_mailed(case) or case.email_fails or Message.objects.filter(council=council, dedupe_key=key).exists():
        return
    links = links_of(case)
    enqueue_template(
        template="joined",
        context={
            "council": council,
            "hub": council.hub,
            "reference": case.reference,
            "who": answering(council),
            "promise": _promise(case, council),
            "link": links.status,
            "stop": links.stop,
        },
        council=council,
        kind=JOINED_KIND,
        to=case.email,
        subject="We have your fostering enquiry already",
        dedupe_key=key,
        expires_at=now + _SEND_WITHIN,
        subject_kind="enquiry",
        subject_id=case.pk,
        reply_to=links.reply_to,
    )


def _promise(case: Enquiry, council: Council) -> str:
    """When somebody gets in touch; empty where that time has passed and only a person can put it right."""
    if case.next_due_at is None or case.next_due_at <= hub_now():
        return ""
    return Promise(due_at=case.next_due_at, by=answering(council), way=Way(case.way)).sentence
