"""What happens by itself."""

from celery import shared_task

from enquiries import actions


@shared_task
def watch_unseen() -> None:
    """Safe to run twice: a case is listed once."""
    actions.tell_hub_of_unseen()
