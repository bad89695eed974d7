"""Which campaign a new email belongs to: one that exists, or one that begins with it."""

from typing import Any

from campaigns.actions.campaigns import Planned, begin
from campaigns.mailings.forms import NEW
from campaigns.models import Campaign
from councils.access import Access
from councils.clock import hub_now
from councils.models import Council
from councils.working_time import in_london


def campaign_of(council: Council, told: dict[str, Any], *, by: Access) -> Campaign:
    """Raises Refused where there is a campaign of this name."""
    if told["campaign"] != NEW:
        found: Campaign = Campaign.objects.get(council=council, pk=told["campaign"])
        return found
    today = in_london(hub_now()).date()
    return begin(council, Planned(name=told["new_campaign"], starts_on=today), by=by)
