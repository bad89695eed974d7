"""The scheme of ambassadors: its staff's pages, the ambassadors' own and the enquirers'."""

from lafse.isolation.rows import Expected

OWN: dict[str, Expected] = {}
PEOPLE: dict[str, Expected] = {}
CONVERSATIONS: dict[str, Expected] = {}
MATCHING: dict[str, Expected] = {}
WISHES: dict[str, Expected] = {}
CONCERNS_AND_LOG: dict[str, Expected] = {}
AMBASSADORS = OWN | PEOPLE | CONVERSATIONS | MATCHING | WISHES | CONCERNS_AND_LOG
