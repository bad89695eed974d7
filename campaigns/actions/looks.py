"""How a council's emails look and behave: changed by who runs the council.

From how many people on a second person approves is lowered by whoever manages the council. It is raised by who manages
the hub, and frees whoever raised it from nothing (`mailings.prepare`): a manager could otherwise send alone.
"""

from collections.abc import Iterable
from uuid import UUID

from campaigns.models import Look
from councils.access import Access
from councils.models import Council, CouncilKind, Event, User
from councils.refusals import RoleRefused
from councils.roles import Permission
from councils.tenancy import as_council

FIELDS = ("sender", "reply_to", "postal_address", "colour", "clicks", "two_above", "rest_days")


CHANGED, RAISED = "look.changed", "look.raised"


def change_look(look: Look, changed: Iterable[str], *, by: Access) -> None:
    """`look` carries the new values. Raises Refused."""
    by.require(Permission.CHANGE_SETTINGS, look.council_id)
    names = [name for name in changed if name in FIELDS]
    if not names:
        return
    with as_council(look.council_id):
        Look.objects.get_or_create(council_id=look.council_id)
        kept = Look.objects.select_for_update().get(council_id=look.council_id)
        raised = "two_above" in names and look.two_above > kept.two_above
        if raised:
            _require_hub_manager(look, by)
        Look.objects.filter(pk=kept.pk).update(**{name: getattr(look, name) for name in names})
        _record(look, CHANGED, by, settings=names)
        if raised:
            _record(look, RAISED, by, two_above=[kept.two_above, look.two_above])


def has_raised(council_id: int, user: User) -> bool:
    """The number of people from which on a second person approves. The council is in scope."""
    return Event.objects.filter(council=council_id, subject_id=UUID(int=council_id), verb=RAISED, by=user).exists()


def _require_hub_manager(look: Look, by: Access) -> None:
    offices = Council.objects.filter(hub__councils=look.council_id, kind=CouncilKind.HUB_OFFICE)
    if not any(by.may(Permission.CHANGE_SETTINGS, office) for office in offices.values_list("pk", flat=True)):
        raise RoleRefused("Only a manager of the hub can raise the number of people. You can lower it.")


def _record(look: Look, verb: str, by: Access, **facts: object) -> None:
    Event.objects.create(
        council_id=look.council_id,
        verb=verb,
        subject_kind="council",
        subject_id=UUID(int=look.council_id),  # councils have whole numbers for keys
        by=by.user,
        facts=facts,
    )
