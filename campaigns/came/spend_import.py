"""A list of spend meets the campaigns of whoever brings it: all of it, or nothing and every problem by its row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaigns.actions import spending
from campaigns.came.spend_sheet import Problem, Row, read, row_key
from campaigns.models import Campaign
from councils.access import Access
from councils.clock import hub_now
from councils.working_time import in_london


@dataclass(frozen=True)
class Taken:
    """`problems`: with any, nothing was brought in."""

    rows: int
    new: int
    problems: Sequence[Problem] = ()

    @property
    def words(self) -> str:
        if self.new == self.rows:
            return f"Brought in: {self.new} rows." if self.new != 1 else "Brought in: 1 row."
        return f"{self.rows} rows read, {self.new} of them new: the rest was here already."


def take(content: bytes, councils: frozenset[int], *, by: Access) -> Taken:
    """Raises BadFile."""
    rows, problems = read(content, today=in_london(hub_now()).date())
    found, unknown = _with_campaigns(rows, councils)
    problems = sorted([*problems, *unknown], key=lambda problem: problem.row)
    if problems:
        return Taken(len(rows), 0, problems)
    return Taken(len(rows), spending.bring_in(_told_apart(found), by=by))


def _told_apart(found: Sequence[tuple[Row, Campaign]]) -> list[tuple[Campaign, spending.Spent]]:
    seen: Counter[str] = Counter()
    rows = []
    for row, campaign in found:
        alike = f"{campaign.pk} {row_key(row.spent, 0)}"
        seen[alike] += 1
        rows.append((campaign, replace(row.spent, row_key=row_key(row.spent, seen[alike]))))
    return rows


def _with_campaigns(rows: Sequence[Row], councils: frozenset[int]) -> tuple[list[tuple[Row, Campaign]], list[Problem]]:
    """By name; one name in two councils is no campaign until the council is named: “Autumn (Kent)”."""
    named: dict[str, list[Campaign]] = {}
    for campaign in Campaign.objects.filter(council__in=councils).select_related("council"):
        for name in (campaign.name, f"{campaign.name} ({campaign.council.name})"):
            named.setdefault(name.casefold(), []).append(campaign)
    found, problems = [], []
    for row in rows:
        fitting = named.get(row.campaign.casefold(), [])
        wrong = spending.outside(fitting[0], row.spent) if len(fitting) == 1 else _which(row.campaign, fitting)
        if wrong:
            problems.append(Problem(row.number, wrong))
        else:
            found.append((row, fitting[0]))
    return found, problems


def _which(typed: str, fitting: Sequence[Campaign]) -> str:
    if not fitting:
        return f"Campaign “{typed[:60]}” is not there. Begin it first, or write its name as it stands on the list."
    whose = ", ".join(sorted(campaign.council.name for campaign in fitting))
    return f"Campaign “{typed[:60]}” is there more than once ({whose}). Write the council behind it in brackets."
