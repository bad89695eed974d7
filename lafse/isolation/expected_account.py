"""One's own account: log-in, the second factor, single sign-on."""

from lafse.isolation.rows import Expected

ACCOUNT: dict[str, Expected] = {}
