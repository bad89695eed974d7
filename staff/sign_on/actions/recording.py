"""What happens to a provider, and to whom it cannot name, is written down in the council it speaks for."""

from uuid import UUID

from councils.models import Council, CouncilKind, Event, User
from councils.tenancy import as_council
from staff.models import SignOn


def record_sign_on(verb: str, sign_on: SignOn, *, by: User | None = None, **facts: str | bool) -> None:
    """Without a name: whoever is refused is nobody of ours, or may not be who the address says."""
    owner = owner_of(sign_on)
    with as_council(owner):
        Event.objects.create(
            council=owner,
            verb=verb,
            subject_kind="signon",
            subject_id=UUID(int=sign_on.pk),
            by=by,
            facts={"sign_on": sign_on.slug, **facts},
        )


def owner_of(sign_on: SignOn) -> Council:
    """The one council it speaks for; of several, their hub office."""
    councils = list(Council.objects.filter(pk__in=sign_on.speaks_for.values("council")).order_by("pk"))
    if len(councils) == 1:
        return councils[0]
    return Council.objects.get(hub=councils[0].hub_id, kind=CouncilKind.HUB_OFFICE)
