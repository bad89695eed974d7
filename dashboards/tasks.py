"""Celery's part in figures: to say when. Safe twice and side by side: one folder at a time works on a hub."""

from collections.abc import Callable

from celery import shared_task

from dashboards.actions.confirm_reminding import remind_to_confirm as remind_due
from dashboards.actions.confirming import confirm_what_steps_told as confirm_told
from dashboards.actions.rebuilding import keep_all_up
from dashboards.actions.release_asking import is_waiting
from dashboards.actions.report_sending import send_reports as send_reports_due


@shared_task
def fold() -> None:
    keep_all_up()


@shared_task
def send_reports() -> None:
    """Safe to run twice: each goes once a week or month."""
    send_reports_due()


@shared_task
def remind_to_confirm() -> None:
    """Safe to run twice: each council is written to once a month."""
    remind_due()


@shared_task
def confirm_what_steps_told() -> None:
    """Safe to run twice: each council's month is confirmed once."""
    confirm_told()


@shared_task
def make_releases() -> None:
    """Safe to run twice: each is made once. A web process never imports how."""
    if not is_waiting():
        return
    from dashboards.actions.release_making import make_releases as make  # noqa: PLC0415  # SciPy

    make()


EACH_MINUTE: tuple[Callable[[], object], ...] = (
    send_reports,
    remind_to_confirm,
    confirm_what_steps_told,
    make_releases,
)
