"""What a campaign cost is written down, brought in from a list, and taken out again where it was wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from campaigns.days_meant import require_meant
from campaigns.models import Campaign, Spend
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import across, as_council
from councils.working_time import in_london
from enquiries.came_states import Source

MOST_PENCE = 100_000_000  # a million pounds: more is a slip of the hand


@dataclass(frozen=True, kw_only=True)
class Spent:
    """`row_key`: of a row of a list, so that it comes in once."""

    pence: int
    first_day: date
    last_day: date
    source: Source
    what: str = ""
    row_key: str = ""


def write_down(campaign: Campaign, spent: Spent, *, by: Access) -> Spend:
    """Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, campaign.council_id)
    if spent.last_day < spent.first_day:
        raise Refused("The last day is before the first.")
    require_meant(spent.first_day, spent.last_day, today=in_london(hub_now()).date())
    if not 0 < spent.pence <= MOST_PENCE:
        raise Refused("The amount must be more than nothing and at most £1,000,000.")
    _require_within(campaign, spent)
    with as_council(campaign.council_id):
        spend = Spend.objects.create(council_id=campaign.council_id, campaign=campaign, by=by.user, **_fields(spent))
        record("campaign.spent", subject=campaign, by=by.user, pence=spent.pence, spend=str(spend.pk))
    return spend


def take_out(spend: Spend, *, by: Access) -> None:
    """What was written down wrongly. The event keeps the amount."""
    by.require(Permission.EDIT_CAMPAIGNS, spend.council_id)
    with as_council(spend.council_id):
        gone = Spend.objects.select_for_update().filter(council=spend.council_id, pk=spend.pk).first()
        if gone is None:
            return
        gone.delete()
        record("campaign.spend_removed", subject=spend.campaign, by=by.user, pence=gone.pence, spend=str(spend.pk))


def bring_in(rows: Collection[tuple[Campaign, Spent]], *, by: Access) -> int:
    """How many were new: a row that is here already adds nothing, also when two bring the same list at once. Raises
    Refused."""
    councils = {campaign.council_id for campaign, _ in rows}
    for council in councils:
        by.require(Permission.EDIT_CAMPAIGNS, council)
    for campaign, spent in rows:
        _require_within(campaign, spent)
    with across(councils, reason="bring in spend"):
        made = [
            Spend(council_id=campaign.council_id, campaign=campaign, by=by.user, **_fields(spent))
            for campaign, spent in rows
        ]
        before = _keys(councils)
        Spend.objects.bulk_create(made, ignore_conflicts=True)
        new = _keys(councils) - before
        for campaign in {campaign.pk: campaign for campaign, _ in rows}.values():
            came = sum(each[0] == campaign.pk for each in new)
            if came:
                record("campaign.spend_brought_in", subject=campaign, by=by.user, rows=came)
    return len(new)


def outside(campaign: Campaign, spent: Spent) -> str:
    """In words, where none of its days is one of the campaign's; else empty. Posters may be printed before the first
    day and paid for after the last: what counts are the days that the money was spent for."""
    early = spent.last_day < campaign.starts_on
    if not early and (campaign.ends_on is None or spent.first_day <= campaign.ends_on):
        return ""
    when = f"begins on {_day(campaign.starts_on)}" if early else f"ends on {_day(campaign.ends_on)}"
    return (
        f"“{campaign.name}” {when}: none of these days is one of its own. Write the days that the money was for, not "
        "the day of the invoice, or change the campaign’s days first."
    )


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""


def _require_within(campaign: Campaign, spent: Spent) -> None:
    if wrong := outside(campaign, spent):
        raise Refused(wrong)


def _keys(councils: Collection[int]) -> set[tuple[UUID, str]]:
    brought = Spend.objects.filter(council__in=councils).exclude(row_key="")
    return set(brought.values_list("campaign_id", "row_key"))


def _fields(spent: Spent) -> dict[str, object]:
    names = ("pence", "first_day", "last_day", "source", "what", "row_key")
    return {name: getattr(spent, name) for name in names}
