"""What an email to many says is written while it is a draft. Who saves over a colleague's words is told first."""

from campaigns.content.blocks import as_json
from campaigns.content.drafts import Draft, faults
from campaigns.models import Mailing
from campaigns.states import MailingState
from councils.access import Access
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council


class Stale(Refused):
    """Somebody was faster. The page shows both versions."""

    def __init__(self, now: Mailing) -> None:
        super().__init__("Nothing was saved: a colleague has changed this email since you opened it.")
        self.now = now


def write(mailing: Mailing, draft: Draft, *, version: int, by: Access) -> Mailing:
    """`version`: of the email as the editor saw it. Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, mailing.council_id)
    if found := faults(draft):
        raise Refused(" ".join(found.values()))
    with as_council(mailing.council_id):
        kept = Mailing.objects.select_for_update().get(council=mailing.council_id, pk=mailing.pk)
        if kept.state != MailingState.DRAFT:
            raise Refused(f"This email is not a draft any more: {kept.get_state_display().lower()}.")
        if kept.version != version:
            raise Stale(kept)
        kept.subject, kept.preheader, kept.blocks = draft.subject, draft.preheader, as_json(draft.blocks)
        kept.version += 1
        kept.save(update_fields=["subject", "preheader", "blocks", "version"])
        record("mailing.written", subject=kept, by=by.user, blocks=len(draft.blocks))
    return kept
