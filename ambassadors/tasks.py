"""What happens by itself."""

from collections.abc import Callable

from celery import shared_task

from ambassadors.actions import concerns


@shared_task
def tell_of_unread_concerns() -> None:
    """Safe to run twice: each is told of once a day."""
    concerns.tell_of_unread()


EACH_MINUTE: tuple[Callable[[], object], ...] = (tell_of_unread_concerns,)
