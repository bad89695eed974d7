"""The two masked addresses of a conversation.

Their tokens are made from the id of the pair and a key of ours: a page may show an address again without keeping it,
and nobody can make one up. A door for each says whether it was opened.
"""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from ambassadors.pairs import Pair
from councils.clock import hub_now
from councils.doors import close_doors, take_door
from councils.keyed_hashes import keyed_hash
from councils.models import Council
from councils.models.doors import DoorPurpose

PREFIX = "talk+"
OPEN_FOR = timedelta(days=365)
_LETTERS = 48  # hex: mail systems change the case of an address, and 64 letters are all that fit before the @


class Side(StrEnum):
    """Of a conversation."""

    ENQUIRER = "enquirer"
    AMBASSADOR = "ambassador"

    @property
    def other(self) -> "Side":
        return Side.AMBASSADOR if self is Side.ENQUIRER else Side.ENQUIRER


def address_for(pair_id: UUID, writer: Side) -> str:
    """What this one writes to. It is worth something while the relay is open."""
    return f"{PREFIX}{_token(pair_id, writer)}@{settings.INBOUND_DOMAIN}"


def open_relay(pair: Pair) -> None:
    """Inside pair_at. Safe to do twice."""
    introduction, offer = pair.introduction, pair.offer
    rows = {Side.ENQUIRER: introduction, Side.AMBASSADOR: offer}
    councils = Council.objects.in_bulk({row.council_id for row in rows.values()})
    for side, row in rows.items():
        take_door(
            _token(introduction.pair_id, side),
            purpose=DoorPurpose.RELAY,
            council=councils[row.council_id],
            subject_id=row.pk,
            expires_at=hub_now() + OPEN_FOR,
        )


def close_relay(pair: Pair) -> None:
    """Whoever still writes is told that it has ended. Safe to do twice, and where it never was open."""
    for row in (pair.introduction, pair.offer):
        close_doors(DoorPurpose.RELAY, subject_id=row.pk)


def _token(pair_id: UUID, writer: Side) -> str:
    return keyed_hash("ambassador:relay", f"{pair_id}:{writer}")[:_LETTERS]
