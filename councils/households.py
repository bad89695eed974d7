"""Which household asks: a random id, the same for the same email or phone anywhere in a hub.

Kept as keyed hashes without names, and read here only. A council never learns from it who else knows the household:
`known_elsewhere` answers yes or no, and every answer is logged. The same surname at the same postcode joins nothing by
itself: it is only proposed to somebody who sees both cases, and joined by them.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator

import structlog
from django.db import DEFAULT_DB_ALIAS

from councils.keyed_hashes import keyed_hash
from councils.models.households import HouseholdKey
from councils.models.hubs import Council

log = structlog.get_logger("councils.households")
HOME = "home"
_MOST_PROPOSED = 5  # a postcode and a surname that more households share say nothing


def household_of(council: Council, *, email: str, phone: str) -> uuid.UUID:
    """The household that this email or phone already belongs to, else a new one; remembered for next time."""
    hashes = dict(_hashes(email, phone))
    # By kind as well: without it no index serves, and the form waits for every key of the hub.
    known = HouseholdKey.objects.filter(hub=council.hub_id, kind__in=list(hashes), hmac__in=hashes.values())
    first = known.order_by("pk").first()
    household = first.household_id if first else uuid.uuid4()
    remember_household(household, council, email=email, phone=phone)
    return household


def remember_household(household: uuid.UUID, council: Council, *, email: str, phone: str) -> None:
    """Also under this email and phone; one that another household has stays with that one."""
    _remember(household, council, _hashes(email, phone))


def remember_home(
    household: uuid.UUID, council: Council, *, surnames: Collection[str], postcode: str
) -> list[uuid.UUID]:
    """Households that other councils know under the same surname and postcode, for a person to look at."""
    hashes = [(HOME, keyed_hash("household:home", f"{name} {postcode}")) for name in sorted(surnames) if postcode]
    if not hashes:
        return []
    _remember(household, council, iter(hashes))
    same = HouseholdKey.objects.filter(hub=council.hub_id, kind=HOME, hmac__in=[hmac for _, hmac in hashes])
    others = same.exclude(household_id=household).exclude(council=council).values_list("household_id", flat=True)
    found = list(others.distinct()[: _MOST_PROPOSED + 1])
    return found if len(found) <= _MOST_PROPOSED else []


def known_elsewhere(household: uuid.UUID, council: Council) -> bool:
    """Whether another council of the hub knows this household: that, and nothing more."""
    keys = HouseholdKey.objects.filter(hub=council.hub_id, household_id=household)
    known = keys.exclude(council=council).exists()
    log.info("household_asked_for", council_id=council.pk, household_id=str(household), known=known)
    return known


def councils_that_know(households: Collection[uuid.UUID]) -> set[int]:
    """For whoever may see all of them, and for the action that joins."""
    keys = HouseholdKey.objects.filter(household_id__in=households)
    return set(keys.values_list("council_id", flat=True).distinct())


def become_one(household: uuid.UUID, *, of: uuid.UUID) -> None:
    """Everything that was known of `household` is known of the other from now on."""
    own = list(HouseholdKey.objects.filter(household_id=household))
    HouseholdKey.objects.bulk_create(
        [
            HouseholdKey(hub_id=key.hub_id, kind=key.kind, hmac=key.hmac, council_id=key.council_id, household_id=of)
            for key in own
        ],
        ignore_conflicts=True,
    )
    HouseholdKey.objects.filter(pk__in=[key.pk for key in own]).delete()


def _remember(household: uuid.UUID, council: Council, hashes: Iterator[tuple[str, str]]) -> None:
    HouseholdKey.objects.bulk_create(
        [
            HouseholdKey(hub_id=council.hub_id, kind=kind, hmac=hmac, council=council, household_id=household)
            for kind, hmac in hashes
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


def kinds_known(household: uuid.UUID, council: Council) -> list[str]:
    """For the household itself, which asks what is held on it: by what this council would know it again."""
    keys = HouseholdKey.objects.filter(hub=council.hub_id, household_id=household, council=council)
    return sorted(keys.values_list("kind", flat=True))


def forget_household(
    household: uuid.UUID,
    council_id: int,
    *,
    but: Iterable[tuple[str, str]] = (),
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """The council has no case of it any more, `but` those with these emails and phones."""
    keys = HouseholdKey.objects.using(using).filter(council=council_id, household_id=household)
    own = [hmac for email, phone in but for _, hmac in _hashes(email, phone)]
    keys.exclude(hmac__in=own).delete()


def _hashes(email: str, phone: str) -> Iterator[tuple[str, str]]:
    if email:
        yield "email", keyed_hash("household:email", email.strip().casefold())
    if phone:
        yield "phone", keyed_hash("household:phone", phone)
