"""What happens by itself."""

from celery import shared_task

from staff.sessions import forget_ended


@shared_task
def forget_ended_sessions() -> None:
    """Once a night; safe to run twice."""
    forget_ended()
