from outbox.models.message import Message
from outbox.models.providers import Allowance, Circuit, Receipt, SendingRelease
from outbox.models.suppressions import Suppression

__all__ = ["Allowance", "Circuit", "Message", "Receipt", "SendingRelease", "Suppression"]
