"""Somebody in each council who may own cases: who works there already, and invented colleagues who cannot log in."""

from django.contrib.auth.hashers import make_password

from councils.models import Council, Hub, Membership, User
from councils.roles import Role
from enquiries.recipients import WORKING_ROLES
from lafse.demo.seed.names import FIRST_NAMES

AT_LEAST = 3


def officers_of(hub: Hub, office: Council, *, at_least: int = AT_LEAST) -> dict[int, tuple[int, ...]]:
    """Keys of people, by the key of the council; the same order always. Nobody is invented where `at_least` is 0: the
    hub's officers are named where a council has none."""
    councils = hub.councils.order_by("slug")
    found = {council.pk: _staffed(council, office, number, at_least) for number, council in enumerate(councils)}
    return {council: officers or found[office.pk] for council, officers in found.items()}


def _staffed(council: Council, office: Council, number: int, at_least: int) -> tuple[int, ...]:
    working = Membership.objects.current().filter(council=council, role__in=WORKING_ROLES, user__is_active=True)
    while working.values("user").distinct().count() < at_least:
        _join(council, office, FIRST_NAMES[(number * 7 + working.count() * 41) % len(FIRST_NAMES)])
    emails = working.order_by("user__email").values_list("user_id", "user__email").distinct()
    return tuple(user for user, _ in emails)


def _join(council: Council, office: Council, first_name: str) -> None:
    role = Role.HUB_OFFICER if council.pk == office.pk else Role.OFFICER
    user, _ = User.objects.get_or_create(
        email=f"{first_name.lower()}.{council.slug}@example.org",
        defaults={"name": f"{first_name} Example", "home": office, "password": make_password(None)},
    )
    Membership.objects.get_or_create(user=user, council=council, role=role, ended_at=None)
