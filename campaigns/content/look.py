"""How a council's emails look. One row a council, made when it is first changed."""

import re

from campaigns.models import Look
from councils.models import Council

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def look_of(council: Council) -> Look:
    """Until somebody changes it there is no row, and what stands here is as every council's is at first."""
    return Look.objects.filter(council=council).first() or Look(council=council)


def is_colour(typed: str) -> bool:
    return _COLOUR.fullmatch(typed) is not None


def contrast_with_white(colour: str) -> float:
    """WCAG's ratio, 1 to 21."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def legible(colour: str) -> str:
    """`colour`, or the default where words in it, or white ones on it, could not be read."""
    fits = is_colour(colour) and contrast_with_white(colour) >= CONTRAST
    return colour if fits else str(Look._meta.get_field("colour").get_default())
