"""Which hub a command means."""

from django.conf import settings
from django.core.management.base import CommandError

from councils.models import Hub


def hub_named(slug: str | None) -> Hub:
    """The deployment's own if none is named. Raises CommandError."""
    found = Hub.objects.filter(slug=slug or settings.DEFAULT_HUB).first()
    if found is None:
        raise CommandError(f"There is no hub {slug}. Its short name is one like “lafse”.")
    return found
