"""What happens by itself."""

from celery import shared_task

from councils.clock import hub_now
from enquiries import actions, drafts
from enquiries.actions import away, bounced, digest, escalating, handover_watch, missed, records, retaining, tidying


@shared_task
def watch_unseen() -> None:
    """Safe to run twice: a case is listed once."""
    actions.tell_hub_of_unseen()


@shared_task
def follow_up() -> None:
    """Safe to run twice: each step of a case goes once. What is late goes late."""
    actions.run_due()


@shared_task
def raise_bounced() -> None:
    bounced.raise_bounced()


@shared_task
def escalate() -> None:
    """In this order: who is away is not told, and what was settled since is not told again."""
    tidying.finish_settled()
    away.give_back_of_absent()
    escalating.escalate()
    missed.find_missed()


@shared_task
def watch_handovers() -> None:
    """Safe to run twice: the hub manager is told once of an offer."""
    handover_watch.find_stuck()


@shared_task
def send_digests() -> None:
    digest.send_digests()


@shared_task
def watch_records() -> None:
    records.find_late_records()


@shared_task
def erase_drafts() -> None:
    """Answers in progress that have been kept long enough."""
    drafts.erase_expired(hub_now())


@shared_task
def keep_no_longer() -> None:
    """Once a day; safe to run twice: what was asked to be erased is asked for once."""
    retaining.keep_no_longer()


EACH_MINUTE = (
    raise_bounced,
    escalate,
    follow_up,
    watch_unseen,
    watch_handovers,
    send_digests,
    watch_records,
    erase_drafts,
)
