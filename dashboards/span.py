"""Which days or months are asked for. Pure."""

from dataclasses import dataclass
from datetime import date

from dashboards.states import Grain


@dataclass(frozen=True)
class Span:
    """Whole months, by their first days, or days; both ends included."""

    first: date
    last: date
    grain: Grain = Grain.MONTH

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last
