"""What carries a message out of the house, by the settings: the development mailbox, the console, SMTP or Notify."""

from outbox.channels.base import Channel
from outbox.channels.carriers import Carriers, provider_of, texts_can_leave

__all__ = ["Channel", "open_channel", "provider_of", "texts_can_leave"]


def open_channel() -> Channel:
    return Carriers()
