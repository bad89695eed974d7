"""Days to remember beside the figures, and how figures are shown. The hub in scope is enough: the lead has no more."""

from datetime import date

from councils.access import Access
from councils.models import Council, Hub
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_hub
from dashboards.models import Annotation, Rule
from staff.trail import record_account

MOST = 1000


def annotate(hub: Hub, *, on: date, words: str, by: Access) -> Annotation:
    """Pressed twice, it is written once. Raises Refused."""
    _require(hub, by)
    with as_hub(hub):
        if same := Annotation.objects.filter(hub=hub, on=on, words=words).first():
            return same
        if Annotation.objects.filter(hub=hub).count() >= MOST:
            raise Refused(f"There are {MOST:,} days already. Take away some that nobody needs any more.")
        made = Annotation.objects.create(hub=hub, on=on, words=words, by=by.user)
    _tell("figures.day_added", hub, by, day=made.pk, on=on.isoformat())
    return made


def take_away(hub: Hub, key: int, *, by: Access) -> bool:
    """False where it is not there any more: pressed twice, or by two people."""
    _require(hub, by)
    with as_hub(hub):
        gone, _ = Annotation.objects.filter(hub=hub, pk=key).delete()
    if gone:
        _tell("figures.day_taken_away", hub, by, day=key)
    return bool(gone)


def show_names(hub: Hub, *, names: bool, by: Access) -> None:
    """Whether a council sees other councils' names beside their figures. Raises RoleRefused."""
    by.require(Permission.CHANGE_SETTINGS, office_of(hub).pk)
    with as_hub(hub):
        Rule.objects.update_or_create(hub=hub, defaults={"names": names})
    _tell("figures.names_shown" if names else "figures.names_hidden", hub, by)


def office_of(hub: Hub) -> Council:
    return Council.objects.offices().get(hub=hub)


def _require(hub: Hub, by: Access) -> None:
    if by.hub != hub.pk or not by.sees_region:
        raise Refused("Only who sees the figures of the whole hub may write beside them.")


def _tell(verb: str, hub: Hub, by: Access, **facts: str | int) -> None:
    record_account(verb, user=by.user, by=by.user, council=office_of(hub), **facts)
