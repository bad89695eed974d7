"""Typed makers of rows; a test names only what it is about."""

from councils.models import Council, CouncilKind, Membership, User
from councils.roles import Role

PASSWORD = "correct horse battery staple"


def user(name: str, council: Council, role: Role) -> User:
    home = Council.objects.get(hub=council.hub_id, kind=CouncilKind.HUB_OFFICE)
    made = User(email=f"{name.lower()}@example.org", name=name, home=home)
    made.set_password(PASSWORD)
    made.save()
    Membership.objects.create(user=made, council=council, role=role)
    return made
