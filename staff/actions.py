"""What staff change about their council."""

from collections.abc import Iterable
from uuid import UUID

from councils.access import Access
from councils.models import Council, Event
from councils.roles import Permission
from councils.tenancy import as_council

SETTINGS = ["duty_mailbox", "opens_at", "closes_at", "promise_working_days", "first_contact_by"]


def change_settings(council: Council, changed: Iterable[str], *, by: Access) -> None:
    """`council` carries the new values; only settings are written. Raises Refused."""
    by.require(Permission.CHANGE_SETTINGS, council.pk)
    names = [name for name in changed if name in SETTINGS]
    if not names:
        return
    with as_council(council):
        council.save(update_fields=names)
        Event.objects.create(
            council=council,
            verb="council.settings_changed",
            subject_kind="council",
            subject_id=UUID(int=council.pk),  # councils have whole numbers for keys
            by=by.user,
            facts={"settings": names},
        )
