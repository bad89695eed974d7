"""Everything that is shown of campaigns, read at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaigns.attribution import Journey, Rule, Stage, Touched, brought
from campaigns.came import results
from campaigns.came.reach import is_whole_hub
from campaigns.came.results_lines import Line, exact, lines_of
from campaigns.models import Campaign, Code, Mailing, Spend
from councils.clock import hub_now
from councils.working_time import at, in_london
from enquiries.came_states import Source

MOST = 200  # campaigns on the list, the newest first
# Who came straight to us may have seen a poster: nothing is known of it.
NOWHERE = frozenset({Source.UNKNOWN.value, Source.DIRECT.value})


@dataclass(frozen=True)
class ListLine:
    campaign: Campaign
    now: str
    mailings: int
    spent: str
    enquiries: int


def lines_of_list(councils: frozenset[int], today: date) -> list[ListLine]:
    own = Campaign.objects.filter(council__in=councils).select_related("council")
    campaigns = list(own.order_by("-starts_on", "name")[:MOST])
    marks = results.marks_of([campaign.pk for campaign in campaigns], councils)
    came = results.enquiries_by_code({code for mark in marks.values() for code in mark.codes}, councils)
    spent = results.spent_on(campaigns, councils)
    return [
        ListLine(
            campaign,
            when(campaign, today),
            len(marks[campaign.pk].mailings),
            exact(spent.get(campaign.pk, 0)),
            len(set().union(*(came.get(code, set()) for code in marks[campaign.pk].codes))),
        )
        for campaign in campaigns
    ]


def when(campaign: Campaign, today: date) -> str:
    if campaign.starts_on > today:
        return "Not started"
    return "Over" if campaign.ends_on and campaign.ends_on < today else "Running"


@dataclass(frozen=True)
class Results:
    """`first`, `last`: by what people came first, and last. `touched`: enquiries that it had any part in."""

    first: Sequence[Line]
    last: Sequence[Line]
    touched: int
    caveats: Sequence[str]


@dataclass(frozen=True)
class CampaignPage:
    codes: Sequence[Code]
    mailings: Sequence[Mailing]
    spends: Sequence[tuple[Spend, str]]
    spent: str
    results: Results


def page_of(campaign: Campaign, councils: frozenset[int]) -> CampaignPage:
    marks = results.marks_of([campaign.pk], councils)[campaign.pk]
    own = Spend.objects.filter(council=campaign.council_id, campaign=campaign).select_related("by")
    spends = list(own.order_by("first_day", "at"))
    pence = sum(spend.pence for spend in spends)
    mailings = Mailing.objects.filter(council=campaign.council_id, campaign=campaign).order_by("-created_at")
    return CampaignPage(
        codes=list(Code.objects.filter(campaign_key=campaign.pk).order_by("ended_at", "code")),
        mailings=list(mailings),
        spends=[(spend, exact(spend.pence)) for spend in spends],
        spent=exact(pence),
        results=_results(campaign, marks, councils, pence),
    )


def _results(campaign: Campaign, marks: results.Marks, councils: frozenset[int], pence: int) -> Results:
    journeys = results.journeys_by(marks.codes, councils)

    def counts(touched: Touched) -> bool:
        return touched.code in marks.codes

    clicks = results.clicks_of(marks, councils)
    return Results(
        first=lines_of(brought(journeys, Rule.FIRST, counts), pence=pence, clicks=clicks),
        last=lines_of(brought(journeys, Rule.LAST, counts), pence=pence),
        touched=len(journeys),
        caveats=[*_unknown(campaign, councils), *_elsewhere(councils), *_going_on(journeys)],
    )


def _unknown(campaign: Campaign, councils: frozenset[int]) -> list[str]:
    """How much of its time cannot be told apart."""
    since, until = days_of(campaign.starts_on, campaign.ends_on)
    came = results.journeys_between(since, until, councils)
    nowhere = sum(without_a_word(journey) for journey in came)
    if not nowhere:
        return []
    return [
        f"{nowhere:,} of all {len(came):,} enquiries of these weeks came with no word where from. Some of them may have"
        " come by this campaign."
    ]


def without_a_word(journey: Journey) -> bool:
    return all(touched.source in NOWHERE and not touched.code for touched in journey.touches)


def _elsewhere(councils: frozenset[int]) -> list[str]:
    if is_whole_hub(councils):
        return []
    return ["Whoever it brought to a council that you do not work for is not counted here. There may be some."]


def _going_on(journeys: Sequence[Journey]) -> list[str]:
    on_their_way = sum(journey.furthest < Stage.APPROVED for journey in journeys)
    if not on_their_way:
        return []
    return ["Approval takes months, often a year: visits, applications and approvals of these enquiries still come in."]


def days_of(first: date, last: date | None) -> tuple[datetime, datetime]:
    """From midnight of the first day to midnight after the last, at most now."""
    now = hub_now()
    end = min(last or in_london(now).date(), in_london(now).date())
    return at(first, time(0)), at(end + timedelta(days=1), time(0))
