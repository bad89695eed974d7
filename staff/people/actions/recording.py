"""What happened to people, in the council that it happened in. Whole numbers for keys, and nobody's name."""

from uuid import UUID

from councils.access import Access
from councils.events import Fact
from councils.models import Council, Event, Membership, User
from councils.roles import Role
from staff.models import Invitation


def record_invitation(verb: str, invitation: Invitation, *, by: User | None) -> None:
    _record(verb, invitation.council_id, "invitation", invitation.pk, by, {"role": invitation.role})


def record_person(verb: str, user: User, *, council: int, by: User | None, **facts: Fact) -> None:
    _record(verb, council, "user", user.pk, by, facts)


def record_refused(membership: Membership, tried: str, *, by: Access) -> None:
    """What the role of whoever tried does not allow."""
    person, council = membership.user, membership.council_id
    record_person("people.refused", person, council=council, by=by.user, tried=tried, role=membership.role)


def record_refused_role(council: Council, asked: str, tried: str, *, by: Access) -> None:
    """A role that the page did not offer: whoever asks for it has made up what they sent."""
    if asked in Role.values:
        record_person("people.refused", by.user, council=council.pk, by=by.user, tried=tried, role=asked)


def _record(verb: str, council: int, kind: str, key: int, by: User | None, facts: dict[str, Fact]) -> None:
    Event.objects.create(council_id=council, verb=verb, subject_kind=kind, subject_id=UUID(int=key), by=by, facts=facts)
