"""A test of an email, to whoever asks for it and to nobody else."""

from datetime import timedelta

from campaigns.content.blocks import blocks_of
from campaigns.content.drafts import Draft
from campaigns.content.merging import MergeFault
from campaigns.content.samples import As, copy_of, prepared_draft
from campaigns.models import Mailing
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from outbox import actions

KIND = "mailing_test"
_GOOD_FOR = timedelta(hours=4)


def send_test(mailing: Mailing, *, by: Access) -> str:
    """The address it goes to. In the service lane: a person waits for it. Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, mailing.council_id)
    draft, now = Draft(mailing.subject, mailing.preheader, blocks_of(mailing.blocks)), hub_now()
    try:
        made = prepared_draft(mailing, draft)
    except MergeFault as fault:
        raise Refused(str(fault)) from None
    copy = copy_of(made, mailing, As.EXAMPLE)
    with as_council(mailing.council_id):
        actions.enqueue(
            council=mailing.council_id,
            kind=KIND,
            to=by.user.email,
            subject=f"Test: {copy.subject or mailing.name}",
            text=copy.text,
            html=copy.html,
            sender=made.sender,
            reply_to=made.reply_to,
            to_staff=True,
            dedupe_key=f"{KIND}:{mailing.pk}:{by.user.pk}:{now.isoformat(timespec='minutes')}",
            expires_at=now + _GOOD_FOR,
        )
        record("mailing.tried", subject=mailing, by=by.user)
    return by.user.email
