"""What others may do with messages. Nothing leaves in any other way."""

from outbox.actions.enqueuing import Envelope, NoTransaction, enqueue, enqueue_template

__all__ = ["Envelope", "NoTransaction", "enqueue", "enqueue_template"]
