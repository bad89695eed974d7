"""What worked in a span of days, by source and by campaign: every enquiry stands in one row of each table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from campaigns.attribution import Brought, Journey, Rule, spent_within, sum_of
from campaigns.came import results
from campaigns.came.campaign_page import without_a_word
from campaigns.came.reach import is_whole_hub
from campaigns.came.results_lines import cost, pounds, share
from campaigns.models import Campaign
from councils.working_time import at
from enquiries.came_states import Source

OTHERWISE = "By no campaign"
# The region's campaigns, and other councils', bring people too: whose those are is not told.
OTHERWISE_OF_OURS = "By none of your campaigns"


@dataclass(frozen=True)
class Span:
    since: date
    until: date


@dataclass(frozen=True)
class Row:
    """`each`: what an enquiry cost, `approval`: an approved household; empty without spend. `campaign`: where the row
    is about one."""

    label: str
    brought: Brought
    share: str
    spent: str
    each: str
    approval: str
    campaign: Campaign | None = None


@dataclass(frozen=True)
class ResultsPage:
    total: Brought
    spent: str
    nowhere: int
    sources: Sequence[Row]
    campaigns: Sequence[Row]
    whole_hub: bool


def page_of(councils: frozenset[int], span: Span, rule: Rule) -> ResultsPage:
    since, until = at(span.since, time(0)), at(span.until + timedelta(days=1), time(0))
    journeys = results.journeys_between(since, until, councils)
    paid = results.paid(councils, since=span.since, until=span.until)
    pence = {each: spent_within(each.pence, each.first_day, each.last_day, **vars(span)) for each in set(paid)}
    campaigns = {row.pk: row for row in Campaign.objects.filter(council__in=councils).select_related("council")}
    whole_hub = is_whole_hub(councils)
    by_source, by_campaign = defaultdict[str, int](int), defaultdict[str, int](int)
    for each in paid:
        by_source[each.source] += pence[each]
        by_campaign[str(each.campaign)] += pence[each]
    return ResultsPage(
        total=sum_of(journeys),
        spent=pounds(sum(by_source.values())),
        nowhere=sum(map(without_a_word, journeys)),
        sources=_rows(_by_source(journeys, rule), by_source, dict(Source.choices), {}),
        campaigns=_rows(
            _by_campaign(journeys, rule, results.marks_of(campaigns, councils)),
            by_campaign,
            {"": OTHERWISE if whole_hub else OTHERWISE_OF_OURS, **_names(campaigns, many=len(councils) > 1)},
            {str(key): row for key, row in campaigns.items()},
        ),
        whole_hub=whole_hub,
    )


def _names(campaigns: Mapping[UUID, Campaign], *, many: bool) -> dict[str, str]:
    """Councils give their campaigns the same names."""
    return {str(key): f"{row.name}, {row.council.name}" if many else row.name for key, row in campaigns.items()}


Groups = Mapping[str, list[Journey]]


def _by_source(journeys: Sequence[Journey], rule: Rule) -> Groups:
    groups = defaultdict[str, list[Journey]](list)
    for journey in journeys:
        source = next((touched.source for touched in journey.by(rule)), "")
        groups[source or Source.UNKNOWN.value].append(journey)
    return groups


def _by_campaign(journeys: Sequence[Journey], rule: Rule, marks: Mapping[UUID, results.Marks]) -> Groups:
    of_code = {code: str(key) for key, mark in marks.items() for code in mark.codes}
    groups = defaultdict[str, list[Journey]](list)
    for journey in journeys:
        code = next((touched.code for touched in journey.by(rule)), "")
        groups[of_code.get(code, "")].append(journey)
    return groups


def _rows(
    groups: Groups, pence: Mapping[str, int], labels: Mapping[str, str], campaigns: Mapping[str, Campaign]
) -> list[Row]:
    """Those that brought somebody or cost something, the most first."""
    whole = sum(map(len, groups.values()))
    rows = []
    for key, label in labels.items():
        if groups.get(key) or pence.get(key):
            brought, spent = sum_of(groups.get(key, [])), pence.get(key, 0)
            each, approval = (cost(spent, count) if spent else "" for count in (brought.enquiries, brought.approved))
            part = share(brought.enquiries, whole)
            rows.append(Row(label, brought, part, pounds(spent), each, approval, campaigns.get(key)))
    return sorted(rows, key=lambda row: (-row.brought.enquiries, row.label))
