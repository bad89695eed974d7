"""What happens by itself."""

from celery import shared_task

from councils.clock import hub_now
from enquiries import actions, drafts


@shared_task
def watch_unseen() -> None:
    """Safe to run twice: a case is listed once."""
    actions.tell_hub_of_unseen()


@shared_task
def erase_drafts() -> None:
    """Answers in progress that have been kept long enough."""
    drafts.erase_expired(hub_now())
