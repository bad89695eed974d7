"""By which words a campaign is known to whoever sees figures: its public codes, never a council's own name for it."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from campaigns.models import Code
from dashboards.costs import Campaigns
from dashboards.recounts import SHORT

_NONE: Mapping[str, str] = MappingProxyType({})


def campaigns_of(councils: Collection[int], in_emails: Mapping[str, str] = _NONE) -> Campaigns:
    """`in_emails`: which campaign's emails hold which code, where that is known."""
    codes = Code.objects.filter(council__in=councils, campaign_key__isnull=False)
    words = {code: key.hex[:SHORT] for code, key in codes.values_list("code", "campaign_key") if key}
    return Campaigns({**in_emails, **words})
