"""The page of people: who works in which council, and who has been invited and has not come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from councils.access import Access
from councils.clock import hub_now
from councils.models import Council, CouncilKind, Membership, User
from councils.roles import HUB_WIDE, Permission
from staff.models import Invitation
from staff.people import work
from staff.people.rules import gives


@dataclass(frozen=True)
class Person:
    """One role of somebody. `changeable`: by whoever reads the page."""

    membership: Membership
    open_cases: int
    changeable: bool

    @property
    def user(self) -> User:
        return self.membership.user


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    has_run_out: bool
    changeable: bool


@dataclass(frozen=True)
class Place:
    """A council with its people. `managed`: by whoever reads the page; only they are told of log-ins and work."""

    council: Council
    people: list[Person]
    invited: list[Invited]
    managed: bool
    has_manager: bool


def places(access: Access) -> list[Place]:
    """A few queries, however many councils. Councils where nobody works stand last."""
    councils = list(Council.objects.filter(pk__in=access.councils | managed_by(access)))
    memberships = _memberships(access)
    invitations = list(_invitations(managed_by(access)))
    in_hand, now = work.in_hand(managed_by(access)), hub_now()
    found = [_place(council, memberships, invitations, in_hand, access, now) for council in councils]
    return sorted(found, key=lambda place: (not place.people and not place.invited, place.council.name))


def managed_by(access: Access) -> frozenset[int]:
    return access.where(Permission.MANAGE_PEOPLE)


def _memberships(access: Access) -> list[Membership]:
    current = Membership.objects.current().filter(council__in=access.councils | managed_by(access))
    return list(current.select_related("user").order_by("user__name", "user_id", "role"))


def _invitations(councils: Collection[int]) -> list[Invitation]:
    waiting = Invitation.objects.waiting().filter(council__in=councils)
    return list(waiting.select_related("invited_by").order_by("name", "pk"))


def _in_hand(membership: Membership, in_hand: work.InHand, access: Access) -> int:
    """Of the hub's own in all councils."""
    councils = managed_by(access) if membership.role in HUB_WIDE else [membership.council_id]
    return work.of_one(membership.user_id, in_hand, councils)


def _place(
    council: Council,
    memberships: list[Membership],
    invitations: list[Invitation],
    in_hand: work.InHand,
    access: Access,
    now: datetime,
) -> Place:
    given = gives(access, council)
    people = [
        Person(each, _in_hand(each, in_hand, access), each.role in given and each.user_id != access.user.pk)
        for each in memberships
        if each.council_id == council.pk
    ]
    invited = [
        Invited(each, each.expires_at <= now, each.role in given)
        for each in invitations
        if each.council_id == council.pk
    ]
    manages = council.kind == CouncilKind.HUB_OFFICE or any(each.membership.role == "manager" for each in people)
    return Place(council, people, invited, council.pk in managed_by(access), manages)
