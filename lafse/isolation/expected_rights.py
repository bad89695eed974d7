"""What people may ask of their data, how long it is kept, and who has looked at it."""

from lafse.isolation.rows import Expected

RIGHTS: dict[str, Expected] = {}
