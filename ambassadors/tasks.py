"""What happens by itself."""

from collections.abc import Callable

from celery import shared_task

from ambassadors.actions import by_itself, concerns, invitations, longer, mentoring, standing, turns
from outbox.rounds import one_by_one


@shared_task
def tell_of_unread_concerns() -> None:
    """Safe to run twice: each is told of once a day."""
    concerns.tell_of_unread()


@shared_task
def keep_mentorships_to_dates() -> None:
    """Safe to run twice: what has ended, ends once."""
    mentoring.keep_to_dates()


@shared_task
def look_after_introductions() -> None:
    """Safe to run twice, and beside itself: each is looked at again under its lock. What fails holds up no other."""
    jobs = (
        *(by_itself.end_what_is_over, by_itself.expire, by_itself.lapse, by_itself.settle),
        *(by_itself.ask, by_itself.remind, turns.ask_next, longer.tell_who_waits_longer),
        by_itself.forget_the_erased,
    )
    one_by_one(jobs, lambda job: job(), name=lambda job: job.__name__)


@shared_task
def propose_rounds() -> None:
    """Safe to run twice: what is proposed of each who waits is one row. A web process never imports a round."""
    from ambassadors.matched.rounds import make_rounds  # noqa: PLC0415  # SciPy

    make_rounds()


@shared_task
def remind_of_standings() -> None:
    """Safe to run twice: each mail goes once."""
    standing.remind_of_standing()


@shared_task
def take_back_unanswered_invitations() -> None:
    """Safe to run twice: one that was taken back is none."""
    invitations.take_back_unanswered()


EACH_MINUTE: tuple[Callable[[], object], ...] = (
    look_after_introductions,
    tell_of_unread_concerns,
    keep_mentorships_to_dates,
    remind_of_standings,
    take_back_unanswered_invitations,
    propose_rounds,
)
