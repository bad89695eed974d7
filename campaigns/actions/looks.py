"""How a council's emails look and behave: changed by who runs the council."""

from collections.abc import Iterable
from uuid import UUID

from campaigns.models import Look
from councils.access import Access
from councils.models import Event
from councils.roles import Permission
from councils.tenancy import as_council

FIELDS = ("sender", "reply_to", "postal_address", "colour", "clicks", "two_above", "rest_days")


def change_look(look: Look, changed: Iterable[str], *, by: Access) -> None:
    """`look` carries the new values. Raises Refused."""
    by.require(Permission.CHANGE_SETTINGS, look.council_id)
    names = [name for name in changed if name in FIELDS]
    if not names:
        return
    with as_council(look.council_id):
        look.save(update_fields=names)
        Event.objects.create(
            council_id=look.council_id,
            verb="look.changed",
            subject_kind="council",
            subject_id=UUID(int=look.council_id),  # councils have whole numbers for keys
            by=by.user,
            facts={"settings": names},
        )
