"""One channel for a run of messages of every kind: each is given to whoever carries it, opened when first needed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from outbox.channels.base import Channel
from outbox.channels.console import Console
from outbox.channels.development import DevelopmentMailbox
from outbox.channels.notify import Notify
from outbox.channels.smtp import Smtp, server_of_settings
from outbox.models import Message
from outbox.outcomes import Outcome, Verdict
from outbox.states import ChannelKind

MAILBOX, CONSOLE, SMTP, NOTIFY, NOBODY = "mailbox", "console", "smtp", "notify", "nobody"


def provider_of(kind: str) -> str:
    """Who carries messages of this ChannelKind: circuits and allowances are kept by this name."""
    if settings.DEV_MAILBOX:
        return MAILBOX
    if settings.NOTIFY_API_KEY and _template_of(kind):
        return NOTIFY
    backend = settings.EMAIL_BACKEND.split(".")[-2]
    if backend == CONSOLE:
        return CONSOLE
    if kind == ChannelKind.SMS:
        return NOBODY
    if backend == SMTP:
        return SMTP
    raise ImproperlyConfigured("EMAIL_URL must be smtp://…, smtp+tls://…, smtp+ssl://… or consolemail://")


def texts_can_leave() -> bool:
    return provider_of(ChannelKind.SMS) != NOBODY


def _template_of(kind: str) -> str:
    return str(settings.NOTIFY_SMS_TEMPLATE if kind == ChannelKind.SMS else settings.NOTIFY_EMAIL_TEMPLATE)


class Nobody:
    """Text messages with no provider: the circuit opens, the operator is told, and they wait until they expire."""

    def send(self, message: Message) -> Outcome:
        return Outcome(Verdict.HOLD, "no_provider", ends_run=True, trips=True)

    def close(self) -> None:
        pass


OPENED_BY: dict[str, Callable[[], Channel]] = {
    MAILBOX: DevelopmentMailbox,
    CONSOLE: Console,
    SMTP: lambda: Smtp(server_of_settings()),
    NOTIFY: Notify,
    NOBODY: Nobody,
}


@dataclass
class Carriers:
    by_kind: dict[str, Channel] = field(default_factory=dict)

    def send(self, message: Message) -> Outcome:
        channel = self.by_kind.get(message.channel)
        if channel is None:
            channel = self.by_kind[message.channel] = OPENED_BY[provider_of(message.channel)]()
        return channel.send(message)

    def close(self) -> None:
        for channel in self.by_kind.values():
            channel.close()
