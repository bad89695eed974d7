"""Who of a hub could be sent figures, and whose."""

from collections.abc import Sequence
from dataclasses import dataclass

from councils.models import Council, Hub, Membership, User
from councils.roles import Permission, Role, roles_that


@dataclass(frozen=True)
class Person:
    user: User
    roles: str


def readers(hub: Hub) -> list[Person]:
    """Everybody with a right to some figures of this hub; of which, is asked when one is chosen."""
    roles = roles_that(Permission.SEE_OWN_FIGURES) | roles_that(Permission.SEE_FIGURES)
    held = Membership.objects.current().filter(council__hub=hub, role__in=roles, user__is_active=True)
    found: dict[int, tuple[User, list[str]]] = {}
    for each in held.select_related("user", "council").order_by("user__name", "user_id", "pk"):
        found.setdefault(each.user_id, (each.user, []))[1].append(_words(each))
    return [Person(user, "; ".join(roles)) for user, roles in found.values()]


def _words(held: Membership) -> str:
    return f"{Role(held.role).label}, {held.council.name}"


def of_choice(councils: Sequence[Council], key: str) -> Council | None:
    """None: the whole hub."""
    return next((each for each in councils if str(each.pk) == key), None)
