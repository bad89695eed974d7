"""Whose address is spared in the whole region gets no news anywhere: somebody complained of our mail, or said no to all
councils, or mail came back. The outbox knows; here what they agreed to ends, so that everybody sees it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists

from campaigns.actions.leaving import BOUNCED, CASE, end, locked
from campaigns.actions.leaving import COMPLAINT as COMPLAINED
from campaigns.models import Subscriber
from campaigns.news.standing import spared
from councils.models import Council
from councils.tenancy import as_council
from outbox.models import Suppression
from outbox.suppressions import COMPLAINT, HARD_BOUNCE

_HOW: Mapping[str, str] = {COMPLAINT: COMPLAINED, HARD_BOUNCE: BOUNCED}


def end_the_spared(*, since: datetime) -> int:
    """Those that came since then, in every council of their hub."""
    lately = Suppression.objects.filter(created_at__gte=since).values_list("hub", "address_hash", "reason")
    ended = 0
    for hub, hashed, reason in lately:
        for council in Council.objects.filter(hub=hub):
            ended += _end(council, [hashed], {hashed: reason})
    return ended


def end_the_spared_of(council: Council) -> int:
    """All that there are in one council."""
    with as_council(council):
        active = Subscriber.objects.filter(council=council).active().filter(Exists(spared()))
        hashes = list(active.values_list("address_hash", flat=True))
    found = Suppression.objects.filter(hub=council.hub_id, address_hash__in=hashes).order_by("cover")
    return _end(council, hashes, dict(found.values_list("address_hash", "reason"))) if hashes else 0


def _end(council: Council, hashes: list[str], reasons: Mapping[str, str]) -> int:
    ended = 0
    with as_council(council):
        for own in Subscriber.objects.filter(council=council).with_addresses(hashes).active():
            how = _HOW.get(reasons.get(own.address_hash, ""), CASE)
            ended += end(locked(own), how=how)
    return ended
