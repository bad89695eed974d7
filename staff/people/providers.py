"""Through whom a council's people may log in instead of with a password."""

from staff.models import SignOn


def sign_on_of(council: int) -> SignOn | None:
    return SignOn.objects.filter(speaks_for__council=council, ended_at=None).first()
