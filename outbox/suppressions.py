"""Addresses that are spared. Kept a hub wide, as keyed hashes: whoever copies the table learns nobody's address.

An address that does not work is spared everything; one whose owner said no to promotion is spared campaigns alone, and
still gets what their own enquiry needs. Somebody who corrects their address has another hash, and is written to.
"""

from collections.abc import Sequence
from uuid import UUID

import structlog

from councils.keyed_hashes import keyed_hash
from councils.models import Council
from outbox.models import Message, Suppression
from outbox.states import Cover, Lane

log = structlog.get_logger("outbox.suppressions")
HARD_BOUNCE, COMPLAINT, OPTED_OUT = "hard_bounce", "complaint", "opted_out"


def suppress(address: str, *, hub_id: int, cover: Cover, reason: str) -> bool:
    """False where it was suppressed already; the first reason stays, unless the new one is graver."""
    kept, added = Suppression.objects.get_or_create(
        hub_id=hub_id, address_hash=address_hash(address), cover=cover, defaults={"reason": reason}
    )
    if not added and reason == COMPLAINT:  # what they said themselves they can take back; this they cannot
        Suppression.objects.filter(pk=kept.pk, reason=OPTED_OUT).update(reason=COMPLAINT)
    if added:
        log.info("address_suppressed", hub_id=hub_id, cover=cover, reason=reason)
    return added


def suppress_address_of(message: Message, *, cover: Cover = Cover.EVERYTHING, reason: str = HARD_BOUNCE) -> bool:
    return suppress(message.to_address, hub_id=_hub_of(message.council_id), cover=cover, reason=reason)


def release_address_of(message: Message) -> int:
    """It works after all. Promotion stays off: that was their wish, and not a fault of the address."""
    spared = Suppression.objects.filter(
        hub_id=_hub_of(message.council_id), address_hash=address_hash(message.to_address)
    )
    return spared.filter(cover=Cover.EVERYTHING).delete()[0]


def is_suppressed(address: str, *, hub_id: int, lane: Lane | int) -> bool:
    return Suppression.objects.filter(
        hub_id=hub_id, address_hash=address_hash(address), cover__in=covers_of(lane)
    ).exists()


def covered(messages: Sequence[Message]) -> frozenset[UUID]:
    """Which of these must not be sent: one query, however many."""
    hashes = {message.pk: address_hash(message.to_address) for message in messages}
    councils = {message.council_id for message in messages}
    spared = set(
        Suppression.objects.filter(address_hash__in=set(hashes.values()), hub__councils__in=councils).values_list(
            "hub__councils", "address_hash", "cover"
        )
    )
    return frozenset(
        message.pk
        for message in messages
        if any((message.council_id, hashes[message.pk], cover) in spared for cover in covers_of(message.lane))
    )


def covers_of(lane: Lane | int) -> list[Cover]:
    return list(Cover) if lane == Lane.CAMPAIGN else [Cover.EVERYTHING]


def address_hash(address: str) -> str:
    """Of an email address or a telephone number; capitals and blanks make no other address."""
    return keyed_hash("suppression", address.strip().casefold())


def _hub_of(council_id: int) -> int:
    return Council.objects.values_list("hub_id", flat=True).get(pk=council_id)
