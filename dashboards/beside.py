"""The region's middle, for one council to be set beside.

Whoever sees one council alone has no other council's counts in scope. This reader opens the hub's, and gives back the
middle and the two ends and nothing else: none where fewer than three other councils have enough cases, since then one
of them could be worked out; a count under five is not told; and names stand at the ends of shares and times alone,
which cannot be taken from each other, and only where the hub's rule says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from councils.models import Council
from councils.tenancy import as_hub
from dashboards.counted import numbers_of
from dashboards.measures import MEASURES, Measure, Numbers, Unit, in_words
from dashboards.models import Rule
from dashboards.span import Span

OTHERS = 3
TOLD_FROM = 5


@dataclass(frozen=True, slots=True)
class Middle:
    """`number`: the middle itself, for comparisons. The names are empty where they are not to be shown."""

    number: float
    middle: str
    low: str
    high: str
    councils: int
    low_name: str = ""
    high_name: str = ""

    @property
    def spread(self) -> str:
        if self.low == self.high:
            return f"{self.low} everywhere"
        low, high = (
            f"{end} ({name})" if name else end for end, name in ((self.low, self.low_name), (self.high, self.high_name))
        )
        return f"{low} to {high}"


def region_beside(council: Council, span: Span, *, sees_all: bool = False) -> Mapping[str, Middle]:
    """By measure; left out are those that too few councils have cases of. `sees_all`: they see each council anyway."""
    councils = {each.pk: each.name for each in Council.objects.filter(hub=council.hub_id).fostering()}
    with as_hub(council.hub_id):
        named = sees_all or shows_names(council.hub_id)
        held = numbers_of(span, councils)
    names = councils if named else {}
    found = {each.code: _middle(each, held, council.pk, names) for each in MEASURES.values()}
    return {code: middle for code, middle in found.items() if middle}


def shows_names(hub: int) -> bool:
    """With the hub in scope."""
    return Rule.objects.filter(hub=hub, names=True).exists()


def _middle(measure: Measure, held: Mapping[int, Numbers], own: int, names: Mapping[int, str]) -> Middle | None:
    values = {council: measure.of(numbers) for council, numbers in held.items()}
    steady = sorted((v.number, council) for council, v in values.items() if v.number is not None and v.is_steady)
    if sum(council != own for _, council in steady) < OTHERS:
        return None
    numbers = [number for number, _ in steady]
    middle, low, high = (_told(measure, number) for number in (median(numbers), numbers[0], numbers[-1]))
    shown = names if measure.unit is not Unit.COUNT else {}
    return Middle(
        *(median(numbers), middle, low, high, len(numbers)),
        low_name=_name(shown, steady, 0),
        high_name=_name(shown, steady, -1),
    )


def _told(measure: Measure, number: float) -> str:
    if measure.unit is Unit.COUNT and number < TOLD_FROM:
        return f"fewer than {TOLD_FROM}"
    return in_words(measure.unit, number)


def _name(names: Mapping[int, str], steady: Sequence[tuple[float, int]], end: int) -> str:
    """Of the one that stands there; of none where several do."""
    at = [council for number, council in steady if number == steady[end][0]]
    return names.get(at[0], "") if len(at) == 1 else ""
