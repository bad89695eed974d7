"""A line without axes, small enough for a row of a table: where its points stand. Pure.

Drawn here rather than in the browser: it prints, it needs no script, and the numbers stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

EDGE = 3


@dataclass(frozen=True)
class Sparkline:
    width: int
    height: int
    line: str
    area: str
    last_x: float
    last_y: float


def sparkline(numbers: Sequence[int], *, width: int = 120, height: int = 28, most: int | None = None) -> Sparkline:
    """`most`: the number at the top, for several that are to be compared; else the greatest of these."""
    top = max(most if most is not None else max(numbers, default=0), 1)
    across = (width - 2 * EDGE) / max(len(numbers) - 1, 1)
    bottom = height - EDGE
    points = [
        (round(EDGE + across * at, 1), round(bottom - (bottom - EDGE) * number / top, 1))
        for at, number in enumerate(numbers)
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    last_x, last_y = points[-1] if points else (0.0, float(bottom))
    area = f"{EDGE},{bottom} {line} {last_x},{bottom}" if points else ""
    return Sparkline(width, height, line, area, last_x, last_y)
