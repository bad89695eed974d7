"""What carries a message out of the house, by the settings: the development mailbox, the console or SMTP."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from outbox.channels.base import Channel
from outbox.channels.console import Console
from outbox.channels.development import DevelopmentMailbox
from outbox.channels.smtp import Smtp, server_of_settings

__all__ = ["Channel", "open_channel"]


def open_channel() -> Channel:
    if settings.DEV_MAILBOX:
        return DevelopmentMailbox()
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return Console()
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Smtp(server_of_settings())
    raise ImproperlyConfigured("EMAIL_URL must be smtp://…, smtp+tls://…, smtp+ssl://… or consolemail://")
