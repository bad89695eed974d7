"""Somebody who was invited to a scratch council and has not come."""

from councils.models import Council
from councils.roles import Role
from staff.models import Invitation
from staff.people.actions import invite_first


def invited(council: Council, word: str, *, key: int) -> int:
    """A number as long as that of nowhere, so that pages about either are alike."""
    made = invite_first(council, email=f"invited-{word}@isolation.invalid", name=f"Invited {word}", role=Role.OFFICER)
    Invitation.objects.filter(pk=made.pk).update(id=key)
    return key
