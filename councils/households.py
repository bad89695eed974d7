"""Which household asks: a random id, the same for the same email or phone anywhere in a hub.

Kept as keyed hashes without names, and read here only. A council never learns from it who else knows the household.
"""

import uuid
from collections.abc import Iterable, Iterator

from councils.keyed_hashes import keyed_hash
from councils.models.households import HouseholdKey
from councils.models.hubs import Council


def household_of(council: Council, *, email: str, phone: str) -> uuid.UUID:
    """The household that this email or phone already belongs to, else a new one; remembered for next time."""
    hashes = dict(_hashes(email, phone))
    known = HouseholdKey.objects.filter(hub=council.hub_id, hmac__in=hashes.values()).order_by("pk").first()
    household = known.household_id if known else uuid.uuid4()
    remember_household(household, council, email=email, phone=phone)
    return household


def remember_household(household: uuid.UUID, council: Council, *, email: str, phone: str) -> None:
    """Also under this email and phone; one that another household has stays with that one."""
    HouseholdKey.objects.bulk_create(
        [
            HouseholdKey(hub_id=council.hub_id, kind=kind, hmac=hmac, council=council, household_id=household)
            for kind, hmac in _hashes(email, phone)
        ],
        ignore_conflicts=True,
    )


def remember_many(hub_id: int, households: Iterable[tuple[uuid.UUID, int, str]]) -> None:
    """Household, key of a council, email: of cases that were written by the thousand."""
    HouseholdKey.objects.bulk_create(
        [
            HouseholdKey(hub_id=hub_id, kind=kind, hmac=hmac, council_id=council, household_id=household)
            for household, council, email in households
            for kind, hmac in _hashes(email, "")
        ],
        ignore_conflicts=True,
    )


def _hashes(email: str, phone: str) -> Iterator[tuple[str, str]]:
    if email:
        yield "email", keyed_hash("household:email", email.strip().casefold())
    if phone:
        yield "phone", keyed_hash("household:phone", phone)
