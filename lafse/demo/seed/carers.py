"""Ambassadors of a made-up history. They have left since, so that nobody is asked because of a seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ambassadors.models.people import AmbassadorState
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.names import FIRST_NAMES
from lafse.demo.seed.rows import Values


@dataclass(frozen=True)
class Carer:
    key: UUID
    council: int
    first_name: str


def carers_in(seed: int, councils: Sequence[int]) -> Mapping[int, Carer]:
    """One in each council."""
    draw = Draw(f"carers:{seed}")
    return {council: Carer(draw.uuid(), council, draw.choice(FIRST_NAMES)) for council in councils}


def carer_row(carer: Carer, *, seed: int, by: int, came: datetime, left: datetime) -> Values:
    email = f"{carer.first_name}.carer{carer.council}.{seed}@example.org".lower()
    told: Values = {"id": carer.key, "council_id": carer.council, "first_name": carer.first_name, "email": email}
    told |= {"state": AmbassadorState.LEFT.value, "invited_by_id": by, "invited_at": came, "joined_at": came}
    return told | {"left_at": left, "most": 3}
