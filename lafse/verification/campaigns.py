"""Every email to many is for those for whom it was fixed, each once."""

from campaigns.mailings.auditing import audit
from campaigns.models import Mailing
from campaigns.states import MailingState
from lafse.verification.finding import Finding, named

_BEGUN = (MailingState.RUNNING, MailingState.PAUSED, MailingState.DONE)
_LOOKS = 3
_NEWEST = 20  # each is counted row by row


def every_email_to_many_adds_up() -> Finding:
    """The newest, and all that are under way. Of older ones the recipients are forgotten."""
    under_way = list(Mailing.objects.filter(state__in=_BEGUN[:2]).order_by("pk"))
    done = list(Mailing.objects.filter(state=MailingState.DONE).order_by("-ended_at")[:_NEWEST])
    checked = [*under_way, *done]
    return Finding(
        "everybody for whom an email was fixed got it once, or is counted as why not",
        len(checked),
        named("mailing", (mailing.pk for mailing in checked if _is_wrong(mailing))),
    )


def _is_wrong(mailing: Mailing) -> bool:
    """Rows are read in several statements, and senders write between them: what is wrong stays so."""
    return all(audit(mailing).faults for _ in range(_LOOKS))
