"""Campaigns are begun and changed; none is ever deleted, since enquiries came by it."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from campaigns.days_meant import require_meant
from campaigns.models import Campaign
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import in_london

NAME_TAKEN = "There is a campaign of this name already. Give this one another name."


@dataclass(frozen=True, kw_only=True)
class Planned:
    name: str
    starts_on: date
    ends_on: date | None = None
    note: str = ""


def begin(council: Council, planned: Planned, *, by: Access) -> Campaign:
    """Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, council.pk)
    _require_days(planned)
    with as_council(council):
        campaign = Campaign(council=council, created_by=by.user)
        _write(campaign, planned)
        record("campaign.begun", subject=campaign, by=by.user)
    return campaign


def change(campaign: Campaign, planned: Planned, *, by: Access) -> Campaign:
    """Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, campaign.council_id)
    _require_days(planned)
    with as_council(campaign.council_id):
        locked = Campaign.objects.select_for_update().get(council=campaign.council_id, pk=campaign.pk)
        before = Planned(name=locked.name, starts_on=locked.starts_on, ends_on=locked.ends_on, note=locked.note)
        if before != planned:
            _write(locked, planned)
            changed = [name for name in Planned.__dataclass_fields__ if getattr(before, name) != getattr(planned, name)]
            record("campaign.changed", subject=locked, by=by.user, changed=changed)
    return locked


def _write(campaign: Campaign, planned: Planned) -> None:
    campaign.name, campaign.note = planned.name, planned.note
    campaign.starts_on, campaign.ends_on = planned.starts_on, planned.ends_on
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError:
        raise Refused(NAME_TAKEN) from None


def _require_days(planned: Planned) -> None:
    if planned.ends_on and planned.ends_on < planned.starts_on:
        raise Refused("The last day is before the first.")
    require_meant(planned.starts_on, planned.ends_on, today=in_london(hub_now()).date())
