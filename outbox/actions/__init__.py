"""What others may do with messages. Nothing leaves in any other way."""

from outbox.actions.enqueuing import Envelope, NoTransaction, enqueue, enqueue_template, written
from outbox.actions.many import all_have_left, put_in, queued, take_out
from outbox.actions.requeueing import CannotBeSentAgain, requeue
from outbox.actions.watching import mark_seen, record_refusal
from outbox.actions.withdrawing import TooLateToCancel, cancel, cancel_message, take_back

__all__ = [
    "CannotBeSentAgain",
    "Envelope",
    "NoTransaction",
    "TooLateToCancel",
    "all_have_left",
    "cancel",
    "cancel_message",
    "enqueue",
    "enqueue_template",
    "mark_seen",
    "put_in",
    "queued",
    "record_refusal",
    "requeue",
    "take_back",
    "take_out",
    "written",
]
