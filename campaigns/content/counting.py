"""Links whose following is counted stand in an email as addresses of ours."""

from collections.abc import Mapping

from campaigns.came.signing import address_of
from campaigns.models import Link, Mailing


def counted_addresses(mailing: Mailing) -> Mapping[str, str]:
    """By where a link leads. Empty where clicks are not counted."""
    if not mailing.counts_clicks:
        return {}
    rows = Link.objects.filter(council=mailing.council_id, mailing=mailing).values_list("url", "position")
    return {url: address_of(mailing.council_id, mailing.pk, at) for url, at in rows}
