"""Which journeys may add to a figure, as a condition for SQL: every one that adds to it fulfils this, and some that do
not. What adds is decided by dashboards.cells alone; here the others are left out early. No ORM but its Q."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from dashboards.behind.scales import Steps
from dashboards.behind.sought import Sought
from dashboards.figures import Split
from dashboards.states import STAGES
from enquiries.states import APPLICATION_STATES, CloseReason, State

# The day by which it is counted; by the day on which it came where none is named.
_DAY: Mapping[str, str] = {
    "visits": "visited_on",
    "applications": "applied_on",
    "approvals": "approved_on",
    "ended_before": "ended_on",
    "ended_after": "ended_on",
    "not_yet": "slept_on",
    "wishes": "wished_on",
    "introduced": "introduced_on",
    "conversations": "spoke_on",
}
_FLAG: Mapping[str, str] = {
    "enquiries": "counts",
    "apart": "apart",
    "households": "first_of_year",
    "again": "again",
    "cohort": "counts",
    "cohort_open": "counts",
}
_COLUMN: Mapping[str, str] = {
    Split.KIND: "kind",
    Split.CHANNEL: "channel",
    Split.SOURCE: "source_first",
    Split.LAST_SOURCE: "source_last",
    Split.CODE: "code_first",
    Split.LAST_CODE: "code_last",
}
_TOOK: Mapping[str, str] = {"first_try": "try_hours", "reached": "reach_hours"}
_MOVED: Mapping[str, str] = {"passed_on": "out", "taken_over": "in", "opened_again": "back"}
_PROMISE = "promise_"


def may_add(sought: Sought, councils: Collection[int]) -> Q:
    """`councils`: whose figure it is."""
    code, days = sought.figure.code, (sought.first, sought.last)
    if code in _MOVED:
        return _holds("moves", _MOVED[code], councils)
    if code.startswith(_PROMISE):
        became = code.removeprefix(_PROMISE)
        return Q(promise=became, promise_on__range=days, promised_by__in=councils) | _holds("earlier", became, councils)
    whose = "arrived_in" if code == "received" else "council"
    narrowed = Q(**{f"{_DAY.get(code, 'came_on')}__range": days, f"{whose}__in": councils})
    if code == "applications_open":
        narrowed &= Q(state__in=APPLICATION_STATES)
    if code in _FLAG:
        narrowed &= Q(**{_FLAG[code]: True})
    return narrowed & _of_part(sought)


def _holds(column: str, word: str, councils: Collection[int]) -> Q:
    """A list that has an entry with this word in it; of one council, with its key as well."""
    entry = [*councils, word] if len(councils) == 1 else [word]
    return Q(**{f"{column}__contains": [entry]})


def _of_part(sought: Sought) -> Q:
    split, value = sought.split, sought.value
    if sought.steps:
        return _of_steps(sought.figure.code, sought.steps)
    if split in _COLUMN:
        return Q(**{_COLUMN[split]: value.partition("|")[0]})
    if split == Split.STAGE:
        return Q(stage__in=[stage.value for stage in STAGES[[*map(str, STAGES)].index(value) :]])
    if split == Split.REASON:
        ends = [value, *([State.WITHDRAWN] if value == CloseReason.AW0 else [])]
        return Q(end_reason=value) | Q(state__in=ends)
    return Q()


def _of_steps(code: str, steps: Steps) -> Q:
    """Days waited stand in no column."""
    if steps.stage:
        return Q(lasted__has_key=steps.stage)
    if code not in _TOOK:
        return Q()
    ends = {"gte": steps.first, "lte": steps.last}
    return Q(**{f"{_TOOK[code]}__{end}": step for end, step in ends.items() if step is not None})
