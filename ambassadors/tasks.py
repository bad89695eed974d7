"""What happens by itself."""

from collections.abc import Callable

from celery import shared_task

from ambassadors.actions import concerns, mentoring


@shared_task
def tell_of_unread_concerns() -> None:
    """Safe to run twice: each is told of once a day."""
    concerns.tell_of_unread()


@shared_task
def keep_mentorships_to_dates() -> None:
    """Safe to run twice: what has ended, ends once."""
    mentoring.keep_to_dates()


EACH_MINUTE: tuple[Callable[[], object], ...] = (tell_of_unread_concerns, keep_mentorships_to_dates)
