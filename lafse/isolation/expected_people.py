"""Who works where: invitations, roles, leavers, and which council one works for now."""

from lafse.isolation.rows import Expected

PEOPLE: dict[str, Expected] = {}
