"""Who works where: invitations, roles, leavers, and which council one works for now."""

from lafse.isolation.rows import Audience, Expected

PEOPLE: dict[str, Expected] = {
    "admin:work_for": Expected(Audience.STAFF, 405, 302),
}
