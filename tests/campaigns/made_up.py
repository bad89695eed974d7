"""Events and bookings; a test names only what it is about."""

from datetime import timedelta
from typing import Any

from campaigns.models import Booking, Gathering
from campaigns.states import GatheringKind, GatheringState
from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import as_council
from outbox.suppressions import address_hash
from tests import factories


def editor(council: Council) -> User:
    """A campaign editor, the same one each time."""
    name = f"ed-{council.slug}"
    found = User.objects.filter(email=f"{name}@example.org").first()
    return found or factories.user(name, council, Role.CAMPAIGN_EDITOR)


def gathering(council: Council, **given: Any) -> Gathering:
    """Published, online, in twenty days, two hours, with twenty places."""
    starts_at = given.pop("starts_at", None) or hub_now() + timedelta(days=20)
    fields: dict[str, Any] = {
        "kind": GatheringKind.EVENING,
        "state": GatheringState.PUBLISHED,
        "title": "Information evening",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "is_online": True,
        "join_link": "https://video.example.org/evening",
        "places": 20,
    }
    with as_council(council):
        by = given.pop("created_by", None) or editor(council)
        return Gathering.objects.create(council=council, created_by=by, **fields | given)


def booking(gathering: Gathering, name: str = "Erin Example", **given: Any) -> Booking:
    """A row alone: it stands on no case."""
    email = given.pop("email", f"{name.partition(' ')[0].lower()}@example.org")
    with as_council(gathering.council_id):
        return Booking.objects.create(
            council_id=gathering.council_id,
            gathering=gathering,
            name=name,
            email=email,
            address_hash=address_hash(email) if email else "",
            **given,
        )
