"""What a text message can hold, and how many parts it takes (GSM 03.38). Pure."""

# One letter of any other kind leaves room for 70 in all, and GOV.UK Notify puts a question mark in its place.
LETTERS = frozenset(
    "@£$¥èéùìòÇØøÅåÆæßÉ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜabcdefghijklmnopqrstuvwxyzäöñüà_\n"
)
ALONE, IN_PARTS = 160, 153  # letters; each of several parts says which it is
# What word processors and telephones make of what was typed.
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


def plain(text: str) -> str:
    return text.translate(_PLAIN)


def strange(text: str) -> list[str]:
    """Letters that cannot be sent."""
    return sorted(set(text) - LETTERS)


def parts(text: str) -> int:
    """Each is charged for."""
    return 1 if len(text) <= ALONE else -(-len(text) // IN_PARTS)
