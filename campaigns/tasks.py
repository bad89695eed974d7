"""What happens by itself."""

from collections.abc import Callable, Iterable

from celery import shared_task

from campaigns.gatherings.jobs import JOBS as OF_GATHERINGS
from campaigns.mailings.jobs import JOBS as OF_MAILINGS
from campaigns.news.jobs import JOBS as OF_NEWS
from outbox.rounds import one_by_one


@shared_task
def look_after_gatherings() -> None:
    """Safe to run twice: reminders go once, a place is given once."""
    _each(OF_GATHERINGS)


@shared_task
def look_after_subscribers() -> None:
    """Safe to run twice: what stands as it should is left alone."""
    _each(OF_NEWS)


@shared_task
def send_mailings() -> None:
    """Safe to run twice, and beside itself: each batch is taken under a lock."""
    _each(OF_MAILINGS)


def _each(jobs: Iterable[Callable[[], object]]) -> None:
    one_by_one(jobs, lambda job: job(), name=lambda job: job.__name__)


EACH_MINUTE: tuple[Callable[[], object], ...] = (look_after_gatherings, look_after_subscribers, send_mailings)
