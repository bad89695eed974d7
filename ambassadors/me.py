"""Whose pages these are."""

from dataclasses import dataclass
from uuid import UUID

from ambassadors.models import Ambassador, AmbassadorState


@dataclass(frozen=True, slots=True)
class Me:
    """An ambassador who has opened a link of ours, as their row was when the page was asked for. `council_id`: theirs,
    for an action to open; a page opens `as_ambassador(me.id)` alone."""

    id: UUID
    council_id: int
    first_name: str
    state: AmbassadorState
    email: str
    ever_joined: bool = True

    @property
    def joined(self) -> bool:
        return self.state == AmbassadorState.ACTIVE


def me_of(row: Ambassador) -> Me:
    return Me(row.pk, row.council_id, row.first_name, AmbassadorState(row.state), row.email, row.joined_at is not None)
