"""Counts of each council, read once for a page: what dashboards.measures makes its values from."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from dashboards.figures import Split
from dashboards.measures import OF_HOURS, WHOLE, Numbers
from dashboards.span import Span
from dashboards.tables import sums


def numbers_of(
    span: Span, councils: Collection[int], *, hours_too: bool = True, stages_too: bool = True
) -> dict[int, Numbers]:
    """Three statements at most, for however many councils in scope. By months."""
    whole, stages, still_open = (defaultdict[int, dict[str, int]](dict) for _ in range(3))
    hours: dict[int, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for (council, figure, _), n in sums(WHOLE, span, councils=councils).items():
        whole[council][figure] = n
    of_hours = sums(OF_HOURS, span, split=Split.HOURS, councils=councils) if hours_too else {}
    for (council, figure, value), n in of_hours.items():
        hours[council][figure][int(value)] = n
    by_stage = ("cohort", "cohort_open")
    at_stages = sums(by_stage, span, split=Split.STAGE, councils=councils) if stages_too else {}
    for (council, figure, value), n in at_stages.items():
        (stages if figure == "cohort" else still_open)[council][value] = n
    return {
        council: Numbers(whole[council], _frozen(hours[council]), stages[council], still_open[council])
        for council in councils
    }


def _frozen(hours: Mapping[str, dict[int, int]]) -> dict[str, dict[int, int]]:
    return dict(hours)
