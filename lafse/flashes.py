"""What a page says once, kept in a cookie until then: under a name that binds it to this host, like our other ones."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # a class attribute there; tests change the setting
        return "__Host-messages" if settings.SECURE else "messages"


class Flashes(FallbackStorage):
    """In the session where a cookie is too small."""

    storage_classes = (HostCookie, SessionStorage)
