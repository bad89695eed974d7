"""Whom and what a command is told by name, refused in words where there is no such thing."""

from django.core.management.base import CommandError

from councils.access import Access, access_of
from councils.models import Council, User


def council_named(slug: str | None, *, missing: str) -> Council:
    """Raises CommandError with the sentence for `missing`."""
    found = Council.objects.select_related("hub").filter(slug=slug or "").first()
    if found is None:
        raise CommandError(missing)
    return found


def staff_named(email: str | None) -> Access:
    """Who brings a list in. Raises CommandError."""
    user = User.objects.filter(email=(email or "").strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError("Who brings it in? --by takes the email address of a member of staff.")
    return access_of(user)
